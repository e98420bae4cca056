/** What waits for a call: per scheme, payer and exercice how many lines no call has taken, as the read model counts them. */

import type { Ledger } from '../ledger.js';

export interface UncalledCount {
  readonly schemeId: string;
  readonly payer: string;
  readonly exercice: number;
  readonly lineCount: number;
}

/** By scheme, payer and exercice; of every one that is not named. */
export function uncalledCounts(
  { rows }: Ledger,
  asked: { readonly scheme?: string | null; readonly payer?: string; readonly upTo?: number | null },
): UncalledCount[] {
  return rows.all<UncalledCount>(
    `SELECT scheme_id AS schemeId, payer, exercice, recorded_lines - called_lines AS lineCount FROM payer_lines
     WHERE scheme_id = coalesce(?, scheme_id) AND payer = coalesce(?, payer) AND exercice <= coalesce(?, exercice)
       AND recorded_lines > called_lines ORDER BY scheme_id, payer, exercice`,
    asked.scheme ?? null,
    asked.payer ?? null,
    asked.upTo ?? null,
  );
}
