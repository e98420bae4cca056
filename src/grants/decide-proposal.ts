/** POST /approvals/:proposalId — a second person says yes or no to a payment that waits (R28). */

import { Body, Controller, Param, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { isSlug } from '#libs/identifiers/slug';
import { Answer } from '#libs/nest/answer';
import { Writes } from '#libs/nest/doors';
import { EnumField, TextField } from '#libs/nest/fields';
import { AskedBy, type Asked } from '../access/asked.js';
import { Allowed, APPROVERS } from '../access/roles.js';
import { Ledger } from '../ledger.js';
import { HandleGrant } from './grant.handler.js';
import { reject } from './grant.rejections.js';
import { ApprovalAnswer, paymentAnswer, RefusalAnswer } from './payment-answer.js';

export class DecideProposalBody {
  @EnumField(['approve', 'refuse']) decision!: 'approve' | 'refuse';
  @TextField({ optional: true, description: 'Required to refuse; to approve, why a warning is no obstacle (R18, R19)' })
  reason?: string;
}

@Controller('approvals/:proposalId')
export class DecideProposalDoor {
  constructor(
    private readonly commands: CommandBus,
    private readonly ledger: Ledger,
  ) {}

  @Post()
  @Allowed(...APPROVERS)
  @Writes('Approve or refuse a payment that waits', ApprovalAnswer, RefusalAnswer)
  async decide(
    @Param('proposalId') proposalId: string,
    @Body() body: DecideProposalBody,
    @AskedBy() asked: Asked,
  ): Promise<Answer> {
    const [grantId, paymentId, ...rest] = proposalId.split('~');
    if (!isSlug(grantId) || !isSlug(paymentId) || rest.length > 0) throw reject('PROPOSAL_UNKNOWN', { proposalId });
    const { by, language } = asked;
    const receipt = await this.commands.execute(
      new HandleGrant({ type: 'DecideProposal', grantId, paymentId, ...body, by }, asked),
    );
    const { event } = receipt;
    if (event.type === 'PaymentRecorded.v1')
      return new Answer(receipt, { proposalId, status: 'approved', ...paymentAnswer(event, this.ledger, language) });
    return new Answer(receipt, { ...event.data, status: 'refused' });
  }
}
