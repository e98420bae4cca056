/** GET /exercices — the exercices that hold something, open or closed (R23). */

import { Controller, Get, Query } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { Reads } from '#libs/nest/doors';
import { AtLeastQuery } from '#libs/nest/page';
import { Allowed, READERS } from '../access/roles.js';
import { Ledger } from '../ledger.js';

export class ShownExerciceAnswer {
  @ApiProperty({ type: 'integer' }) exercice!: number;
  @ApiProperty({ enum: ['open', 'closed'] }) status!: string;
  @ApiProperty({ type: 'string', nullable: true }) closedOn!: string | null;
  @ApiProperty({ type: 'string', nullable: true, description: 'Position of the closing in the log' })
  closedAtPosition!: string | null;
}

export class ExercicesAnswer {
  @ApiProperty({ type: [ShownExerciceAnswer] }) data!: ShownExerciceAnswer[];
  @ApiProperty() position!: string;
}

@Controller('exercices')
export class ShowExercicesDoor {
  constructor(private readonly ledger: Ledger) {}

  @Get()
  @Allowed(...READERS)
  @Reads('The exercices, open or closed', ExercicesAnswer)
  async show(@Query() { atLeast }: AtLeastQuery): Promise<ExercicesAnswer> {
    await this.ledger.upToDate(Number(atLeast ?? 0));
    const data = this.ledger.rows.all<ShownExerciceAnswer>(
      `SELECT e.exercice, CASE WHEN c.closed_on IS NULL THEN 'open' ELSE 'closed' END AS status, c.closed_on AS closedOn,
         CAST(c.position AS TEXT) AS closedAtPosition
       FROM (SELECT exercice FROM balances UNION SELECT exercice FROM closed_exercices) e
       LEFT JOIN closed_exercices c USING (exercice) ORDER BY e.exercice`,
    );
    return { data, position: String(this.ledger.projector.checkpoint) };
  }
}
