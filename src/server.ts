/** A ledger on a data folder with its application: opened together, closed together. */

import type { LoggerService } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { randomBytes, randomUUID } from 'node:crypto';
import { resolve } from 'node:path';
import { DataFolder } from '#libs/event-store/data-folder';
import { LogTree } from '#libs/seals/log-tree';
import { openAccess, type Access } from './access/access.js';
import { hireDemoPeople } from './access/demo-people.js';
import { IdentityProvider } from './access/identity-provider.js';
import type { OidcSettings } from './access/oidc-settings.js';
import { createApp } from './app.js';
import { files } from './folder-files.js';
import { isFirstStart, openContract } from './first-start.js';
import { Ledger } from './ledger.js';
import { openLog, type LogPlace } from './log-store.js';
import { SealKey } from './seals/seal-key.js';

export interface OpenOptions extends LogPlace {
  readonly logger: LoggerService | false;
  readonly metrics?: 'public' | 'for-readers';
  /** The private key that seals are signed with; the folder's own when absent. */
  readonly sealKeyFile?: string;
  /** Who signs people in, when it is not this server. */
  readonly oidc?: OidcSettings;
  /** Of one holder, or of one address; absent or 0: as many as they like. */
  readonly requestsAMinute?: number;
  /** Whether one click signs in. */
  readonly demo?: boolean;
  /** Milliseconds since 1970 UTC. */
  readonly clock?: () => number;
  /** The file of the command line, which verifies in a process of its own; the program's own when absent. */
  readonly commandLine?: string;
  /** Told while read models are made anew. */
  readonly onRebuild?: (why: string, progress: { done: number; total: number }) => void;
}

export interface OpenedLedger {
  readonly app: NestFastifyApplication;
  readonly ledger: Ledger;
  readonly access: Access;
  readonly folder: DataFolder;
  /** Lets programs of the same account on this machine in, until the next start. */
  readonly operatorKey: string;
  close(): Promise<void>;
}

/**
 * Takes the folder, opens the log and the read models, makes the application; an empty log gets the contract's funders
 * and schemes.
 * @throws FolderInUse FolderUnusable UnreadableLog StoreUnusable
 */
export async function openLedger(options: OpenOptions): Promise<OpenedLedger> {
  const {
    dataDir,
    logger,
    metrics = 'for-readers',
    demo = false,
    clock = Date.now,
    onRebuild,
    sealKeyFile,
    oidc,
    requestsAMinute = 0,
  } = options;
  const folder = DataFolder.take(dataDir);
  const closers: (() => unknown)[] = [() => folder.release()];
  const close = async () => {
    const failures: unknown[] = [];
    for (const closer of closers.splice(0).toReversed()) {
      try {
        await closer();
      } catch (failure) {
        // the rest is closed all the same: above all the store, with what waits in it
        failures.push(failure);
      }
    }
    if (failures.length > 0) throw new AggregateError(failures, 'the ledger did not close cleanly');
  };
  try {
    const store = await openLog(options, {
      ...(options.clock === undefined ? {} : { clock }),
      onTrouble: (what) => {
        if (logger !== false) logger.warn(what);
      },
    });
    closers.push(() => store.close());
    const ledger = await Ledger.open({
      store,
      readModelFile: folder.file(files.readModels),
      clock,
      ...(onRebuild === undefined ? {} : { onRebuild }),
      onFault: (fault) => {
        if (logger !== false) logger.error(`read models: ${String(fault)}`);
      },
    });
    closers.push(() => ledger.close());
    const operatorKey = randomBytes(32).toString('base64url');
    const access = openAccess(folder.file(files.access), operatorKey, clock);
    closers.push(() => access.close());
    if (demo) await hireDemoPeople(access.accounts);
    const tree = new LogTree(store, folder.file(files.sealTree));
    closers.push(() => tree.close());
    const sealKey = new SealKey(sealKeyFile ?? folder.file(files.sealKey));
    const { eventStoreUrl, commandLine = resolve('dist/src/cli.js') } = options;
    const verifying = { program: commandLine, environment: environmentOf(eventStoreUrl) };
    const onTrouble = (what: string) => {
      if (logger !== false) logger.warn(what);
    };
    const identity = oidc === undefined ? undefined : new IdentityProvider(oidc, onTrouble);
    const parts = { ledger, access, tree, sealKey, verifying, metrics, demo, requestsAMinute };
    const app = await createApp({ ...parts, ...(identity && { identity }) }, logger);
    closers.push(() => app.close());
    if (await isFirstStart(store)) await openContract(app.get(CommandBus), randomUUID());
    return { app, ledger, access, folder, operatorKey, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** What a process of this server's own is told: the log that this server is on, whatever our environment names; no secret but its. */
function environmentOf(eventStoreUrl = ''): Readonly<Record<string, string>> {
  return { EVENTSTORE_URL: eventStoreUrl, EVENTSTORE_URL_FILE: '', LEDGER_ACCESS: 'local', OIDC_CLIENT_SECRET: '' };
}
