/** The reference pages that are made from the code: every code the ledger may answer, every event it stores. */

import type { RejectionTable } from '#libs/decider/rejection';
import { staleRevision } from '#libs/event-store/receipt';
import { fieldErrors } from '#libs/nest/field-errors';
import { transportProblems } from '#libs/nest/problem';
import { statusOfKind } from '#libs/nest/problem.filter';
import { accessRejections } from './access/access.rejections.js';
import { eventTypes } from './catalogue.js';
import { auditRejections } from './audit/audit.rejections.js';
import { ceilingRejections } from './ceilings/ceiling.rejections.js';
import { decisionRejections } from './decisions/decision.rejections.js';
import { contractRejections } from './contract/contract.rejections.js';
import { documentRejections } from './documents/document.rejections.js';
import { exerciceRejections } from './exercices/exercice.rejections.js';
import { exportRejections } from './exports/export.rejections.js';
import { funderRejections } from './funders/funder.rejections.js';
import { grantRejections } from './grants/grant.rejections.js';
import { slipRejections } from './imports/slip.rejections.js';
import { referralRejections } from './referrals/referral.rejections.js';
import { badLineTexts, reconciliationRejections } from './reconciliation/reconciliation.rejections.js';
import { schemeRejections } from './schemes/scheme.rejections.js';
import { sealRejections } from './seals/seal.rejections.js';
import { settlementRejections } from './settlement/settlement.rejections.js';
import { whatIfRejections } from './what-if/what-if.rejections.js';

/** Every capability's rejections, by the capability's name. */
const rejectionTables: Readonly<Record<string, RejectionTable>> = {
  Funders: funderRejections,
  Schemes: schemeRejections,
  Grants: grantRejections,
  Exercices: exerciceRejections,
  Settlement: settlementRejections,
  Ceilings: ceilingRejections,
  Referrals: referralRejections,
  Decisions: decisionRejections,
  Contracts: contractRejections,
  Documents: documentRejections,
  Imports: slipRejections,
  Reconciliation: reconciliationRejections,
  Seals: sealRejections,
  'What if': whatIfRejections,
  Audit: auditRejections,
  Exports: exportRejections,
  Access: accessRejections,
  'Every stream': { STALE_REVISION: staleRevision },
};

/** `docs/rejections.md`. */
export function rejectionsPage(): string {
  const ruled = Object.entries(rejectionTables).map(([capability, table]) => {
    const lines = Object.entries(table).map(
      ([code, { kind, rules, title, detail }]) =>
        `| \`${code}\` | ${statusOfKind[kind]} | ${rules.join(', ')} | ${title.fr}. ${detail.fr} | ${title.en}. ${detail.en} |`,
    );
    return [
      `## ${capability}`,
      '',
      '| code | status | rules | français | English |',
      '|---|---|---|---|---|',
      ...lines,
      '',
    ].join('\n');
  });
  const transport = Object.entries(transportProblems).map(
    ([code, { status, fr, en }]) => `| \`${code}\` | ${status} | ${fr[0]}. ${fr[1]} | ${en[0]}. ${en[1]} |`,
  );
  const fields = Object.entries({ ...fieldErrors, ...badLineTexts }).map(
    ([code, { fr, en }]) => `| \`${code}\` | ${fr} | ${en} |`,
  );
  return [
    '# Rejections',
    '',
    'What the ledger may answer instead of yes, as `application/problem+json`. Codes are stable; texts follow `Accept-Language`.',
    'Made by `npm run docs` from the code; a test compares.',
    '',
    ...ruled,
    '## The door and the store',
    '',
    '| code | status | français | English |',
    '|---|---|---|---|',
    ...transport,
    '',
    '## Fields (`errors[]` of `REQUEST_INVALID`, and of the lines of a slip or of a partner’s list)',
    '',
    '| code | français | English |',
    '|---|---|---|',
    ...fields,
    '',
  ].join('\n');
}

/** `docs/events.md`. @param example one stored event of a type, as it was frozen */
export function eventsPage(example: (type: string) => { readonly data: object }): string {
  const sections = Object.entries(eventTypes).map(([type, { fr, en }]) =>
    [`## ${type}`, '', `${fr} · ${en}`, '', '```json', JSON.stringify(example(type).data, null, 2), '```', ''].join(
      '\n',
    ),
  );
  return [
    '# Events',
    '',
    'Every type of event the log may hold, each with the example that is frozen under `test/fixtures/events/` and must be',
    'readable for ever. A type is added, never changed. Made by `npm run docs` from the code; a test compares.',
    '',
    ...sections,
  ].join('\n');
}
