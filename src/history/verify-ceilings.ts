/** Recomputes from the log which ceilings each payment passed (R19): what it passed stands in its event as a warning. */

import { sameContent } from '#libs/decider/same-content';
import type { CeilingEvent } from '../ceilings/ceiling.events.js';
import { evolveCeiling, limitsMet, unknownCeiling, type Ceiling } from '../ceilings/ceiling.state.js';
import { ConsumptionTotals } from '../ceilings/consumption.movements.js';
import { passedCeilings, type CeilingWarning } from '../ceilings/passed-ceilings.movements.js';
import type { ContractEvent } from '../contract/contract.events.js';
import { evolveContract, unknownContract, type Contract } from '../contract/contract.state.js';
import type { PaymentRecorded, PaymentWarning } from '../grants/grant.events.js';
import type { OpenedScheme } from '../schemes/scheme.state.js';
import type { TotalsChange } from '../schemes/totals.movements.js';

export class CeilingFold {
  private readonly ceilings = new Map<string, Ceiling>();
  private readonly contracts = new Map<string, Contract>();
  private readonly consumption = new ConsumptionTotals();

  take(event: CeilingEvent | ContractEvent): void {
    if (event.type === 'BudgetSet.v1' || event.type === 'BudgetLifted.v1') {
      const { ceilingId } = event.data;
      this.ceilings.set(ceilingId, evolveCeiling(this.ceilings.get(ceilingId) ?? unknownCeiling, event));
      return;
    }
    const { contractId } = event.data;
    this.contracts.set(contractId, evolveContract(this.contracts.get(contractId) ?? unknownContract, event));
  }

  count(change: TotalsChange): void {
    this.consumption.count(change);
  }

  /** The ceilings that the payment passed, by the log before it, and that its event does not say. */
  unsaid(data: PaymentRecorded['data'], scheme: OpenedScheme): readonly CeilingWarning[] {
    const { schemeId, exercice, warnings = [] } = data;
    const limits = limitsMet(schemeId, exercice, this.ceilings.values(), this.contracts.values(), this.consumption);
    const ceiling = scheme.ceilings.get(exercice);
    const passed = passedCeilings(data, ceiling, this.consumption.netPaidCents(schemeId, exercice), limits);
    return passed.map(({ warning }) => warning).filter((warning) => !warnings.some((said) => says(said, warning)));
  }
}

/** Who let it pass is no arithmetic; and payments recorded before it was kept do not say what their scheme's ceiling did. */
function says(said: PaymentWarning, warning: CeilingWarning): boolean {
  if (said.code === 'POSSIBLE_DOUBLE') return false;
  const { overriddenAs: _, ...passed } = said;
  const { mode } = warning;
  return sameContent({ ...passed, mode: passed.mode ?? mode }, warning);
}
