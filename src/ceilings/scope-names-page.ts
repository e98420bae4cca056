/** What ceilings may stand on, with their names, for the pages of ceilings: schemes, funders, contracts and their axes. */

import type { ConsoleApi } from '../console/api.js';
import type { Choice } from '../console/field.js';
import { nameOf, namesFor, type Names } from '../console/names.js';
import type { Reader } from '../console/visitor.js';
import type { CeilingScopeAnswer } from './show-ceilings.js';

export interface ScopeNames extends Names {
  readonly contracts: readonly Choice[];
  /** By contract and axis, `contrat-276/axe-4`. */
  readonly axes: readonly Choice[];
}

export async function scopeNamesFor(api: ConsoleApi, reader: Reader): Promise<ScopeNames> {
  const [names, { data }] = await Promise.all([
    namesFor(api, reader),
    api.get<{ data: { contractId: string; name: string }[] }>(reader, '/contracts', { size: 500 }),
  ]);
  const agreed = await Promise.all(
    data.map(async ({ contractId }) =>
      api.get<{ contractId: string; axes: { axisId: string; name: string }[] }>(
        reader,
        `/contracts/${encodeURIComponent(contractId)}`,
      ),
    ),
  );
  return {
    ...names,
    contracts: data.map(({ contractId, name }) => ({ value: contractId, text: name })),
    axes: agreed.flatMap(({ contractId, axes }) =>
      axes.map(({ axisId, name }) => ({ value: `${contractId}/${axisId}`, text: name })),
    ),
  };
}

/** What a ceiling stands on, in words. */
export function scopeText({ kind, ...of }: CeilingScopeAnswer, names: ScopeNames): string {
  const funder = nameOf(names.funders, of.funderId ?? '');
  const scheme = nameOf(names.schemes, of.schemeId ?? '');
  const contract = nameOf(names.contracts, of.contractId ?? '');
  switch (kind) {
    case 'scheme':
      return scheme;
    case 'funder':
      return funder;
    case 'funder-scheme':
      return `${funder} · ${scheme}`;
    case 'contract':
      return contract;
    default:
      return `${of.axisId ?? ''} · ${nameOf(names.axes, `${of.contractId ?? ''}/${of.axisId ?? ''}`)}`;
  }
}
