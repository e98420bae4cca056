/** What a sample is answered with: enough to draw it again, by hand or here. */

import { ApiProperty } from '@nestjs/swagger';
import { AuditedPaymentAnswer } from './audited-payment-answer.js';
import { methods, strata, type Drawn, type Sample } from './draw-sample.js';
import { linksOf } from './population.js';

export class SampleParametersAnswer {
  @ApiProperty({ enum: methods }) method!: string;
  @ApiProperty({ type: 'integer' }) size!: number;
  @ApiProperty({ type: 'integer', nullable: true }) seed!: number | null;
  @ApiProperty({ type: 'string', enum: strata, nullable: true }) stratum!: string | null;
  @ApiProperty({ type: 'string', nullable: true }) scheme!: string | null;
  @ApiProperty({ type: 'integer', nullable: true }) exercice!: number | null;
  @ApiProperty({ type: 'string', nullable: true }) payer!: string | null;
  @ApiProperty({ type: 'string', nullable: true }) from!: string | null;
  @ApiProperty({ type: 'string', nullable: true }) to!: string | null;
  @ApiProperty({ description: 'The place in the log up to which payments were looked at' }) atPosition!: string;
}

export class AuditedPopulationAnswer {
  @ApiProperty({ type: 'integer' }) count!: number;
  @ApiProperty({ type: 'integer' }) totalCents!: number;
  @ApiProperty({ description: 'Of its ids and amounts in the order of the log, a line each: `P-1 10000`, a line feed' })
  sha256!: string;
}

export class DrawnStratumAnswer {
  @ApiProperty() stratum!: string;
  @ApiProperty({ type: 'integer' }) count!: number;
  @ApiProperty({ type: 'integer' }) totalCents!: number;
  @ApiProperty({ type: 'integer', description: 'Drawn of it' }) size!: number;
}

export class SelectionAnswer {
  @ApiProperty({ type: 'integer' }) count!: number;
  @ApiProperty({ type: 'integer' }) totalCents!: number;
  @ApiProperty({ type: 'integer', nullable: true, description: 'Monetary units: total / size, rounded down' })
  intervalCents!: number | null;
  @ApiProperty({ type: 'integer', nullable: true, description: 'Monetary units: the first cent drawn' })
  startCents!: number | null;
  @ApiProperty({ type: [DrawnStratumAnswer] }) strata!: readonly DrawnStratumAnswer[];
}

export class SampledPaymentAnswer extends AuditedPaymentAnswer {
  @ApiProperty() instalment!: string;
  @ApiProperty({ type: 'string', nullable: true }) orderNumber!: string | null;
  @ApiProperty() beneficiaryId!: string;
  @ApiProperty({ type: 'string', nullable: true }) stratum!: string | null;
  @ApiProperty({ type: 'string', nullable: true, description: 'The SHA-256 of `<seed>:<paymentId>`; smallest first' })
  drawKey!: string | null;
  @ApiProperty({ type: 'integer', nullable: true, description: 'Monetary units: how many drawn cents are its own' })
  hits!: number | null;
  @ApiProperty({ type: 'integer', nullable: true, description: 'Monetary units: the population’s sum up to it' })
  throughCents!: number | null;
  @ApiProperty({ type: 'boolean', nullable: true, description: 'As large as the interval: drawn whatever the seed' })
  certain!: boolean | null;
}

export class SampleAnswer {
  @ApiProperty({ type: SampleParametersAnswer }) parameters!: SampleParametersAnswer;
  @ApiProperty({ type: AuditedPopulationAnswer }) population!: AuditedPopulationAnswer;
  @ApiProperty({ type: SelectionAnswer }) selection!: SelectionAnswer;
  @ApiProperty({ type: [SampledPaymentAnswer] }) data!: SampledPaymentAnswer[];
  @ApiProperty({ description: 'Draws the same sample again, however the log has grown' }) again!: string;
  @ApiProperty() position!: string;
}

export function selectionAnswer({ drawn, units, strata: found }: Sample): SelectionAnswer {
  return {
    count: drawn.length,
    totalCents: drawn.reduce((sum, { payment }) => sum + payment.amountCents, 0),
    intervalCents: units?.intervalCents ?? null,
    startCents: units?.startCents ?? null,
    strata: found,
  };
}

export function drawnAnswer({ payment, ...why }: Drawn, intervalCents: number | null): SampledPaymentAnswer {
  const { position, ...shown } = payment;
  const certain = intervalCents === null ? null : payment.amountCents >= intervalCents;
  return { ...shown, recordedAtPosition: String(position), ...why, certain, ...linksOf(payment) };
}

export function againLink(parameters: SampleParametersAnswer): string {
  const query = Object.entries(parameters).flatMap(([name, value]: [string, string | number | null]) =>
    value === null ? [] : `${name}=${encodeURIComponent(value)}`,
  );
  return `/api/v1/audit/sample?${query.join('&')}`;
}
