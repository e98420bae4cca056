/** POST /read-models/rebuilds and GET /read-models/rebuilds/latest — has the read models made anew while the server goes on. */

import { Controller, Get, HttpCode, Post, Req, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiProperty, ApiResponse } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Reads, Refusals } from '#libs/nest/doors';
import { TransportError } from '#libs/nest/problem';
import { ADMINS, Allowed } from '../access/roles.js';
import type { SignedRequest } from '../access/signed-request.js';
import { Rebuilds } from './rebuilds.js';

export class RebuildProgressAnswer {
  @ApiProperty({ type: 'integer', description: 'Position of the log' }) done!: number;
  @ApiProperty({ type: 'integer', description: 'Position of the log' }) total!: number;
}

export class RebuildAnswer {
  @ApiProperty() startedAt!: string;
  @ApiProperty() startedBy!: string;
  @ApiProperty({ enum: ['running', 'ended', 'failed'] }) status!: string;
  @ApiProperty({ type: 'string', nullable: true }) endedAt!: string | null;
  @ApiProperty({ type: RebuildProgressAnswer, nullable: true }) progress!: RebuildProgressAnswer | null;
  @ApiProperty({ type: 'string', nullable: true, description: 'That the new tables stood on when put in place' })
  position!: string | null;
  @ApiProperty({ type: 'string', nullable: true, description: 'Why the old tables are still shown' })
  failure!: string | null;
}

@Controller('read-models/rebuilds')
export class RebuildReadModelsDoor {
  constructor(private readonly rebuilds: Rebuilds) {}

  @Post()
  @HttpCode(202)
  @Allowed(...ADMINS)
  @ApiOperation({ summary: 'Make the read models anew, beside those shown; the rebuild under way when there is one' })
  @ApiBearerAuth()
  @ApiResponse({ status: 202, type: RebuildAnswer })
  @ApiResponse({ status: 200, type: RebuildAnswer, description: 'One is under way' })
  @Refusals()
  start(@Req() { asker }: SignedRequest, @Res({ passthrough: true }) reply: FastifyReply): RebuildAnswer {
    const { rebuild, isNew } = this.rebuilds.start(asker.actor);
    if (!isNew) void reply.status(200);
    return rebuild;
  }

  @Get('latest')
  @Allowed(...ADMINS)
  @Reads('The rebuild under way, or the last one since the server started', RebuildAnswer)
  show(): RebuildAnswer {
    if (this.rebuilds.latest === undefined) throw new TransportError('NOT_FOUND');
    return this.rebuilds.latest;
  }
}
