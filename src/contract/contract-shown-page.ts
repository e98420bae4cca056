/** What the page of a framework contract shows, as the API answers it. */

import type { Names } from '../console/names.js';
import type { PageQuery } from '../console/page-query.js';
import type { ConsumptionAnswer } from './show-consumption.js';
import type { ContractAnswer } from './show-contract.js';
import type { CrossTerritoryAnswer } from './show-cross-territory.js';

export interface ContractPageProps {
  readonly contract: ContractAnswer;
  readonly consumption: ConsumptionAnswer;
  readonly territory: CrossTerritoryAnswer;
  readonly query: PageQuery;
  readonly names: Names;
  readonly exercices: readonly number[];
}
