/** GET /health — alive and ready: the log can be reached, the read models follow it. Without a token, outside /api/v1. */

import { Controller, Get, Res } from '@nestjs/common';
import { ApiOperation, ApiProperty, ApiResponse } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Public } from '../access/roles.js';
import { Ledger } from '../ledger.js';
import { headOf } from './store-head.js';

export class HealthAnswer {
  @ApiProperty({ enum: ['ready', 'unavailable'] }) status!: string;
  @ApiProperty({ type: 'string', nullable: true, description: 'Position of the last event of the log' }) head!:
    string | null;
  @ApiProperty({ description: 'Position that the read models stand on' }) readModels!: string;
}

@Controller('health')
export class ShowHealthDoor {
  constructor(private readonly ledger: Ledger) {}

  @Get()
  @Public()
  @ApiOperation({ summary: 'Liveness and readiness' })
  @ApiResponse({ status: 200, type: HealthAnswer })
  @ApiResponse({ status: 503, type: HealthAnswer })
  async show(@Res({ passthrough: true }) reply: FastifyReply): Promise<HealthAnswer> {
    const { projector, store } = this.ledger;
    const readModels = String(projector.checkpoint);
    const position = await headOf(store);
    const head = position === undefined ? null : String(position);
    if (head !== null && !projector.faulted) return { status: 'ready', head, readModels };
    void reply.status(503);
    return { status: 'unavailable', head, readModels };
  }
}
