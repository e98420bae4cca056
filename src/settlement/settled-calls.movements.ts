/** How calls are settled: by what was contributed for them, then, the oldest first, by what was contributed otherwise (R22). */

/** What one payer called one funder for. */
export interface CalledFunder {
  readonly schemeId: string;
  readonly callId: string;
  readonly funderId: string;
  readonly payer: string;
  readonly calledCents: number;
  /** For this very call. */
  readonly contributedCents: number;
}

/** What a funder contributed to another without a call. */
export interface ContributedWithoutCall {
  readonly schemeId: string;
  readonly from: string;
  readonly to: string;
  readonly cents: number;
}

export interface SettledCall extends CalledFunder {
  /** Taken from what was contributed without a call, or for other calls beyond what they asked. */
  readonly creditedCents: number;
  readonly unpaidCents: number;
}

/** @param calls the oldest first */
export function settledCalls<Call extends CalledFunder>(
  calls: readonly Call[],
  withoutCall: readonly ContributedWithoutCall[],
): readonly (Call & SettledCall)[] {
  const credits = new Map<string, number>();
  const credit = (account: string, cents: number) => credits.set(account, (credits.get(account) ?? 0) + cents);
  for (const { schemeId, from, to, cents } of netOfReturns(withoutCall)) credit(accountOf(schemeId, from, to), cents);
  for (const { schemeId, funderId, payer, calledCents, contributedCents } of calls)
    if (contributedCents > calledCents) credit(accountOf(schemeId, funderId, payer), contributedCents - calledCents);
  return calls.map((call) => {
    const account = accountOf(call.schemeId, call.funderId, call.payer);
    const missingCents = Math.max(0, call.calledCents - call.contributedCents);
    const creditedCents = Math.min(missingCents, credits.get(account) ?? 0);
    if (creditedCents > 0) credit(account, -creditedCents);
    return { ...call, creditedCents, unpaidCents: missingCents - creditedCents };
  });
}

/** What two funders gave each other without a call, less what went the other way: a provision that was handed back is none. */
export function netOfReturns(withoutCall: readonly ContributedWithoutCall[]): ContributedWithoutCall[] {
  const given = new Map(withoutCall.map(({ schemeId, from, to, cents }) => [accountOf(schemeId, from, to), cents]));
  return withoutCall.flatMap((row) => {
    const cents = row.cents - (given.get(accountOf(row.schemeId, row.to, row.from)) ?? 0);
    return cents > 0 ? [{ ...row, cents }] : [];
  });
}

function accountOf(schemeId: string, from: string, to: string): string {
  return `${schemeId} ${from} ${to}`;
}
