/** GET /contracts/:contractId — a framework contract: what is agreed, what stands on each axis, what became of it. */

import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { Reads } from '#libs/nest/doors';
import { IdParam } from '#libs/nest/id-param';
import { AtLeastQuery } from '#libs/nest/page';
import { Allowed, READERS } from '../access/roles.js';
import { Ledger } from '../ledger.js';
import { ListedAttachmentAnswer } from './attach-scheme.js';
import { ListedSubContractAnswer } from './conclude-sub-contract.js';
import { keyOfContributions, type SignedContract } from './contract.state.js';
import { ListedDenunciationAnswer } from './denounce-contract.js';
import { knownContract } from './known-contract.js';
import { ListedCperPartAnswer } from './note-cper-part.js';
import { AxisBody, ContractPeriodBody, PartyBody } from './sign-contract.js';

export class ShownPartyAnswer extends PartyBody {
  @ApiProperty({
    type: 'integer',
    description:
      'Its weight when the contributions are a split key, as small as it goes; schemes take weights up to 10^9',
  })
  weight!: number;
}

export class ShownAxisAnswer extends AxisBody {
  @ApiProperty({ type: 'integer', description: 'What its sub-contracts take of its budget' })
  subContractedCents!: number;
}

export class ListedAmendmentAnswer {
  @ApiProperty() amendmentId!: string;
  @ApiProperty() amendedOn!: string;
  @ApiProperty() act!: string;
}

export class ContractAnswer {
  @ApiProperty() contractId!: string;
  @ApiProperty() name!: string;
  @ApiProperty({ enum: ['in-force', 'denounced'] }) status!: string;
  @ApiProperty() signedOn!: string;
  @ApiProperty() act!: string;
  @ApiProperty({ type: ContractPeriodBody }) period!: ContractPeriodBody;
  @ApiProperty({ type: [ShownPartyAnswer] }) parties!: ShownPartyAnswer[];
  @ApiProperty({ type: 'integer', description: 'The sum of the contributions, the hard limit' }) envelopeCents!: number;
  @ApiProperty({ type: [ShownAxisAnswer] }) axes!: ShownAxisAnswer[];
  @ApiProperty({ type: 'integer' }) axesCents!: number;
  @ApiProperty({ type: 'integer', description: 'The sum of the axes less the envelope: each axis is rounded' })
  axesGapCents!: number;
  @ApiProperty({ type: [ListedSubContractAnswer] }) subContracts!: ListedSubContractAnswer[];
  @ApiProperty({ type: [ListedAttachmentAnswer] }) schemes!: ListedAttachmentAnswer[];
  @ApiProperty({ type: [ListedCperPartAnswer] }) cperParts!: ListedCperPartAnswer[];
  @ApiProperty({ type: [ListedAmendmentAnswer] }) amendments!: ListedAmendmentAnswer[];
  @ApiProperty({ type: ListedDenunciationAnswer, nullable: true }) denunciation!: ListedDenunciationAnswer | null;
  @ApiProperty({ description: 'What was agreed, event by event' }) stream!: string;
  @ApiProperty() position!: string;
}

@Controller('contracts/:contractId')
export class ShowContractDoor {
  constructor(private readonly ledger: Ledger) {}

  @Get()
  @Allowed(...READERS)
  @Reads('A framework contract', ContractAnswer)
  async show(
    @Param('contractId', IdParam) contractId: string,
    @Query() { atLeast }: AtLeastQuery,
  ): Promise<ContractAnswer> {
    const { ledger } = this;
    await ledger.upToDate(Number(atLeast ?? 0));
    const contract = await knownContract(ledger, contractId);
    return { ...shown(contract), position: String(ledger.projector.checkpoint) };
  }
}

function shown(contract: SignedContract): Omit<ContractAnswer, 'position'> {
  const { signed, status, terms, amendments, subContracts, attached, cperParts, denounced } = contract;
  const { contractId, name, signedOn, act } = signed;
  const { period, parties, axes, envelopeCents, axesGapCents } = terms;
  const key = keyOfContributions(parties);
  const concluded = Array.from(subContracts.values());
  return {
    contractId,
    name,
    status,
    signedOn,
    act,
    period,
    parties: parties.map((party, i) => ({ ...party, weight: key[i]!.weight })),
    envelopeCents,
    axes: axes.map((axis) => ({
      ...axis,
      subContractedCents: concluded
        .filter((each) => each.axisId === axis.axisId)
        .reduce((sum, each) => sum + each.amountCents, 0),
    })),
    axesCents: envelopeCents + axesGapCents,
    axesGapCents,
    subContracts: concluded,
    schemes: Array.from(attached.values()),
    cperParts: Array.from(cperParts.values(), (part) => ({ ...part, shares: [...part.shares] })),
    amendments: amendments.map(({ amendmentId, amendedOn, act: by }) => ({ amendmentId, amendedOn, act: by })),
    denunciation: denounced ?? null,
    stream: `/api/v1/streams/contract-${contractId}`,
  };
}
