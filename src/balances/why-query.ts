/** What `GET /balances/why` may be asked, and what of the ledger that means. */

import { isSlug } from '#libs/identifiers/slug';
import {
  DayField,
  DepartementField,
  EnumField,
  IdField,
  InstantField,
  QueryNumberField,
  TextField,
} from '#libs/nest/fields';
import { PageQuery } from '#libs/nest/page';
import { invalid } from '#libs/nest/problem';
import { attachedOn } from '../contract/contract.state.js';
import type { Ledger } from '../ledger.js';
import { figureColumns, type BalanceColumn } from './balance.movements.js';
import type { BalanceFilter } from './balance-figures.js';
import type { MoneyEventFilter } from './money-events.js';

export class WhyQuery extends PageQuery {
  @IdField({ optional: true, description: 'Absent: every funder' }) funder?: string;
  @IdField({ optional: true, description: 'Absent: every scheme' }) scheme?: string;
  @TextField({ optional: true, description: 'These schemes alone, ids with commas between them' }) schemes?: string;
  @QueryNumberField(1990, 2199, { optional: true, description: 'Absent: every exercice' }) exercice?: string;
  @QueryNumberField(1989, 2199, {
    optional: true,
    description: 'This exercice and all before it: what it closes with, and the next one opens with',
  })
  untilExercice?: string;
  @QueryNumberField(1989, 2199, { optional: true, description: 'The exercices after this one' }) afterExercice?: string;
  @IdField({ optional: true }) grant?: string;
  @IdField({ optional: true, description: 'Grants that this funder instructed on the last day looked at' })
  instructedBy?: string;
  @IdField({
    optional: true,
    description: 'Calls and contributions alone, with this funder at the other end: who calls, gives or gets',
  })
  counterpart?: string;
  @IdField({ optional: true, description: 'This call and the contributions for it' }) call?: string;
  @EnumField(['true', 'false'], { optional: true, description: 'Contributions alone: for a call, or without one' })
  forCall?: 'true' | 'false';
  @IdField({ optional: true, description: 'The schemes attached to this contract' }) contract?: string;
  @IdField({ optional: true, description: 'The schemes attached to this axis, of the contract where one is named' })
  axis?: string;
  @IdField({ optional: true, description: 'The schemes attached to this sub-contract of the contract' })
  subContract?: string;
  @EnumField(figureColumns) column!: BalanceColumn | 'positionCents';
  @DayField({ optional: true, description: 'What is dated this day or later' }) from?: string;
  @DayField({ optional: true, description: 'What is dated this day or earlier' }) to?: string;
  @DayField({ optional: true, description: 'The same as `to`, as `GET /balances` calls it' }) asOf?: string;
  @QueryNumberField(0, Number.MAX_SAFE_INTEGER, {
    optional: true,
    description: 'Of the last day, which has to be said, only what stands up to this position',
  })
  lastPosition?: string;
  @DepartementField({ optional: true, description: 'Beneficiaries outside this département; unknown is neither' })
  outside?: string;
  @DepartementField({ optional: true, description: 'Beneficiaries inside this département' }) inside?: string;
  @EnumField(['true'], { optional: true, description: 'Beneficiaries whose commune is unknown' }) unlocated?: 'true';
  @InstantField({ optional: true, description: 'What had been recorded by this instant' }) knownAt?: string;
  @QueryNumberField(0, Number.MAX_SAFE_INTEGER, { optional: true, description: 'What stands in the log up to here' })
  atPosition?: string;
}

/** The sums and the events are asked for the same. */
export type WhyFilter = BalanceFilter & MoneyEventFilter;

/** @throws TransportError when the schemes are no ids, or a position has no day that it belongs to */
export function filterOf(ledger: Ledger, query: WhyQuery): WhyFilter {
  const { funder, scheme, exercice, untilExercice, afterExercice, from, outside, inside, unlocated } = query;
  const { grant, instructedBy, counterpart, call, forCall, lastPosition } = query;
  const last = lastDayOf(query);
  const schemes = schemesOf(ledger, query);
  if (lastPosition !== undefined && last === undefined) throw invalid('/lastPosition', 'PERIOD_INVALID');
  return {
    ...(funder === undefined ? {} : { funder }),
    ...(scheme === undefined ? {} : { scheme }),
    ...(schemes === undefined ? {} : { schemes }),
    ...(exercice === undefined ? {} : { exercice: Number(exercice) }),
    ...(untilExercice === undefined ? {} : { untilExercice: Number(untilExercice) }),
    ...(afterExercice === undefined ? {} : { afterExercice: Number(afterExercice) }),
    ...(grant === undefined ? {} : { grant }),
    ...(instructedBy === undefined ? {} : { instructed: { by: instructedBy, on: last ?? ledger.today } }),
    ...(counterpart === undefined ? {} : { counterpart }),
    ...(call === undefined ? {} : { call }),
    ...(forCall === undefined ? {} : { forCall: forCall === 'true' }),
    ...(from === undefined ? {} : { from }),
    ...(last === undefined ? {} : { to: last, asOf: last }),
    ...(lastPosition === undefined ? {} : { lastPosition: Number(lastPosition) }),
    ...(outside === undefined ? {} : { outside }),
    ...(inside === undefined ? {} : { inside }),
    // the département of a beneficiary whose commune is unknown is kept as an empty one
    ...(unlocated === undefined ? {} : { inside: '' }),
  };
}

function lastDayOf({ to, asOf }: WhyQuery): string | undefined {
  return [to, asOf].filter((day) => day !== undefined).toSorted()[0];
}

/** Those named, of those attached; undefined where neither was asked for. */
function schemesOf(ledger: Ledger, query: WhyQuery): readonly string[] | undefined {
  const attached = attachedSchemes(ledger, query);
  if (query.schemes === undefined) return attached;
  const named = query.schemes.split(',').map((id) => id.trim());
  if (!named.every((id) => isSlug(id))) throw invalid('/schemes', 'ID_LIST_INVALID');
  return attached === undefined ? named : named.filter((id) => attached.includes(id));
}

/**
 * Those attached on the last day looked at: an attachment counts a scheme whole, what it paid before included. Undefined
 * where none was asked for.
 */
function attachedSchemes({ contracts, today }: Ledger, query: WhyQuery): readonly string[] | undefined {
  const { contract: contractId, axis, subContract } = query;
  if (contractId === undefined && axis === undefined && subContract === undefined) return undefined;
  const last = lastDayOf(query) ?? today;
  const schemes = new Set<string>();
  for (const contract of contracts.states()) {
    if (contract.status === 'unknown' || contract.signed.contractId !== (contractId ?? contract.signed.contractId))
      continue;
    for (const attachment of attachedOn(contract, last))
      if (attachment.axisId === (axis ?? attachment.axisId) && isOf(attachment, subContract))
        schemes.add(attachment.schemeId);
  }
  return [...schemes];
}

function isOf(attachment: { readonly subContractId?: string }, subContract: string | undefined): boolean {
  return subContract === undefined || attachment.subContractId === subContract;
}
