/** The server: reads the settings, opens the ledger, listens; stops in order on SIGTERM and SIGINT. */

import { readConfig } from './config.js';
import { serve } from './serve.js';
import { ServerLog } from './server-log.js';

try {
  const config = readConfig(process.env);
  await serve(config, new ServerLog(config.logLevel));
} catch (error) {
  console.error(`ledger-276 cannot start: ${(error as Error).message}`);
  process.exit(1);
}
