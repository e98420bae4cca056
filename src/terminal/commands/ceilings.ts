/** `ledger ceilings` — every ceiling in force, and what is taken from it. */

import { formatEuros, type Language } from '#libs/money/euros';
import { answer, option, type Command } from '../command.js';
import { table, type Column } from '../table.js';

interface Ceilings {
  readonly data: readonly Row[];
  readonly page: { readonly next: string | null };
  readonly position: string;
}

interface Row {
  readonly ceilingId: string;
  readonly exercice: number | null;
  readonly amountCents: number;
  readonly mode: 'block' | 'warn';
  readonly consumedCents: number;
  readonly remainingCents: number;
  readonly consumedThousandths: number;
  readonly near: boolean;
}

export const ceilings: Command = {
  usage: 'ceilings [--exercice <année>] [--near]',
  summary: 'les plafonds en vigueur et ce qui en est consommé',
  options: { exercice: { type: 'string' }, near: { type: 'boolean' } },
  words: 0,

  run: (given) => {
    const near = given.values['near'] === true ? 'true' : undefined;
    const query = { exercice: option(given, 'exercice'), near, size: '500' };
    const euros = (cents: number) => formatEuros(cents, given.language);
    return answer<Ceilings>(given, { method: 'GET', path: '/ceilings', query }, ({ data, page, position }) => {
      const columns: Column<Row>[] = [
        { title: 'Plafond', text: (row) => row.ceilingId },
        { title: 'Exercice', text: (row) => (row.exercice === null ? 'tous' : String(row.exercice)) },
        { title: 'Effet', text: (row) => (row.mode === 'block' ? 'bloque' : 'avertit') },
        { title: 'Montant', align: 'right', text: (row) => euros(row.amountCents) },
        { title: 'Consommé', align: 'right', text: (row) => euros(row.consumedCents) },
        { title: 'Reste', align: 'right', text: (row) => euros(row.remainingCents) },
        { title: 'Taux', align: 'right', text: (row) => percent(row.consumedThousandths, given.language) },
        { title: '', text: (row) => (row.remainingCents < 0 ? 'dépassé' : row.near ? 'proche' : '') },
      ];
      const more = page.next === null ? '' : '\nD’autres plafonds suivent : précisez --exercice.';
      return `${table(data, columns)}${more}\nJournal en position ${position}`;
    });
  },
};

/** 905 thousandths: `90,5 %`. */
function percent(thousandths: number, language: Language): string {
  const digits = String(Math.abs(thousandths)).padStart(2, '0');
  const sign = thousandths < 0 ? '−' : '';
  const [whole, tenth] = [digits.slice(0, -1), digits.slice(-1)];
  return language === 'fr' ? `${sign}${whole},${tenth} %` : `${sign}${whole}.${tenth}%`;
}
