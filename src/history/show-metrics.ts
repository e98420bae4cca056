/** GET /metrics — what to watch, in Prometheus' text format: to everybody on this machine alone, else to who has a token. */

import { Controller, Get, Header } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiResponse } from '@nestjs/swagger';
import { collectDefaultMetrics, Counter, Gauge, Registry } from 'prom-client';
import { Refusals } from '#libs/nest/doors';
import { Allowed, Public, READERS } from '../access/roles.js';
import { Ledger } from '../ledger.js';
import { headOf } from './store-head.js';

const TEXT = 'text/plain; version=0.0.4; charset=utf-8';

@Controller('metrics')
export class ShowMetricsDoor {
  private readonly registry = new Registry();

  constructor(ledger: Ledger) {
    collectDefaultMetrics({ register: this.registry });
    this.gauge('ledger_store_up', 'Whether the log answers: 1, or 0', async () =>
      Number((await headOf(ledger.store)) !== undefined),
    );
    this.gauge('ledger_log_position', 'Last position of the log that this server knows', () => ledger.store.known);
    this.gauge('ledger_read_models_position', 'Position that the read models stand on', () => {
      return ledger.projector.checkpoint;
    });
    this.gauge('ledger_read_models_faulted', 'Whether the read models cannot go on: 1, or 0', () =>
      Number(ledger.projector.faulted),
    );
    const { counts } = ledger.store;
    if (counts === undefined) return;
    this.gauge('ledger_store_in_flight', 'Appends and reads under way', () => counts.inFlight);
    this.counter('ledger_store_appends_total', 'Appends sent', () => counts.appends);
    this.counter('ledger_store_retries_total', 'Attempts made again', () => counts.retries);
    this.counter('ledger_store_unknown_outcomes_total', 'Appends given up without an answer', () => {
      return counts.unknownOutcomes;
    });
    this.counter('ledger_store_subscription_restarts_total', 'Subscriptions made again', () => {
      return counts.subscriptionRestarts;
    });
  }

  @Get()
  @Allowed(...READERS)
  @Header('Content-Type', TEXT)
  @ApiOperation({ summary: 'Metrics for Prometheus' })
  @ApiBearerAuth()
  @ApiResponse({ status: 200, content: { 'text/plain': { schema: { type: 'string' } } } })
  @Refusals()
  async show(): Promise<string> {
    return this.registry.metrics();
  }

  private gauge(name: string, help: string, read: () => number | Promise<number>): void {
    const collect = async () => gauge.set(await read());
    const gauge: Gauge = new Gauge({ name, help, registers: [this.registry], collect });
  }

  private counter(name: string, help: string, read: () => number): void {
    const collect = () => {
      counter.reset();
      counter.inc(read());
    };
    const counter: Counter = new Counter({ name, help, registers: [this.registry], collect });
  }
}

@Controller('metrics')
export class PublicMetricsDoor extends ShowMetricsDoor {
  @Get()
  @Public()
  @Header('Content-Type', TEXT)
  @ApiOperation({ summary: 'Metrics for Prometheus' })
  @ApiResponse({ status: 200, content: { 'text/plain': { schema: { type: 'string' } } } })
  override async show(): Promise<string> {
    return super.show();
  }
}
