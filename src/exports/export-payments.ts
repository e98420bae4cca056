/** GET /exports/payments — the payments as a workbook or a CSV, page by page from the read model, all on one position. */

import { Controller, Get, Query, Req, Res, type StreamableFile } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { DayField, EnumField, IdField, QueryNumberField, TextField } from '#libs/nest/fields';
import { Allowed, READERS } from '../access/roles.js';
import type { SignedRequest } from '../access/signed-request.js';
import { instalments, paymentStatuses } from '../grants/grant-words.js';
import { Ledger } from '../ledger.js';
import { ViewQuery } from '../views/view-query.js';
import { begun, LedgerAnswers, type Listed } from './asked-ledger.js';
import { Exports, FORMAT_FIELD, formatOf, leaves, TABLE_FORMATS } from './export-format.js';
import { tableFile, type ExportColumn } from './export-table.js';
import { letterheadOf, type Letterhead } from './letterhead.js';

export class PaymentsExportQuery extends ViewQuery {
  @IdField({ optional: true }) scheme?: string;
  @IdField({ optional: true, description: 'Payments that this funder pays or bears a share of' }) funder?: string;
  @QueryNumberField(1990, 2199, { optional: true }) exercice?: string;
  @DayField({ optional: true, description: 'Paid on this day or later' }) from?: string;
  @DayField({ optional: true, description: 'Paid on this day or earlier' }) to?: string;
  @TextField({ optional: true, max: 100, description: 'SIRET, RNA, or part of the name' }) beneficiary?: string;
  @EnumField(['paid', 'returned', 'reversed'], { optional: true }) status?: string;
  @EnumField(['recorded', '-recorded', 'paidOn', '-paidOn', 'amount', '-amount'], { optional: true }) sort?: string;
  @EnumField(TABLE_FORMATS, { optional: true, description: FORMAT_FIELD }) format?: string;
}

interface Payment {
  readonly paymentId: string;
  readonly grantId: string;
  readonly schemeId: string;
  readonly exercice: number;
  readonly paidOn: string;
  readonly paidBy: string;
  readonly amountCents: number;
  readonly recoveredCents: number;
  readonly instalment: string;
  readonly orderNumber: string | null;
  readonly beneficiaryId: string;
  readonly beneficiaryName: string;
  readonly status: string;
  readonly shares: readonly { readonly funderId: string; readonly amountCents: number }[];
}

@Controller('exports/payments')
export class ExportPaymentsDoor {
  constructor(
    private readonly answers: LedgerAnswers,
    private readonly ledger: Ledger,
  ) {}

  @Get()
  @Allowed(...READERS)
  @Exports(
    'The payments as a file',
    'Every payment of `GET /payments`, asked in the same way, without pages.',
    TABLE_FORMATS,
  )
  async show(
    @Query() { format: named, atLeast, ...asked }: PaymentsExportQuery,
    @Req() request: SignedRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile> {
    const { now } = this.ledger;
    const ledger = this.answers.for(request);
    const format = formatOf(TABLE_FORMATS, named, request.headers.accept);
    const letterhead = await letterheadOf(ledger, now, atLeast);
    const { position } = letterhead;
    // all pages look at the log up to here, whatever is recorded while they are read
    const atPosition = Math.min(Number(position), Number(asked.atPosition ?? position));
    const { all } = await begun(ledger.pages<Listed<Payment>>('/payments', { ...asked, atPosition }));
    const name = { fr: 'Versements', en: 'Payments' };
    const table = { name, columns: columnsOf(letterhead), batches: rowsOf(all) };
    const content = tableFile(table, format, ledger.language, now);
    return leaves(reply, { content, format, name: 'versements-276', position: String(atPosition) });
  }
}

async function* rowsOf<Row>(pages: AsyncIterable<Listed<Row>>): AsyncGenerator<readonly Row[]> {
  for await (const { data } of pages) yield data;
}

function columnsOf({ funders, schemeName, funderName, language }: Letterhead): ExportColumn<Payment>[] {
  const text = { kind: 'text', width: 20 } as const;
  const euros = { kind: 'cents', width: 17 } as const;
  return [
    { id: 'exercice', fr: 'Exercice', en: 'Exercice', kind: 'whole', width: 10, of: ({ exercice }) => exercice },
    { id: 'paidOn', fr: 'Versé le', en: 'Paid on', kind: 'day', width: 12, of: ({ paidOn }) => paidOn },
    { id: 'paymentId', fr: 'Versement', en: 'Payment', ...text, of: ({ paymentId }) => paymentId },
    { id: 'grantId', fr: 'Dossier', en: 'Grant', ...text, of: ({ grantId }) => grantId },
    { id: 'schemeId', fr: 'Code dispositif', en: 'Scheme id', ...text, of: ({ schemeId }) => schemeId },
    {
      id: 'schemeName',
      fr: 'Dispositif',
      en: 'Scheme',
      ...text,
      width: 32,
      of: ({ schemeId }) => schemeName(schemeId),
    },
    { id: 'beneficiaryId', fr: 'SIRET ou RNA', en: 'SIRET or RNA', ...text, of: ({ beneficiaryId }) => beneficiaryId },
    {
      id: 'beneficiaryName',
      fr: 'Bénéficiaire',
      en: 'Beneficiary',
      ...text,
      width: 40,
      of: (row) => row.beneficiaryName,
    },
    {
      id: 'instalment',
      fr: 'Nature',
      en: 'Kind',
      ...text,
      width: 12,
      of: (row) => instalments[language][row.instalment] ?? row.instalment,
      code: ({ instalment }) => instalment,
    },
    { id: 'orderNumber', fr: 'Mandat', en: 'Payment order', ...text, of: ({ orderNumber }) => orderNumber },
    {
      id: 'paidBy',
      fr: 'Payé par',
      en: 'Paid by',
      ...text,
      width: 32,
      of: ({ paidBy }) => funderName(paidBy),
      code: ({ paidBy }) => paidBy,
    },
    {
      id: 'status',
      fr: 'État',
      en: 'Status',
      ...text,
      width: 14,
      of: (row) => paymentStatuses[language][row.status] ?? row.status,
      code: ({ status }) => status,
    },
    { id: 'amount', fr: 'Montant', en: 'Amount', ...euros, of: ({ amountCents }) => amountCents },
    { id: 'recovered', fr: 'Reversé', en: 'Recovered', ...euros, of: ({ recoveredCents }) => recoveredCents },
    ...funders.map(({ funderId, name }): ExportColumn<Payment> => ({
      id: `share_${funderId}`,
      fr: `Quote-part ${name}`,
      en: `Share of ${name}`,
      ...euros,
      of: ({ shares }) => shares.find((share) => share.funderId === funderId)?.amountCents ?? null,
    })),
  ];
}
