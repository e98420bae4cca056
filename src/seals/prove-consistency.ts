/** GET /seals/consistency — the proof that the log of one seal is the beginning of the log of a later one (RFC 6962 §2.1.2). */

import { Controller, Get, Query } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { Reads } from '#libs/nest/doors';
import { QueryNumberField } from '#libs/nest/fields';
import { AtLeastQuery } from '#libs/nest/page';
import { LogTree } from '#libs/seals/log-tree';
import { Allowed, READERS } from '../access/roles.js';
import { Ledger } from '../ledger.js';
import { reject } from './seal.rejections.js';
import { sealNumbered, underSeal } from './sealed-log.js';

const NUMBERS = 999_999_999;

export class ConsistencyQuery extends AtLeastQuery {
  @QueryNumberField(1, NUMBERS, { description: 'The number of the older seal' }) from!: string;
  @QueryNumberField(1, NUMBERS, { description: 'The number of the newer seal' }) to!: string;
}

export class ConsistencyAnswer {
  @ApiProperty({ type: 'integer', description: 'The number of the older seal' }) from!: number;
  @ApiProperty({ type: 'integer', description: 'The number of the newer seal' }) to!: number;
  @ApiProperty({ type: 'integer' }) fromTreeSize!: number;
  @ApiProperty() fromRootHash!: string;
  @ApiProperty({ type: 'integer' }) toTreeSize!: number;
  @ApiProperty() toRootHash!: string;
  @ApiProperty({ type: [String], description: 'In the order of the RFC; empty for a seal and itself' })
  hashes!: string[];
  @ApiProperty() position!: string;
}

@Controller('seals/consistency')
export class ProveConsistencyDoor {
  constructor(
    private readonly ledger: Ledger,
    private readonly tree: LogTree,
  ) {}

  @Get()
  @Allowed(...READERS)
  @Reads('Prove that a seal continues an earlier one', ConsistencyAnswer)
  async prove(@Query() { from, to, atLeast }: ConsistencyQuery): Promise<ConsistencyAnswer> {
    const { ledger, tree } = this;
    await ledger.upToDate(Number(atLeast ?? 0));
    const { seal: older } = sealNumbered(ledger, Number(from));
    const { seal: newer } = sealNumbered(ledger, Number(to));
    if (older.number > newer.number) throw reject('SEALS_BACKWARDS', { from: older.number, to: newer.number });
    const position = ledger.projector.checkpoint;
    await tree.advance(position);
    const prove = async () => tree.consistency(older.treeSize, newer.treeSize);
    const hashes = await underSeal(older, tree, async () => underSeal(newer, tree, prove));
    return {
      from: older.number,
      to: newer.number,
      fromTreeSize: older.treeSize,
      fromRootHash: older.rootHash,
      toTreeSize: newer.treeSize,
      toRootHash: newer.rootHash,
      hashes: [...hashes],
      position: String(position),
    };
  }
}
