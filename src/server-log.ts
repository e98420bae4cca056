/** The server's log: lines for a person at a terminal, JSON elsewhere, and no inventory of every route at each start. */

import { ConsoleLogger } from '@nestjs/common';
import { logLevels, type LogLevel } from './config.js';

/** The frame's own accounts of what it mounts. */
const INVENTORIES = new Set(['InstanceLoader', 'RoutesResolver', 'RouterExplorer', 'NestFactory', 'NestApplication']);

export class ServerLog extends ConsoleLogger {
  constructor(level: LogLevel) {
    super({ logLevels: logLevels.slice(0, logLevels.indexOf(level) + 1), json: !process.stdout.isTTY });
  }

  override log(message: unknown, ...more: unknown[]): void {
    if (!INVENTORIES.has(String(more.at(-1)))) super.log(message, ...more);
  }
}
