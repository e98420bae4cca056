/** POST, GET /verifications and GET /verifications/:verificationId — has the ledger verified beside itself, shows what came of it. */

import { Controller, Get, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiProperty, ApiResponse } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Reads, Refusals } from '#libs/nest/doors';
import { IdParam } from '#libs/nest/id-param';
import { TransportError } from '#libs/nest/problem';
import { Allowed, VERIFIERS } from '../access/roles.js';
import type { SignedRequest } from '../access/signed-request.js';
import { Verifications } from './verifications.js';
import { verificationSteps } from './verify-ledger.js';

export class VerificationProgressAnswer {
  @ApiProperty({ enum: verificationSteps }) step!: string;
  @ApiProperty({ type: 'integer' }) done!: number;
  @ApiProperty({ type: 'integer' }) total!: number;
}

export class DifferenceAnswer {
  @ApiProperty({ type: 'integer' }) position!: number;
  @ApiProperty({ description: 'The stream, or the table' }) stream!: string;
  @ApiProperty() code!: string;
  @ApiProperty() detail!: string;
}

export class VerificationResultAnswer {
  @ApiProperty({ type: 'integer', description: 'Events folded from zero' }) events!: number;
  @ApiProperty({ type: 'integer', description: 'Payments computed again' }) payments!: number;
  @ApiProperty({ type: 'integer', description: 'Of the last event read' }) position!: number;
  @ApiProperty({ type: 'integer', nullable: true, description: 'That the compared tables stand on; null: no tables' })
  tablesAt!: number | null;
  @ApiProperty() comparedWithShown!: boolean;
  @ApiProperty({ type: 'integer' }) differenceCount!: number;
  @ApiProperty({
    type: [DifferenceAnswer],
    description: 'The first hundred of the log, of the seals and of the tables, the first one first',
  })
  differences!: readonly DifferenceAnswer[];
  @ApiProperty({ type: 'integer', description: 'Payments split on totals behind the log, with several servers' })
  lateTotals!: number;
  @ApiProperty({ type: 'integer' }) widestGapCents!: number;
}

export class VerificationAnswer {
  @ApiProperty() verificationId!: string;
  @ApiProperty() startedAt!: string;
  @ApiProperty() startedBy!: string;
  @ApiProperty({ enum: ['running', 'ended', 'failed'] }) status!: string;
  @ApiProperty({ type: 'string', nullable: true }) endedAt!: string | null;
  @ApiProperty({ type: VerificationProgressAnswer, nullable: true }) progress!: VerificationProgressAnswer | null;
  @ApiProperty({ type: VerificationResultAnswer, nullable: true }) result!: object | null;
  @ApiProperty({ type: 'string', nullable: true, description: 'Why it came to no result' }) failure!: string | null;
}

export class VerificationsAnswer {
  @ApiProperty({ type: [VerificationAnswer] }) data!: readonly VerificationAnswer[];
}

@Controller('verifications')
export class RunVerificationDoor {
  constructor(private readonly verifications: Verifications) {}

  @Post()
  @HttpCode(202)
  @Allowed(...VERIFIERS)
  @ApiOperation({ summary: 'Have the ledger verified; the one under way when there is one. Writes nothing to the log' })
  @ApiBearerAuth()
  @ApiResponse({ status: 202, type: VerificationAnswer })
  @ApiResponse({ status: 200, type: VerificationAnswer, description: 'One is under way' })
  @Refusals()
  start(@Req() { asker }: SignedRequest, @Res({ passthrough: true }) reply: FastifyReply): VerificationAnswer {
    const { verification, isNew } = this.verifications.start(asker.actor);
    if (!isNew) void reply.status(200);
    return verification;
  }

  @Get()
  @Allowed(...VERIFIERS)
  @Reads('The verifications that are kept, the latest first', VerificationsAnswer)
  list(): VerificationsAnswer {
    return { data: this.verifications.list() };
  }

  @Get(':verificationId')
  @Allowed(...VERIFIERS)
  @Reads('One verification: its progress, or what it came to', VerificationAnswer)
  show(@Param('verificationId', IdParam) verificationId: string): VerificationAnswer {
    const found = this.verifications.find(verificationId);
    if (found === undefined) throw new TransportError('NOT_FOUND');
    return found;
  }
}
