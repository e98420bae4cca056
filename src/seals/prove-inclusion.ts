/** GET /seals/:number/inclusion — the proof that a payment, or an event, is among those that a seal covers (RFC 6962 §2.1.1). */

import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { Reads } from '#libs/nest/doors';
import { IdField } from '#libs/nest/fields';
import { AtLeastQuery } from '#libs/nest/page';
import { invalid } from '#libs/nest/problem';
import { LogTree } from '#libs/seals/log-tree';
import { Allowed, READERS } from '../access/roles.js';
import { shownEvent } from '../history/event-line.js';
import { Ledger } from '../ledger.js';
import { SealNumberParam } from './seal-number-param.js';
import { reject } from './seal.rejections.js';
import { sealNumbered, underSeal } from './sealed-log.js';

export class InclusionQuery extends AtLeastQuery {
  @IdField({ optional: true, description: 'The payment, as it was recorded' }) payment?: string;
  @IdField({ optional: true, description: 'Or the id of any event' }) event?: string;
}

export class SealedEventAnswer {
  @ApiProperty({ type: 'string', nullable: true }) position!: string | null;
  @ApiProperty() stream!: string;
  @ApiProperty({ type: 'integer' }) revision!: number;
  @ApiProperty() id!: string;
  @ApiProperty() type!: string;
  @ApiProperty({ format: 'date-time' }) recordedAt!: string;
  @ApiProperty({ type: 'object', additionalProperties: true }) data!: object;
  @ApiProperty({ type: 'object', additionalProperties: true }) metadata!: object;
}

export class InclusionAnswer {
  @ApiProperty({ type: 'integer', description: 'Of the seal' }) number!: number;
  @ApiProperty({ type: 'integer', description: 'Place of the event in the log, from 0' }) leafIndex!: number;
  @ApiProperty() leafHash!: string;
  @ApiProperty({ type: [String], description: 'From the leaf up' }) auditPath!: string[];
  @ApiProperty({ type: 'integer' }) treeSize!: number;
  @ApiProperty() rootHash!: string;
  @ApiProperty({ type: SealedEventAnswer, description: 'Its canonical bytes give `leafHash`' })
  event!: SealedEventAnswer;
  @ApiProperty() position!: string;
}

@Controller('seals/:number/inclusion')
export class ProveInclusionDoor {
  constructor(
    private readonly ledger: Ledger,
    private readonly tree: LogTree,
  ) {}

  @Get()
  @Allowed(...READERS)
  @Reads('Prove that a seal covers a payment or an event', InclusionAnswer)
  async prove(
    @Param('number', SealNumberParam) number: number,
    @Query() { payment, event, atLeast }: InclusionQuery,
  ): Promise<InclusionAnswer> {
    const { ledger, tree } = this;
    if (payment === undefined && event === undefined) throw invalid('/payment', 'FIELD_REQUIRED');
    if (payment !== undefined && event !== undefined) throw invalid('/event', 'FIELD_UNKNOWN');
    await ledger.upToDate(Number(atLeast ?? 0));
    const { seal } = sealNumbered(ledger, number);
    const { treeSize, rootHash } = seal;
    const eventId = payment === undefined ? event!.toLowerCase() : await this.recordingOf(payment);
    const position = ledger.projector.checkpoint;
    await tree.advance(position);
    const leafIndex = await tree.leafOf(eventId);
    const id = payment ?? eventId;
    if (leafIndex === undefined) throw reject('SEALED_EVENT_UNKNOWN', { id });
    if (leafIndex >= treeSize) throw reject('EVENT_NOT_SEALED', { id, number, treeSize });
    const { event: proved, ...proof } = await underSeal(seal, tree, () => tree.inclusion(leafIndex, treeSize));
    const { leafHash, auditPath } = proof;
    return {
      number,
      leafIndex,
      leafHash,
      auditPath: [...auditPath],
      treeSize,
      rootHash,
      event: shownEvent(proved),
      position: String(position),
    };
  }

  /** The event that recorded a payment. @throws SEALED_EVENT_UNKNOWN */
  private async recordingOf(paymentId: string): Promise<string> {
    const { rows, store } = this.ledger;
    const row = rows.get<{ position: number }>('SELECT position FROM payments WHERE payment_id = ?', paymentId);
    const [recorded] = row === undefined ? [] : await store.readAt(row.position);
    if (recorded === undefined) throw reject('SEALED_EVENT_UNKNOWN', { id: paymentId });
    return recorded.id;
  }
}
