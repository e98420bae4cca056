/** A real slip of the demonstration: 500 payments of both schemes as an office CSV, and the grants they are made on. */

import { formatFrenchDay } from '#libs/calendar/day';
import { decimalEuros } from '#libs/money/euros';
import { sumCents } from '#libs/money/cents';
import type { AwardGrant } from '../grants/grant.commands.js';
import { Amounts } from './amounts.js';
import { beneficiary } from './beneficiaries.js';
import { Random } from './random.js';
import { workingDays } from './working-days.js';

export interface DemoSlip {
  /** To be awarded before the slip is imported, on 30 April 2015 or later. */
  readonly awards: readonly AwardGrant[];
  /** With byte-order mark and header; paid from September to December 2015, by the payer of each scheme. */
  readonly csv: string;
}

const COLUMNS = 'grantId;paymentId;amount;paidOn;instalment;orderNumber';
const BYTE_ORDER_MARK = '\uFEFF';

const GRANTS_OF_A_SCHEME = 50;
const INSTALMENTS = ['advance', 'interim', 'interim', 'interim', 'balance'];

/** Beneficiaries of the slip are numbered apart from the demonstration's own. */
const FIRST_BENEFICIARY = 1_000;

export function demoSlip(seed: number): DemoSlip {
  const random = new Random(seed, 'slip');
  const amounts = new Amounts(random);
  const signing = workingDays('2015-03-02', '2015-04-30');
  const paying = workingDays('2015-09-01', '2015-12-18');
  const awards: AwardGrant[] = [];
  const payments: { paidOn: string; line: readonly string[] }[] = [];
  for (const [prefix, schemeId, kind] of [
    ['INS', 'insertion', 'enterprise'],
    ['ET', 'emplois-tremplins', 'association'],
  ] as const)
    for (let number = 501; number <= 500 + GRANTS_OF_A_SCHEME; number += 1) {
      const { beneficiary: paid, departement } = beneficiary(kind, FIRST_BENEFICIARY + awards.length, random);
      const signedOn = random.pick(signing);
      const grantId = `${prefix}-2015-${number}`;
      const parts = amounts.split(random.between(400_000, 1_600_000), INSTALMENTS.length);
      awards.push({
        type: 'AwardGrant',
        grantId,
        schemeId,
        amountCents: sumCents(parts),
        beneficiary: paid,
        agreement: { number: `CONV-2015-${prefix}-${number}`, signedOn },
        period: { from: signedOn, to: '2015-12-31' },
        instructedBy: departement,
      });
      const days = random.shuffled(paying).slice(0, parts.length).toSorted();
      for (const [i, amountCents] of parts.entries()) {
        const line = [grantId, `${grantId}-V0${i + 1}`, decimalEuros(amountCents, ','), formatFrenchDay(days[i]!)];
        payments.push({ paidOn: days[i]!, line: [...line, INSTALMENTS[i]!] });
      }
    }
  const lines = payments
    .toSorted((a, b) => (a.paidOn < b.paidOn ? -1 : a.paidOn > b.paidOn ? 1 : 0))
    .map(({ line }, i) => [...line, `2015-B-${String(i + 1).padStart(5, '0')}`].join(';'));
  return { awards, csv: `${BYTE_ORDER_MARK}${[COLUMNS, ...lines].join('\r\n')}\r\n` };
}
