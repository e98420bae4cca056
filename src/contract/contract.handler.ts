/** Takes every command on a framework contract. */

import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { perform, type Asking, type Receipt } from '#libs/event-store/receipt';
import type { Grant } from '../grants/grant.state.js';
import { Ledger } from '../ledger.js';
import type { ContractCommand } from './contract.commands.js';
import { contractDecider } from './contract.decider.js';
import type { ContractEvent } from './contract.events.js';
import { contractOfScheme } from './contract.state.js';
import type { ContractDecisionTerms } from './contract.terms.js';

export class HandleContract extends Command<Receipt<ContractEvent>> {
  constructor(
    readonly command: ContractCommand,
    readonly asking: Asking,
  ) {
    super();
  }
}

@CommandHandler(HandleContract)
export class ContractHandler implements ICommandHandler<HandleContract> {
  constructor(private readonly ledger: Ledger) {}

  async execute({ command, asking }: HandleContract): Promise<Receipt<ContractEvent>> {
    const { ledger } = this;
    const { contracts, store, today } = ledger;
    // what other servers have attached counts too
    await ledger.upToDate(await store.head());
    const grant: Grant =
      command.type === 'NoteCperPart' ? (await ledger.grants.load(command.grantId)).state : { status: 'unknown' };
    const terms: ContractDecisionTerms = {
      today,
      isFunder: (funderId) => ledger.isFunder(funderId),
      scheme: (schemeId) => ledger.scheme(schemeId),
      contractOfScheme: (schemeId) => contractOfScheme(contracts.states(), schemeId)?.signed.contractId,
      grant,
    };
    return perform(
      { store, aggregates: contracts },
      command.contractId,
      ({ state }) => contractDecider.decide(command, state, terms),
      (event) => answersCommand(event, command),
      asking,
    );
  }
}

/** True for the event that answered the command when it was first given (R3). */
function answersCommand({ type, data }: ContractEvent, command: ContractCommand): boolean {
  switch (command.type) {
    case 'SignContract':
      return type === 'ContractSigned.v1';
    case 'AmendContract':
      return type === 'ContractAmended.v1' && data.amendmentId === command.amendmentId;
    case 'DenounceContract':
      return type === 'ContractDenounced.v1';
    case 'ConcludeSubContract':
      return type === 'SubContractConcluded.v1' && data.subContractId === command.subContractId;
    case 'AttachScheme':
      return type === 'SchemeAttached.v1' && data.schemeId === command.schemeId && data.act === command.act;
    case 'DetachScheme':
      return type === 'SchemeDetached.v1' && data.schemeId === command.schemeId && data.act === command.act;
    case 'NoteCperPart':
      return type === 'CperPartNoted.v1' && data.grantId === command.grantId && data.act === command.act;
  }
}
