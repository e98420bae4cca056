/** Takes every command on a grant: gathers the terms, lets the decider decide, appends, answers. */

import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { WrongExpectedRevision } from '#libs/event-store/event-store';
import { perform, type Receipt } from '#libs/event-store/receipt';
import { refuseOtherFunder, type BoundAsking } from '../access/own-funder.js';
import { Ledger } from '../ledger.js';
import type { GrantCommand } from './grant.commands.js';
import { grantDecider } from './grant.decider.js';
import type { GrantEvent } from './grant.events.js';
import { grantTerms } from './grant.standing.js';
import type { Grant } from './grant.state.js';
import { concernedBy } from './own-grant.js';

export class HandleGrant extends Command<Receipt<GrantEvent>> {
  constructor(
    readonly command: GrantCommand,
    readonly asking: BoundAsking,
  ) {
    super();
  }
}

@CommandHandler(HandleGrant)
export class GrantHandler implements ICommandHandler<HandleGrant> {
  constructor(private readonly ledger: Ledger) {}

  async execute({ command, asking }: HandleGrant): Promise<Receipt<GrantEvent>> {
    const { ledger } = this;
    const terms = grantTerms(ledger, ledger.totals, ledger.register);
    return perform(
      { store: ledger.store, aggregates: ledger.grants },
      command.grantId,
      ({ state, revision }) => {
        const concerned = concernedBy(command, state, (schemeId) => ledger.scheme(schemeId));
        if (concerned !== undefined) refuseOtherFunder(asking, concerned);
        try {
          return grantDecider.decide(command, state, terms);
        } catch (refusal) {
          if (asking.dryRun || !this.isBehind(command, state)) throw refusal;
          throw new WrongExpectedRevision(ledger.grants.streamOf(command.grantId), revision, revision + 1);
        }
      },
      (event) => answersCommand(event, command),
      asking,
      'first',
      repliesTo(command),
    );
  }

  /**
   * True where the log has already delivered this grant's payment, recorded by another server, and the state that was read
   * does not hold it yet: it is read again, or the payment would be refused as its own double.
   */
  private isBehind(command: GrantCommand, grant: Grant): boolean {
    return (
      command.type === 'RecordPayment' &&
      grant.status !== 'unknown' &&
      !grant.payments.has(command.paymentId) &&
      this.ledger.register.grantOfPayment(command.paymentId) === command.grantId
    );
  }
}

/** What the command replies to, for those that reply to an event: a decision to a proposal, a reissue to a bank return. */
function repliesTo(command: GrantCommand): ((event: GrantEvent) => boolean) | undefined {
  switch (command.type) {
    case 'DecideProposal':
      return ({ type, data }) => type === 'PaymentProposed.v1' && data.paymentId === command.paymentId;
    case 'ReissuePayment':
      return ({ type, data }) => type === 'PaymentReturned.v1' && data.paymentId === command.paymentId;
    default:
      return undefined;
  }
}

/** True for the event that answered the command when it was first given (R3). */
export function answersCommand(event: GrantEvent, command: GrantCommand): boolean {
  const { type, data } = event;
  switch (command.type) {
    case 'AwardGrant':
      return type === 'GrantAwarded.v1';
    case 'AmendGrant':
      return type === 'GrantAmended.v1' && data.amendmentId === command.amendmentId;
    case 'TransferInstruction':
      return type === 'InstructionTransferred.v1' && data.transferId === command.transferId;
    case 'SuspendGrant':
      return type === 'GrantSuspended.v1' && data.on === command.on && data.reason === command.reason;
    case 'ResumeGrant':
      return type === 'GrantResumed.v1' && data.on === command.on && data.reason === command.reason;
    case 'CancelGrant':
      return type === 'GrantCancelled.v1';
    case 'CloseGrant':
      return type === 'GrantClosed.v1';
    case 'RecordPayment':
      return (type === 'PaymentRecorded.v1' || type === 'PaymentProposed.v1') && data.paymentId === command.paymentId;
    case 'DecideProposal':
      return (
        (type === 'PaymentRefused.v1' || (type === 'PaymentRecorded.v1' && data.approval !== undefined)) &&
        data.paymentId === command.paymentId
      );
    case 'ReversePayment':
      return type === 'PaymentReversed.v1' && data.paymentId === command.paymentId;
    case 'RecordRecovery':
      return type === 'RecoveryRecorded.v1' && data.recoveryId === command.recoveryId;
    case 'RecordBankReturn':
      return (
        type === 'PaymentReturned.v1' &&
        data.paymentId === command.paymentId &&
        data.returnedOn === command.returnedOn &&
        data.reason === command.reason
      );
    case 'ReissuePayment':
      return (
        type === 'PaymentReissued.v1' &&
        data.paymentId === command.paymentId &&
        data.reissuedOn === command.reissuedOn &&
        data.orderNumber === command.orderNumber
      );
  }
}
