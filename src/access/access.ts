/** Who may come in, opened together: tokens of programs, accounts of people, their sessions, the vouchers of pages; and what left. */

import { AccessDb } from './access-db.js';
import { Accounts } from './accounts.js';
import { ExportJournal } from './export-journal.js';
import { Sessions } from './sessions.js';
import { Tokens } from './tokens.js';
import { Vouchers } from './vouchers.js';

export interface Access {
  readonly tokens: Tokens;
  readonly accounts: Accounts;
  readonly sessions: Sessions;
  readonly vouchers: Vouchers;
  readonly exports: ExportJournal;
  close(): void;
}

/** @param operatorKey the key for programs of the same account on this machine, new at every start */
export function openAccess(file: string, operatorKey: string, clock: () => number = Date.now): Access {
  const db = new AccessDb(file);
  const sessions = new Sessions(db, clock);
  const exports = new ExportJournal(file, clock);
  return {
    tokens: new Tokens(db, operatorKey, clock),
    accounts: new Accounts(db, (name) => sessions.endAllOf(name), clock),
    sessions,
    vouchers: new Vouchers(),
    exports,
    close: () => {
      exports.close();
      db.close();
    },
  };
}
