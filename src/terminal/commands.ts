/** The commands of the command line. */

import type { Command } from './command.js';
import { createAccount, disableAccount, enableAccount, listAccounts, setPassword } from './commands/account.js';
import { auditChecks } from './commands/audit-checks.js';
import { awardGrant } from './commands/award-grant.js';
import { balances } from './commands/balances.js';
import { ceilings } from './commands/ceilings.js';
import { bilan } from './commands/bilan.js';
import { checkDocument } from './commands/check-document.js';
import { checkEvidence } from './commands/check-evidence.js';
import { contract } from './commands/contract.js';
import { copyLog } from './commands/copy-log.js';
import { crossTerritory } from './commands/cross-territory.js';
import { demo } from './commands/demo.js';
import { difference } from './commands/difference.js';
import { dgsSheet } from './commands/dgs-sheet.js';
import { exportDocument } from './commands/export.js';
import { exportEvidence } from './commands/export-evidence.js';
import { exportLog } from './commands/export-log.js';
import { history } from './commands/history.js';
import { importSlip } from './commands/import.js';
import { importLog } from './commands/import-log.js';
import { netting } from './commands/netting.js';
import { rebuild } from './commands/rebuild.js';
import { reconcile } from './commands/reconcile.js';
import { recordPayment } from './commands/record-payment.js';
import { seal } from './commands/seal.js';
import { sample } from './commands/sample.js';
import { settlement } from './commands/settlement.js';
import { issueToken, listTokens, revokeToken } from './commands/token.js';
import { trail } from './commands/trail.js';
import { verify } from './commands/verify.js';
import { verifyClosing } from './commands/verify-closing.js';
import { whatIf } from './commands/what-if.js';

/** By the words that call them. */
export const commands: Readonly<Record<string, Command>> = {
  balances,
  difference,
  ceilings,
  contract,
  'cross-territory': crossTerritory,
  'dgs-sheet': dgsSheet,
  bilan,
  settlement,
  netting,
  'what-if': whatIf,
  sample,
  'audit-checks': auditChecks,
  'award-grant': awardGrant,
  'record-payment': recordPayment,
  import: importSlip,
  reconcile,
  history,
  seal,
  trail,
  verify,
  'verify-closing': verifyClosing,
  rebuild,
  export: exportDocument,
  'export-log': exportLog,
  'import-log': importLog,
  'copy-log': copyLog,
  'export-evidence': exportEvidence,
  'check-evidence': checkEvidence,
  'document check': checkDocument,
  demo,
  'account create': createAccount,
  'account list': listAccounts,
  'account password': setPassword,
  'account disable': disableAccount,
  'account enable': enableAccount,
  'token issue': issueToken,
  'token list': listTokens,
  'token revoke': revokeToken,
};
