/** A funder's names and contact offices as doors show them, each from its day on (R26). */

import { ApiProperty } from '@nestjs/swagger';
import type { Ledger } from '../ledger.js';
import { boundsOf, type View } from '../views/view.js';

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

/** In order of their days; in a view, those that it knows and dates. */
export function namesOf({ rows }: Ledger, funderId: string, view: View = {}): DatedNameAnswer[] {
  const { asOf, atPosition } = boundsOf(view);
  return rows.all<DatedNameAnswer>(
    `SELECT nullif(effective_from, '') AS effectiveFrom, name, siret, act FROM funder_names
     WHERE funder_id = ? AND position <= ? AND effective_from <= ? ORDER BY effective_from`,
    funderId,
    atPosition,
    asOf,
  );
}

/** In order of their days; in a view, those that it knows and dates. */
export function officesOf({ rows }: Ledger, funderId: string, view: View = {}): DatedOfficeAnswer[] {
  const { asOf, atPosition } = boundsOf(view);
  return rows.all<DatedOfficeAnswer>(
    `SELECT effective_from AS effectiveFrom, office_name AS officeName, email, phone, act FROM contact_offices
     WHERE funder_id = ? AND position <= ? AND effective_from <= ? ORDER BY effective_from`,
    funderId,
    atPosition,
    asOf,
  );
}

/** The last one whose day has come. */
export function inEffect<Dated extends { readonly effectiveFrom: string | null }>(
  dated: readonly Dated[],
  today: string,
): Dated | undefined {
  return dated.findLast(({ effectiveFrom }) => (effectiveFrom ?? '') <= today);
}
