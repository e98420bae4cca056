/** Takes every command on a referral. */

import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { InTurn } from '#libs/event-store/in-turn';
import { perform, type Asking, type Receipt } from '#libs/event-store/receipt';
import { Ledger } from '../ledger.js';
import { referralDecider, type ReferralCommand, type ReferralTerms } from './referral.decider.js';
import type { ReferralEvent } from './referral.events.js';

export class HandleReferral extends Command<Receipt<ReferralEvent>> {
  constructor(
    readonly command: ReferralCommand,
    readonly asking: Asking,
  ) {
    super();
  }
}

@CommandHandler(HandleReferral)
export class ReferralHandler implements ICommandHandler<HandleReferral> {
  private readonly turns = new InTurn();

  constructor(private readonly ledger: Ledger) {}

  /** One after another: a grant's answer is in the read models before the next command looks for it there. */
  async execute(asked: HandleReferral): Promise<Receipt<ReferralEvent>> {
    return this.turns.run(() => this.refer(asked));
  }

  private async refer({ command, asking }: HandleReferral): Promise<Receipt<ReferralEvent>> {
    const { ledger } = this;
    const { referrals, store, today } = ledger;
    // what other servers have answered counts too
    await ledger.upToDate(await store.head());
    const terms: ReferralTerms = {
      today,
      isFunder: (funderId) => ledger.isFunder(funderId),
      isScheme: (schemeId) => ledger.scheme(schemeId).status !== 'unknown',
      isGrant: (grantId) => ledger.rows.get('SELECT 1 FROM grants WHERE grant_id = ?', grantId) !== undefined,
      referralOfGrant: (grantId) =>
        ledger.rows.get<{ referral_id: string }>('SELECT referral_id FROM referrals WHERE grant_id = ?', grantId)
          ?.referral_id,
    };
    return perform(
      { store, aggregates: referrals },
      command.referralId,
      ({ state }) => referralDecider.decide(command, state, terms),
      (event) => answersCommand(event, command),
      asking,
    );
  }
}

/** True for the event that answered the command when it was first given (R3). */
function answersCommand({ type, data }: ReferralEvent, command: ReferralCommand): boolean {
  switch (command.type) {
    case 'AnswerReferral':
      return type === 'ReferralAnswered.v1';
    case 'ReviseReferral':
      return type === 'ReferralRevised.v1' && data.revisionId === command.revisionId;
  }
}
