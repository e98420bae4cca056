/** GET /metrics — what to watch, in Prometheus' text format. Without a token, and only where the server listens on this machine alone. */

import { Controller, Get, Header } from '@nestjs/common';
import { ApiOperation, ApiResponse } from '@nestjs/swagger';
import { collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import { Public } from '../access/roles.js';
import { Ledger } from '../ledger.js';

@Controller('metrics')
export class ShowMetricsDoor {
  private readonly registry = new Registry();

  constructor(ledger: Ledger) {
    collectDefaultMetrics({ register: this.registry });
    const gauge = (name: string, help: string, read: () => number | Promise<number>) =>
      new Gauge({
        name,
        help,
        registers: [this.registry],
        async collect() {
          this.set(await read());
        },
      });
    gauge('ledger_log_position', 'Position of the last event of the log', () => ledger.store.head());
    gauge('ledger_read_models_position', 'Position that the read models stand on', () => ledger.projector.checkpoint);
  }

  @Get()
  @Public()
  @Header('Content-Type', 'text/plain; version=0.0.4; charset=utf-8')
  @ApiOperation({ summary: 'Metrics for Prometheus' })
  @ApiResponse({ status: 200, content: { 'text/plain': { schema: { type: 'string' } } } })
  async show(): Promise<string> {
    return this.registry.metrics();
  }
}
