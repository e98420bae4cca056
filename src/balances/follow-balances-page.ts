/** GET /balances/live — server-sent events for an open page: the position of the log, whenever it has moved. */

import { Controller, Get, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Allowed, READERS } from '../access/roles.js';
import { LiveStreams } from '../console/live-streams.js';

@ApiExcludeController()
@Controller('balances/live')
export class FollowBalancesPageDoor {
  constructor(private readonly streams: LiveStreams) {}

  @Get()
  @Allowed(...READERS)
  follow(@Req() request: FastifyRequest, @Res() reply: FastifyReply): void {
    // who asks for the head alone gets no stream that nobody would read
    const body = request.method === 'HEAD' ? '' : this.streams.open(request);
    void reply
      .header('Content-Type', 'text/event-stream; charset=utf-8')
      .header('Cache-Control', 'private, no-store')
      // a proxy in front is to pass on each event as it comes
      .header('X-Accel-Buffering', 'no')
      .send(body);
  }
}
