/** The three parts of the Bilan, over a period: what went where, how the schemes were run, whom they reached. */

import { daysBetween, type Day } from '#libs/calendar/day';
import { territorySums, type TerritorySum } from '../balances/balance-figures.js';
import { whyLink, type ExplainedFigure } from '../balances/why-link.js';
import type { Ledger } from '../ledger.js';
import type { BeneficiaryKind } from '../schemes/scheme.events.js';

export interface Period {
  /** Absent: from the first entry on. */
  readonly from?: Day;
  readonly to: Day;
}

/** What is dated in the period, per département of the beneficiaries (null: unknown) and scheme. */
export async function territory(ledger: Ledger, period: Period) {
  const sums = await territorySums(ledger, period);
  const places = new Map<string, TerritorySum[]>();
  for (const sum of sums) {
    const key = `${sum.departement} ${sum.schemeId}`;
    places.set(key, [...(places.get(key) ?? []), sum]);
  }
  const rows = Array.from(places.values(), (ofFunders) => {
    const { departement, schemeId } = ofFunders[0]!;
    const figures = addedUp(ofFunders);
    const of = { scheme: schemeId, ...period, ...placed(departement) };
    return {
      departement: departement === '' ? null : departement,
      schemeId,
      ...figures,
      shares: ofFunders.map(({ funderId, shareDueCents }) => {
        const why = whyLink({ column: 'shareDueCents', funder: funderId, ...of });
        return { funderId, amountCents: shareDueCents, why };
      }),
      why: linksOf(of),
    };
  });
  const departements = [...new Set(sums.map(({ departement }) => departement))].map((departement) => ({
    departement: departement === '' ? null : departement,
    ...addedUp(sums.filter((sum) => sum.departement === departement)),
    why: linksOf({ ...period, ...placed(departement) }),
  }));
  return { rows, departements, totals: addedUp(sums), why: linksOf({ ...period }) };
}

/** The question for a département; empty: where the commune is unknown. */
function placed(departement: string): Pick<ExplainedFigure, 'inside' | 'unlocated'> {
  return departement === '' ? { unlocated: 'true' } : { inside: departement };
}

const COLUMNS = ['grantedShareCents', 'shareDueCents', 'disbursedCents', 'recoveredCents'] as const;

function addedUp(sums: readonly TerritorySum[]) {
  const added = (column: (typeof COLUMNS)[number]) => sums.reduce((total, sum) => total + sum[column], 0);
  return {
    grantedCents: added('grantedShareCents'),
    disbursedCents: added('disbursedCents'),
    recoveredCents: added('recoveredCents'),
    shareDueCents: added('shareDueCents'),
  };
}

function linksOf(of: Omit<ExplainedFigure, 'column'>) {
  return {
    grantedCents: whyLink({ column: 'grantedShareCents', ...of }),
    disbursedCents: whyLink({ column: 'disbursedCents', ...of }),
    recoveredCents: whyLink({ column: 'recoveredCents', ...of }),
    shareDueCents: whyLink({ column: 'shareDueCents', ...of }),
  };
}

interface ServiceRow {
  readonly schemeId: string;
  readonly name: string;
  readonly beneficiaryKind: BeneficiaryKind;
  /** Agreements signed in the period. */
  readonly grants: number;
  /** Of these, files that no other open grant of the beneficiary had met by the end of the period: instructed once. */
  readonly instructedOnce: number;
  /** Files that had met another by then, let through with a reason (R27). */
  readonly overlapping: number;
}

/** How each scheme was run: files, transfers, and how long a beneficiary waited for the first payment. */
export function services({ rows }: Ledger, { from = '', to }: Period) {
  const schemes = rows.all<ServiceRow>(
    `SELECT s.scheme_id AS schemeId, name, beneficiary_kind AS beneficiaryKind, count(g.grant_id) AS grants,
       count(g.grant_id) - count(met.grant_id) AS instructedOnce, count(met.grant_id) AS overlapping
     FROM schemes AS s LEFT JOIN reported_grants AS g ON g.scheme_id = s.scheme_id AND signed_on BETWEEN ? AND ?
     LEFT JOIN (SELECT DISTINCT grant_id FROM noted WHERE kind = 'overlap' AND on_day <= ?) AS met ON met.grant_id = g.grant_id
     GROUP BY s.scheme_id ORDER BY s.scheme_id`,
    from,
    to,
    to,
  );
  const transfers = rows.all<{ schemeId: string; count: number }>(
    `SELECT g.scheme_id AS schemeId, count(*) AS count FROM noted AS n JOIN reported_grants AS g ON g.grant_id = n.grant_id
     WHERE kind = 'instruction-transferred' AND on_day BETWEEN ? AND ? GROUP BY g.scheme_id`,
    from,
    to,
  );
  const firsts = rows.all<{ schemeId: string; signedOn: Day; firstPaidOn: Day }>(
    `SELECT scheme_id AS schemeId, signed_on AS signedOn, first_paid_on AS firstPaidOn FROM reported_grants
     WHERE signed_on BETWEEN ? AND ? AND first_paid_on <= ?`,
    from,
    to,
    to,
  );
  const delays = new Map<string, number[]>();
  for (const { schemeId, signedOn, firstPaidOn } of firsts) {
    const known = delays.get(schemeId) ?? [];
    delays.set(schemeId, known);
    known.push(daysBetween(signedOn, firstPaidOn));
  }
  return schemes.map((scheme) => {
    const days = delays.get(scheme.schemeId) ?? [];
    return {
      ...scheme,
      transfers: transfers.find(({ schemeId }) => schemeId === scheme.schemeId)?.count ?? 0,
      paidGrants: days.length,
      medianDelayDays: median(days),
      list: `/api/v1/grants?scheme=${encodeURIComponent(scheme.schemeId)}`,
    };
  });
}

/** Whole: of two in the middle, half of their sum rounded down; null of none. */
export function median(values: readonly number[]): number | null {
  if (values.length === 0) return null;
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor((sorted.length - 1) / 2);
  return sorted.length % 2 === 1 ? sorted[middle]! : Math.floor((sorted[middle]! + sorted[middle + 1]!) / 2);
}

interface JobsRow {
  readonly schemeId: string;
  readonly departement: string;
  readonly jobs: number;
}

/** A post that several grants name is one job; a grant to an enterprise that names none is one as well. */
const JOB = `CASE WHEN beneficiary_kind = 'enterprise' THEN coalesce(post_id, 'grant ' || grant_id) ELSE post_id END`;

/** Whom the grants of the period reach: jobs by scheme and département, beneficiaries by kind, each counted once. */
export function population({ rows }: Ledger, { from = '', to }: Period) {
  const signed = `FROM reported_grants AS g JOIN schemes AS s ON s.scheme_id = g.scheme_id WHERE signed_on BETWEEN ? AND ?`;
  const jobs = rows.all<JobsRow>(
    `SELECT g.scheme_id AS schemeId, departement, count(DISTINCT ${JOB}) AS jobs ${signed}
     GROUP BY g.scheme_id, departement HAVING jobs > 0 ORDER BY g.scheme_id, departement`,
    from,
    to,
  );
  const beneficiaries = rows.all<{ kind: BeneficiaryKind; beneficiaries: number; grants: number }>(
    `SELECT beneficiary_kind AS kind, count(DISTINCT beneficiary_id) AS beneficiaries, count(*) AS grants ${signed}
     GROUP BY beneficiary_kind ORDER BY beneficiary_kind`,
    from,
    to,
  );
  const all = rows.get<{ jobs: number; beneficiaries: number }>(
    `SELECT count(DISTINCT ${JOB}) AS jobs, count(DISTINCT beneficiary_id) AS beneficiaries ${signed}`,
    from,
    to,
  )!;
  return {
    jobs: jobs.map((row) => ({ ...row, departement: row.departement === '' ? null : row.departement })),
    jobsTotal: all.jobs,
    beneficiaries,
    beneficiariesTotal: all.beneficiaries,
  };
}
