/** A funder's names and contact offices as doors show them, each from its day on (R26). */

import { ApiProperty } from '@nestjs/swagger';
import type { Ledger } from '../ledger.js';

export class DatedNameAnswer {
  @ApiProperty({ type: 'string', nullable: true, description: 'First day of the name; null for the first name' })
  effectiveFrom!: string | null;
  @ApiProperty() name!: string;
  @ApiProperty({ type: 'string', nullable: true }) siret!: string | null;
  @ApiProperty({ type: 'string', nullable: true }) act!: string | null;
}

export class DatedOfficeAnswer {
  @ApiProperty() effectiveFrom!: string;
  @ApiProperty({ description: 'A service, never a person' }) officeName!: string;
  @ApiProperty({ type: 'string', nullable: true }) email!: string | null;
  @ApiProperty({ type: 'string', nullable: true }) phone!: string | null;
  @ApiProperty() act!: string;
}

/** In order of their days. */
export function namesOf({ rows }: Ledger, funderId: string): DatedNameAnswer[] {
  return rows.all<DatedNameAnswer>(
    `SELECT nullif(effective_from, '') AS effectiveFrom, name, siret, act FROM funder_names
     WHERE funder_id = ? ORDER BY effective_from`,
    funderId,
  );
}

/** In order of their days. */
export function officesOf({ rows }: Ledger, funderId: string): DatedOfficeAnswer[] {
  return rows.all<DatedOfficeAnswer>(
    `SELECT effective_from AS effectiveFrom, office_name AS officeName, email, phone, act FROM contact_offices
     WHERE funder_id = ? ORDER BY effective_from`,
    funderId,
  );
}

/** The last one whose day has come. */
export function inEffect<Dated extends { readonly effectiveFrom: string | null }>(
  dated: readonly Dated[],
  today: string,
): Dated | undefined {
  return dated.findLast(({ effectiveFrom }) => (effectiveFrom ?? '') <= today);
}
