/** GET /seals/status — what of the log is not sealed yet, the last seal, and the key that the next one will be signed with. */

import { Controller, Get, Query } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { Reads } from '#libs/nest/doors';
import { AtLeastQuery } from '#libs/nest/page';
import { LogTree } from '#libs/seals/log-tree';
import { Allowed, READERS } from '../access/roles.js';
import { Ledger } from '../ledger.js';
import { LogSealAnswer, shownSeal } from './seal-answers.js';
import { SealKey } from './seal-key.js';
import { unsealed, type Sealed } from './seal.state.js';
import { lastSeal } from './sealed-log.js';
import { unsealedOf } from './unsealed.js';

export class SealStatusAnswer {
  @ApiProperty({ type: 'integer', description: 'In the log' }) events!: number;
  @ApiProperty({ type: 'integer', description: 'Of them covered by no seal' }) unsealedEvents!: number;
  @ApiProperty({ type: LogSealAnswer, nullable: true }) lastSeal!: LogSealAnswer | null;
  @ApiProperty({ type: 'string', nullable: true, description: 'Of this server’s key; null before it is first used' })
  keyFingerprint!: string | null;
  @ApiProperty() position!: string;
}

@Controller('seals/status')
export class ShowSealStatusDoor {
  constructor(
    private readonly ledger: Ledger,
    private readonly tree: LogTree,
    private readonly key: SealKey,
  ) {}

  @Get()
  @Allowed(...READERS)
  @Reads('What of the log is sealed', SealStatusAnswer)
  async show(@Query() { atLeast }: AtLeastQuery): Promise<SealStatusAnswer> {
    const { ledger, tree, key } = this;
    await ledger.upToDate(Number(atLeast ?? 0));
    const last = lastSeal(ledger)?.seal;
    const position = ledger.projector.checkpoint;
    const { size } = await tree.advance(position);
    const sealed: Sealed = last === undefined ? unsealed : { status: 'sealed', last };
    return {
      events: size,
      unsealedEvents: unsealedOf(sealed, size),
      lastSeal: last === undefined ? null : shownSeal(last),
      keyFingerprint: key.fingerprint ?? null,
      position: String(position),
    };
  }
}
