/** The server: reads the settings, opens the ledger, listens; stops in order on SIGTERM and SIGINT. */

import { ConsoleLogger } from '@nestjs/common';
import { readConfig } from './config.js';
import { serve } from './serve.js';

try {
  const config = readConfig(process.env);
  const levels = ['error', 'warn', 'log', 'debug', 'verbose'] as const;
  const logger = new ConsoleLogger({
    logLevels: levels.slice(0, levels.indexOf(config.logLevel) + 1),
    json: !process.stdout.isTTY,
  });
  await serve(config, logger);
} catch (error) {
  console.error(`ledger-276 cannot start: ${(error as Error).message}`);
  process.exit(1);
}
