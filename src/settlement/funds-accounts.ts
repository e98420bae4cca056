/** What calls and contributions leave between a funder and a payer (R21, R22), each figure with its events. */

import { sumCents } from '#libs/money/cents';
import { whyLink } from '../balances/why-link.js';
import type { Ledger } from '../ledger.js';
import { contributedWithoutCall } from './settled-calls.js';
import { netOfReturns } from './settled-calls.movements.js';
import type { Asked } from './settlement-figures.js';

/** Between a funder and a payer, over everything until the end of the exercice. */
export interface FundsAccount {
  readonly schemeId: string;
  readonly from: string;
  readonly to: string;
  readonly calledCents: number;
  /** For calls, whatever they asked. */
  readonly contributedForCallsCents: number;
  /** Without a call, and what the other gave back so. */
  readonly givenWithoutCallCents: number;
  readonly cameBackWithoutCallCents: number;
  /** The one less the other; 0 where more came back. */
  readonly contributedWithoutCallCents: number;
  /** Contributed without a call and not used by what was called since (R22). */
  readonly provisionCents: number;
  /** Contributed for calls beyond what was called (R22). */
  readonly creditCents: number;
  /** What came back on called lines, to be taken off the next call (R21). */
  readonly carriedForwardCents: number;
  /** The calls that left it, each with what it left to be taken off. */
  readonly carriedForwardBy: readonly LeftCredit[];
  readonly stillOwedCents: number;
  /** The events of what is not made of the other figures. */
  readonly why: Readonly<Record<AccountedFigure, string>>;
}

type AccountedFigure =
  'calledCents' | 'contributedForCallsCents' | 'givenWithoutCallCents' | 'cameBackWithoutCallCents';

export interface LeftCredit {
  readonly callId: string;
  readonly exercice: number;
  readonly amountCents: number;
  /** The call, which says what it took and left. */
  readonly why: string;
}

/** Who is called, or gives; and who calls, or gets. */
interface Ends {
  readonly schemeId: string;
  readonly funder: string;
  readonly payer: string;
}

interface PaidRow extends Ends {
  readonly cents: number;
}

interface Account {
  readonly schemeId: string;
  readonly from: string;
  readonly to: string;
  called: number;
  forCalls: number;
  readonly credits: LeftCredit[];
}

/** called + provision + credit = contributed for calls + without a call + still owed, to the cent. */
export function fundsAccounts(
  ledger: Ledger,
  { scheme = null, exercice = null }: Partial<Nullable<Asked>>,
): FundsAccount[] {
  const { rows } = ledger;
  const accounts = new Map<string, Account>();
  const accountOf = ({ schemeId, funder: from, payer: to }: Ends) => {
    const key = `${schemeId} ${from} ${to}`;
    const account = accounts.get(key) ?? { schemeId, from, to, called: 0, forCalls: 0, credits: [] };
    accounts.set(key, account);
    return account;
  };
  const until = 'scheme_id = coalesce(?, scheme_id) AND exercice <= coalesce(?, exercice)';
  const called = rows.all<PaidRow>(
    `SELECT scheme_id AS schemeId, funder_id AS funder, payer, sum(amount_cents) AS cents
     FROM called JOIN funding_calls USING (scheme_id, call_id) WHERE ${until} GROUP BY scheme_id, funder_id, payer`,
    scheme,
    exercice,
  );
  // as the positions have it: what was paid or reversed in a later exercice is not yet so (R23)
  const forCalls = rows.all<PaidRow>(
    `SELECT scheme_id AS schemeId, from_funder AS funder, to_funder AS payer, sum(amount_cents) AS cents FROM contributions
     WHERE ${until} AND call_id IS NOT NULL AND (reversed_exercice IS NULL OR reversed_exercice > ?)
     GROUP BY scheme_id, from_funder, to_funder`,
    scheme,
    exercice,
    exercice,
  );
  for (const row of called) accountOf(row).called += row.cents;
  for (const row of forCalls) accountOf(row).forCalls += row.cents;
  const given = contributedWithoutCall(ledger, { scheme, exercice });
  const givenBy = (from: string, to: string, schemeId: string) =>
    given.find((row) => row.schemeId === schemeId && row.from === from && row.to === to)?.cents ?? 0;
  for (const { schemeId, from, to } of netOfReturns(given)) accountOf({ schemeId, funder: from, payer: to });
  // the payer's last call of an exercice is the one that left what is left of it
  const credits = rows.all<Ends & Omit<LeftCredit, 'why'>>(
    `SELECT c.scheme_id AS schemeId, c.funder_id AS funder, c.payer, c.exercice, amount_cents AS amountCents,
       (SELECT call_id FROM funding_calls AS f WHERE f.scheme_id = c.scheme_id AND f.payer = c.payer AND f.exercice = c.exercice
         ORDER BY number DESC LIMIT 1) AS callId
     FROM call_credits AS c WHERE ${until} ORDER BY c.exercice`,
    scheme,
    exercice,
  );
  for (const { callId, exercice: year, amountCents, ...ends } of credits)
    accountOf(ends).credits.push({ callId, exercice: year, amountCents, why: `/api/v1/settlement/calls/${callId}` });
  return Array.from(accounts.values(), (account) => {
    const { schemeId, from, to, called: calledCents, forCalls: paidForCalls, credits: left } = account;
    const givenCents = givenBy(from, to, schemeId);
    const back = givenBy(to, from, schemeId);
    const withoutCall = Math.max(0, givenCents - back);
    const beyondCents = Math.max(0, paidForCalls + withoutCall - calledCents);
    const provisionCents = Math.min(withoutCall, beyondCents);
    return {
      schemeId,
      from,
      to,
      calledCents,
      contributedForCallsCents: paidForCalls,
      givenWithoutCallCents: givenCents,
      cameBackWithoutCallCents: back,
      contributedWithoutCallCents: withoutCall,
      provisionCents,
      creditCents: beyondCents - provisionCents,
      carriedForwardCents: sumCents(left.map(({ amountCents }) => amountCents)),
      carriedForwardBy: left,
      stillOwedCents: Math.max(0, calledCents - paidForCalls - withoutCall),
      why: reasonsOf(account, exercice),
    };
  }).toSorted((a, b) => (`${a.schemeId} ${a.from} ${a.to}` < `${b.schemeId} ${b.from} ${b.to}` ? -1 : 1));
}

function reasonsOf({ schemeId: scheme, from, to }: Account, exercice: number | null): FundsAccount['why'] {
  const until = exercice === null ? {} : { untilExercice: exercice };
  const between = { funder: from, scheme, counterpart: to, ...until };
  return {
    calledCents: whyLink({ column: 'calledCents', ...between }),
    contributedForCallsCents: whyLink({ column: 'contributedCents', ...between, forCall: true }),
    givenWithoutCallCents: whyLink({ column: 'contributedCents', ...between, forCall: false }),
    cameBackWithoutCallCents: whyLink({ column: 'receivedCents', ...between, forCall: false }),
  };
}

/** What was paid for a call after the exercice, less what was reversed after it; nothing when no exercice is asked for. */
export function contributedLater(
  { rows }: Ledger,
  exercice: number | null,
): (callId: string, funderId: string) => number {
  const later = rows.all<{ callId: string; funderId: string; cents: number }>(
    `SELECT call_id AS callId, from_funder AS funderId, sum(iif(exercice > asked, amount_cents, -amount_cents)) AS cents
     FROM contributions, (SELECT ? AS asked) WHERE call_id IS NOT NULL
       AND (exercice > asked AND reversed_exercice IS NULL OR exercice <= asked AND reversed_exercice > asked)
     GROUP BY call_id, from_funder`,
    exercice,
  );
  const cents = new Map(later.map((row) => [`${row.callId} ${row.funderId}`, row.cents]));
  return (callId, funderId) => cents.get(`${callId} ${funderId}`) ?? 0;
}

type Nullable<Of> = { [Name in keyof Of]: Of[Name] | null };
