/** Listens with an opened ledger until the process is told to stop. */

import type { LoggerService } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { LogTree } from '#libs/seals/log-tree';
import { fileURLToPath } from 'node:url';
import type { Config } from './config.js';
import { leavesLogAside } from './log-store.js';
import { Sealer } from './seals/sealer.js';
import { openLedger, type OpenedLedger, type OpenOptions } from './server.js';

const LOOPBACK = /^(127\.|::1$|localhost$)/;

/** @throws when the folder, the log or the port cannot be had: with one line that says so */
export async function serve(config: Config & Pick<OpenOptions, 'demo'>, logger: LoggerService): Promise<OpenedLedger> {
  let told = 0;
  if (leavesLogAside(config))
    logger.warn(`${config.dataDir} holds an embedded log that is left aside: ledger copy-log moves it to EventStoreDB`);
  const opened = await openLedger({
    ...config,
    logger,
    commandLine: fileURLToPath(new URL('cli.js', import.meta.url)),
    metrics: LOOPBACK.test(config.host) ? 'public' : 'for-readers',
    onRebuild: (why, { done, total }) => {
      if (Date.now() - told < 2_000 && done < total) return;
      told = Date.now();
      logger.log(`read models are made anew (${why}): ${Math.floor((done * 100) / Math.max(total, 1))} %`);
    },
  });
  const { app, folder, ledger, operatorKey } = opened;
  // a port that cannot be had is told once, by whoever started us
  app.useLogger(false);
  try {
    await app.listen(config.port, config.host);
  } catch (error) {
    await opened.close();
    throw error;
  }
  app.useLogger(logger);
  const url = await app.getUrl();
  folder.announce({ url, key: operatorKey });
  logger.log(`the ledger serves ${url} from ${folder.path}`);
  const sealer = new Sealer({
    ledger,
    tree: app.get(LogTree),
    commands: app.get(CommandBus),
    onTrouble: (what) => logger.warn(what),
  });
  const close = async () => {
    await sealer.stop();
    await opened.close();
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const)
    process.once(signal, () => {
      logger.log(`${signal}: finishing`);
      void close().then(
        () => process.exit(0),
        (failure: unknown) => {
          logger.error(String(failure));
          process.exit(1);
        },
      );
    });
  return { ...opened, close };
}
