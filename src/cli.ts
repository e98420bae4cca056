/** The command line: `npm run ledger -- <command>`. Exit codes: 0 done, 1 rejected or a check failed, 2 misused. */

import { runCommandLine } from './terminal/command-line.js';

process.exitCode = await runCommandLine(process.argv.slice(2));
