/** The grants of the demonstration as drawn: to whom, for how long, how much in which exercice. Days come later. */

import { addDays, type Day } from '#libs/calendar/day';
import type { AwardGrant } from '../grants/grant.commands.js';
import { Amounts } from './amounts.js';
import { beneficiary } from './beneficiaries.js';
import type { Random } from './random.js';
import { DENOUNCED_ON, LIVES_ON, programmes, type Programme } from './schemes.js';
import { workingDayAfter, workingDays } from './working-days.js';

/** A grant before its payments have days. */
export interface Sketch {
  readonly programme: Programme;
  readonly award: Omit<AwardGrant, 'amountCents'>;
  readonly years: readonly { readonly exercice: number; readonly amountsCents: readonly number[] }[];
}

export function sketchGrants(random: Random): readonly Sketch[] {
  const amounts = new Amounts(random);
  const sketches: Sketch[] = [];
  for (const programme of programmes)
    for (const [year, count] of Object.entries(programme.awards)) {
      const campaign = workingDays(`${year}-03-01`, `${year}-04-30`);
      const signings = Array.from({ length: count }, () => random.pick(campaign)).toSorted();
      for (const [i, drawnOn] of signings.entries())
        sketches.push(sketchGrant(programme, Number(year), i + 1, drawnOn, sketches, amounts, random));
    }
  return sketches;
}

function sketchGrant(
  programme: Programme,
  year: number,
  number: number,
  drawnOn: Day,
  before: readonly Sketch[],
  amounts: Amounts,
  random: Random,
): Sketch {
  const { prefix, schemeId, months } = programme;
  const suffix = String(number).padStart(3, '0');
  // an enterprise whose agreement has run out signs the next one
  const ended =
    number === 1 && prefix === 'INS' ? before.find(({ award }) => award.grantId === `INS-${year - 2}-001`) : undefined;
  const located = beneficiary(programme.kind, before.length, random, programme.departement);
  const signedOn = ended === undefined ? drawnOn : later(drawnOn, workingDayAfter(ended.award.period.to, 3));
  const payments = programme.payments(year);
  const yearlyCents = programme.draw(random, payments.length);
  return {
    programme,
    award: {
      type: 'AwardGrant',
      grantId: `${prefix}-${year}-${suffix}`,
      schemeId,
      beneficiary: ended?.award.beneficiary ?? located.beneficiary,
      agreement: { number: `CONV-${year}-${prefix}-${suffix}`, signedOn },
      period: { from: signedOn, to: periodEnd(signedOn, months, schemeId) },
      instructedBy: programme.instructedBy ?? (random.below(2) === 0 ? 'region' : located.departement),
      ...(programme.posts && { postId: `POSTE-${year}-${String(before.length + 1).padStart(5, '0')}` }),
    },
    years: payments.map((parts, k) => ({ exercice: year + k, amountsCents: amounts.split(yearlyCents[k]!, parts) })),
  };
}

/** The last day of a period of so many months; agreements of the schemes that end with the contract end with them. */
function periodEnd(from: Day, months: number, schemeId: string): Day {
  const years = months / 12;
  const to = addDays(`${Number(from.slice(0, 4)) + years}${from.slice(4)}`, -1);
  return schemeId === LIVES_ON || to < DENOUNCED_ON ? to : DENOUNCED_ON;
}

function later(a: Day, b: Day): Day {
  return a > b ? a : b;
}
