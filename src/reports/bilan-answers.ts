/** What the Bilan says, in its three parts. */

import { ApiProperty } from '@nestjs/swagger';

class ShareOfFunderAnswer {
  @ApiProperty() funderId!: string;
  @ApiProperty({ type: 'integer' }) amountCents!: number;
  @ApiProperty({ description: 'The events of it' }) why!: string;
}

export class TerritoryFiguresAnswer {
  @ApiProperty({ type: 'integer' }) grantedCents!: number;
  @ApiProperty({ type: 'integer' }) disbursedCents!: number;
  @ApiProperty({ type: 'integer' }) recoveredCents!: number;
  @ApiProperty({ type: 'integer', description: 'What the funders bear: paid less what came back' })
  shareDueCents!: number;
}

export class DepartementAnswer extends TerritoryFiguresAnswer {
  @ApiProperty({ type: 'string', nullable: true, description: 'null: the commune is unknown' })
  departement!: string | null;
  @ApiProperty({
    type: 'object',
    additionalProperties: { type: 'string' },
    description: 'Where each figure is explained',
  })
  why!: Record<string, string>;
}

export class TerritoryRowAnswer extends DepartementAnswer {
  @ApiProperty() schemeId!: string;
  @ApiProperty({ type: [ShareOfFunderAnswer], description: 'What each funder bears of it' })
  shares!: ShareOfFunderAnswer[];
}

export class TerritoryAnswer {
  @ApiProperty({ type: [TerritoryRowAnswer] }) rows!: TerritoryRowAnswer[];
  @ApiProperty({ type: [DepartementAnswer] }) departements!: DepartementAnswer[];
  @ApiProperty({ type: TerritoryFiguresAnswer }) totals!: TerritoryFiguresAnswer;
  @ApiProperty({
    type: 'object',
    additionalProperties: { type: 'string' },
    description: 'Where each total is explained',
  })
  why!: Record<string, string>;
}

export class SchemeServicesAnswer {
  @ApiProperty() schemeId!: string;
  @ApiProperty() name!: string;
  @ApiProperty({ enum: ['enterprise', 'association', 'public-body'] }) beneficiaryKind!: string;
  @ApiProperty({ type: 'integer', description: 'Agreements signed in the period' }) grants!: number;
  @ApiProperty({ type: 'integer', description: 'Of these, files that met no other open one of the beneficiary' })
  instructedOnce!: number;
  @ApiProperty({ type: 'integer', description: 'Files that met another, let through with a reason (R27)' })
  overlapping!: number;
  @ApiProperty({ type: 'integer', description: 'Transfers of instruction in the period' }) transfers!: number;
  @ApiProperty({ type: 'integer', description: 'Of the grants, those first paid by the end of the period' })
  paidGrants!: number;
  @ApiProperty({ type: 'integer', nullable: true, description: 'From the agreement to the first payment, of these' })
  medianDelayDays!: number | null;
  @ApiProperty({ description: 'The scheme’s grants' }) list!: string;
}

export class JobsAnswer {
  @ApiProperty() schemeId!: string;
  @ApiProperty({ type: 'string', nullable: true }) departement!: string | null;
  @ApiProperty({ type: 'integer' }) jobs!: number;
}

export class BeneficiariesAnswer {
  @ApiProperty({ enum: ['enterprise', 'association', 'public-body'] }) kind!: string;
  @ApiProperty({ type: 'integer', description: 'Each once' }) beneficiaries!: number;
  @ApiProperty({ type: 'integer' }) grants!: number;
}

export class PopulationAnswer {
  @ApiProperty({
    type: [JobsAnswer],
    description: 'A post counts once; so does a grant to an enterprise that names no post',
  })
  jobs!: JobsAnswer[];
  @ApiProperty({ type: 'integer' }) jobsTotal!: number;
  @ApiProperty({ type: [BeneficiariesAnswer] }) beneficiaries!: BeneficiariesAnswer[];
  @ApiProperty({ type: 'integer', description: 'Each once, whatever its kinds' }) beneficiariesTotal!: number;
}

export class BilanAnswer {
  @ApiProperty({ type: 'string', nullable: true, description: 'null: from the first entry on' }) from!: string | null;
  @ApiProperty() to!: string;
  @ApiProperty({ type: TerritoryAnswer }) territory!: TerritoryAnswer;
  @ApiProperty({ type: [SchemeServicesAnswer] }) services!: SchemeServicesAnswer[];
  @ApiProperty({ type: PopulationAnswer }) population!: PopulationAnswer;
  @ApiProperty() position!: string;
}
