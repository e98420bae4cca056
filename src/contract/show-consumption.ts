/** GET /contracts/:contractId/consumption — what is planned, granted, counted and paid of a contract, per funder and per axis. */

import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { Reads } from '#libs/nest/doors';
import { DayField, QueryNumberField } from '#libs/nest/fields';
import { IdParam } from '#libs/nest/id-param';
import { AtLeastQuery } from '#libs/nest/page';
import { Allowed, READERS } from '../access/roles.js';
import { Ledger } from '../ledger.js';
import { consumptionOf, type Consumption } from './consumption.js';
import { contractOn } from './known-contract.js';
import { ListedCperPartAnswer } from './note-cper-part.js';

export class ConsumptionQuery extends AtLeastQuery {
  @QueryNumberField(1990, 2199, { optional: true, description: 'Every exercice when absent' }) exercice?: string;
  @DayField({ optional: true, description: 'The contract and its money as of this day; today when absent' })
  asOf?: string;
}

export class ConsumptionFiguresAnswer {
  @ApiProperty({
    type: 'integer',
    nullable: true,
    description: 'Agreed for the whole period; null where nothing is: per exercice, and per funder within an axis',
  })
  plannedCents!: number | null;
  @ApiProperty({ type: 'integer', description: 'Granted, amendments included' }) grantedCents!: number;
  @ApiProperty({ type: 'integer', description: 'What the CPER counts of it' }) cperCents!: number;
  @ApiProperty({ type: 'integer', description: 'Granted less what the CPER counts: no euro is counted in both' })
  countedCents!: number;
  @ApiProperty({ type: 'integer', description: 'Paid, net of what came back; whole, the CPER’s part included' })
  paidCents!: number;
  @ApiProperty({ type: 'integer', nullable: true, description: 'Planned less counted' }) remainingCents!: number | null;
  @ApiProperty({ description: 'The events behind what is granted' }) grantedWhyLink!: string;
  @ApiProperty({ description: 'The events behind what the CPER counts' }) cperWhyLink!: string;
  @ApiProperty({ description: 'The events behind what is paid' }) paidWhyLink!: string;
}

export class FunderConsumptionAnswer extends ConsumptionFiguresAnswer {
  @ApiProperty() funderId!: string;
}

export class AxisConsumptionAnswer extends ConsumptionFiguresAnswer {
  @ApiProperty() axisId!: string;
  @ApiProperty() name!: string;
  @ApiProperty({ type: [String] }) schemes!: readonly string[];
  @ApiProperty({ type: [FunderConsumptionAnswer], description: 'They add up to the axis' })
  funders!: readonly FunderConsumptionAnswer[];
}

export class SubContractConsumptionAnswer extends ConsumptionFiguresAnswer {
  @ApiProperty() subContractId!: string;
  @ApiProperty() name!: string;
  @ApiProperty() axisId!: string;
  @ApiProperty({ type: [String] }) schemes!: readonly string[];
}

export class AxesGapAnswer {
  @ApiProperty({ type: 'integer', nullable: true }) plannedCents!: number | null;
  @ApiProperty({ type: 'integer', nullable: true }) remainingCents!: number | null;
}

export class PartFiguresAnswer {
  @ApiProperty({ type: 'integer' }) grantedCents!: number;
  @ApiProperty({ type: 'integer' }) paidCents!: number;
  @ApiProperty({ description: 'The events behind what is granted' }) grantedWhyLink!: string;
  @ApiProperty({ description: 'The events behind what is paid' }) paidWhyLink!: string;
}

export class OutsidePeriodAnswer {
  @ApiProperty({ type: 'integer', description: 'Before + after' }) grantedCents!: number;
  @ApiProperty({ type: 'integer', description: 'Before + after' }) paidCents!: number;
  @ApiProperty({ type: PartFiguresAnswer }) before!: PartFiguresAnswer;
  @ApiProperty({ type: PartFiguresAnswer }) after!: PartFiguresAnswer;
}

export class ConsumptionAnswer {
  @ApiProperty() contractId!: string;
  @ApiProperty({ type: 'integer', nullable: true }) exercice!: number | null;
  @ApiProperty({ type: 'string', nullable: true }) asOf!: string | null;
  @ApiProperty({ type: ConsumptionFiguresAnswer }) envelope!: ConsumptionFiguresAnswer;
  @ApiProperty({ type: [FunderConsumptionAnswer], description: 'They add up to the envelope' })
  funders!: readonly FunderConsumptionAnswer[];
  @ApiProperty({ type: [AxisConsumptionAnswer], description: 'With the gap they add up to the envelope' })
  axes!: readonly AxisConsumptionAnswer[];
  @ApiProperty({ type: AxesGapAnswer, description: 'The envelope less the sum of the axes, which are rounded' })
  axesGap!: AxesGapAnswer;
  @ApiProperty({ type: [SubContractConsumptionAnswer], description: 'Parts of their axes, not beside them' })
  subContracts!: readonly SubContractConsumptionAnswer[];
  @ApiProperty({ type: [ListedCperPartAnswer], description: 'The parts that make up the CPER column' })
  cperParts!: Consumption['cperParts'];
  @ApiProperty({
    type: 'integer',
    nullable: true,
    description: 'The first exercice with anything granted or paid: an attached scheme counts whole; null: nothing yet',
  })
  countedSince!: number | null;
  @ApiProperty({ description: 'What of the envelope’s figures is of exercices before or after the contract’s period' })
  outsidePeriod!: OutsidePeriodAnswer;
  @ApiProperty({ description: 'What is planned is agreed in these events' }) stream!: string;
  @ApiProperty() position!: string;
}

@Controller('contracts/:contractId/consumption')
export class ShowConsumptionDoor {
  constructor(private readonly ledger: Ledger) {}

  @Get()
  @Allowed(...READERS)
  @Reads('What is consumed of a framework contract', ConsumptionAnswer)
  async show(
    @Param('contractId', IdParam) contractId: string,
    @Query() { exercice, asOf, atLeast }: ConsumptionQuery,
  ): Promise<ConsumptionAnswer> {
    const { ledger } = this;
    await ledger.upToDate(Number(atLeast ?? 0));
    const position = String(ledger.projector.checkpoint);
    const contract = await contractOn(ledger, contractId, asOf ?? ledger.today);
    const consumption = await consumptionOf(ledger, contract, {
      ...(exercice === undefined ? {} : { exercice: Number(exercice) }),
      ...(asOf === undefined ? {} : { asOf }),
    });
    const asked = { exercice: exercice === undefined ? null : Number(exercice), asOf: asOf ?? null };
    return { contractId, ...asked, ...consumption, stream: `/api/v1/streams/contract-${contractId}`, position };
  }
}
