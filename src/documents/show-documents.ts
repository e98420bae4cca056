/** GET /documents — the register of documents, found by text, by what they concern, or by the hash of a file one holds. */

import { Controller, Get, Query } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { Reads } from '#libs/nest/doors';
import { Sha256Field, TextField } from '#libs/nest/fields';
import { PAGE_SIZE, PageAnswer, pageOf, PageQuery, valuesOf } from '#libs/nest/page';
import type { Value } from '#libs/projections/projection';
import { Allowed, READERS } from '../access/roles.js';
import { concernKinds } from '../decisions/concern.events.js';
import { concernOf } from '../decisions/concerns.js';
import { Ledger } from '../ledger.js';

export class DocumentsQuery extends PageQuery {
  @TextField({ optional: true, max: 120, description: 'kind:id, for instance grant:G-1' }) concerns?: string;
  @TextField({ optional: true, max: 100, description: 'In the id, the title, the reference' }) q?: string;
  @Sha256Field({ optional: true }) sha256?: string;
}

export class DocumentConcernAnswer {
  @ApiProperty({ enum: concernKinds }) kind!: string;
  @ApiProperty() id!: string;
}

export class ShownDocumentAnswer {
  @ApiProperty() documentId!: string;
  @ApiProperty({ enum: ['registered', 'withdrawn'] }) status!: string;
  @ApiProperty() title!: string;
  @ApiProperty() dated!: string;
  @ApiProperty() reference!: string;
  @ApiProperty({ description: 'Of the file’s bytes' }) sha256!: string;
  @ApiProperty({ type: [DocumentConcernAnswer] }) concerns!: DocumentConcernAnswer[];
  @ApiProperty({ type: 'string', nullable: true, description: 'Why it was withdrawn' }) withdrawnFor!: string | null;
}

export class DocumentsAnswer {
  @ApiProperty({ type: [ShownDocumentAnswer] }) data!: ShownDocumentAnswer[];
  @ApiProperty({ type: PageAnswer }) page!: PageAnswer;
  @ApiProperty() position!: string;
}

type Row = Omit<ShownDocumentAnswer, 'status' | 'concerns'> & { place: number };

@Controller('documents')
export class ShowDocumentsDoor {
  constructor(private readonly ledger: Ledger) {}

  @Get()
  @Allowed(...READERS)
  @Reads('The register of documents', DocumentsAnswer)
  async show(@Query() query: DocumentsQuery): Promise<DocumentsAnswer> {
    const { ledger } = this;
    const { size = String(PAGE_SIZE), cursor, atLeast, q, sha256 } = query;
    const conditions = ['position > ?'];
    const values: Value[] = [cursor === undefined ? 0 : valuesOf(cursor, ['integer'])[0]!];
    if (sha256 !== undefined) {
      conditions.push('sha256 = ?');
      values.push(sha256.toLowerCase());
    }
    if (query.concerns !== undefined) {
      const { kind, id } = concernOf(query.concerns);
      conditions.push('document_id IN (SELECT document_id FROM document_concerns WHERE kind = ? AND id = ?)');
      values.push(kind, id);
    }
    if (q !== undefined) {
      const pattern = `%${q.trim().replace(/[\\%_]/g, '\\$&')}%`;
      const columns = ['document_id', 'title', 'reference'];
      conditions.push(`(${columns.map((column) => `${column} LIKE ? ESCAPE '\\'`).join(' OR ')})`);
      values.push(...columns.map(() => pattern));
    }
    await ledger.upToDate(Number(atLeast ?? 0));
    const rows = ledger.rows.all<Row>(
      `SELECT position AS place, document_id AS documentId, title, dated, reference, sha256, withdrawn_for AS withdrawnFor
       FROM documents WHERE ${conditions.join(' AND ')} ORDER BY position LIMIT ?`,
      ...values,
      Number(size) + 1,
    );
    const page = pageOf(
      rows,
      Number(size),
      (row) => this.document(row),
      (row) => [row.place],
    );
    return { ...page, position: String(ledger.projector.checkpoint) };
  }

  private document({ place: _, ...document }: Row): ShownDocumentAnswer {
    const concerns = this.ledger.rows.all<DocumentConcernAnswer>(
      'SELECT kind, id FROM document_concerns WHERE document_id = ? ORDER BY place',
      document.documentId,
    );
    return { ...document, status: document.withdrawnFor === null ? 'registered' : 'withdrawn', concerns };
  }
}
