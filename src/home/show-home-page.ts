/** GET /, the page — today's work, for each role its own. */

import { Controller, Get } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { h } from 'preact';
import { Allowed, READERS, type Role } from '../access/roles.js';
import { ConsoleApi } from '../console/api.js';
import { Page } from '../console/page.js';
import { ReadBy, type Reader } from '../console/visitor.js';
import type { AuditorTilesProps } from './auditor-tiles.page.js';
import { HomePage, homeTexts, type Awaiting } from './home.page.js';

interface List<Row = unknown> {
  readonly data: readonly Row[];
  readonly page: { readonly next: string | null };
}

interface Balances {
  readonly funders: readonly { readonly funderId: string; readonly positionCents: number }[];
  readonly sumOfPositionsCents: number;
}

interface Settlement {
  readonly uncalled: readonly unknown[];
  readonly calls: readonly { readonly called: readonly { readonly unpaidCents: number }[] }[];
}

interface Exercice {
  readonly exercice: number;
  readonly status: string;
  readonly stillExpected: readonly string[];
}

interface Verification {
  readonly verificationId: string;
  readonly endedAt: string | null;
  readonly result: { readonly differenceCount: number } | null;
}

/** What each role is shown. */
const SHOWN: Readonly<Record<Role, readonly Awaiting['what'][]>> = {
  officer: ['approvals', 'returned'],
  controller: ['signatures', 'over', 'uncalled', 'unpaid', 'lists', 'approvals', 'returned'],
  auditor: ['closed', 'over', 'approvals'],
  admin: ['approvals', 'returned', 'over'],
};

@ApiExcludeController()
@Controller()
export class ShowHomePageDoor {
  constructor(private readonly api: ConsoleApi) {}

  @Get()
  @Allowed(...READERS)
  async show(@ReadBy() reader: Reader): Promise<Page> {
    const [balances, funders, awaiting, audit] = await Promise.all([
      this.api.get<Balances>(reader, '/balances'),
      this.api.get<List<{ funderId: string; name: string }>>(reader, '/funders', { size: 500 }),
      this.awaiting(reader),
      reader.person.role === 'auditor' ? this.audit(reader) : undefined,
    ]);
    const own = reader.person.funderId;
    const nameOf = (id: string) => funders.data.find(({ funderId }) => funderId === id)?.name ?? id;
    const props = {
      awaiting: SHOWN[reader.person.role].map((what) => ({ what, ...awaiting[what] })),
      // one's own first
      positions: balances.funders
        .map((funder) => ({ ...funder, name: nameOf(funder.funderId) }))
        .toSorted((a, b) => Number(b.funderId === own) - Number(a.funderId === own)),
      sumOfPositionsCents: balances.sumOfPositionsCents,
      ...(audit && { audit }),
    };
    return new Page(homeTexts[reader.language].title, h(HomePage, props));
  }

  private async audit(reader: Reader): Promise<AuditorTilesProps> {
    const [seals, { data: verifications }] = await Promise.all([
      this.api.get<Omit<AuditorTilesProps, 'verified'>>(reader, '/seals/status'),
      this.api.get<{ data: readonly Verification[] }>(reader, '/verifications'),
    ]);
    const last = verifications.find(({ result }) => result !== null);
    if (last === undefined) return seals;
    const { verificationId, endedAt, result } = last;
    return { ...seals, verified: { verificationId, endedAt: endedAt!, differences: result!.differenceCount } };
  }

  private async awaiting(reader: Reader): Promise<Record<Awaiting['what'], Omit<Awaiting, 'what'>>> {
    const asksForFunds = SHOWN[reader.person.role].includes('uncalled');
    const [approvals, returned, { data: exercices }, lists, settlement] = await Promise.all([
      this.api.get<List>(reader, '/approvals', { status: 'awaiting-approval', size: 500 }),
      this.api.get<List>(reader, '/payments', { status: 'returned', size: 500 }),
      this.api.get<{ data: readonly Exercice[] }>(reader, '/exercices'),
      this.api.get<List>(reader, '/reconciliations', { status: 'open', size: 500 }),
      asksForFunds ? this.api.get<Settlement>(reader, '/settlement') : { uncalled: [], calls: [] },
    ]);
    const { funderId } = reader.person;
    const unpaid = settlement.calls.filter(({ called }) => called.some(({ unpaidCents }) => unpaidCents > 0));
    const toSign = exercices.filter(({ stillExpected }) => stillExpected.includes(funderId));
    const [first] = toSign;
    return {
      approvals: { ...counted(approvals.data, approvals.page.next), href: '/approvals' },
      returned: { ...counted(returned.data, returned.page.next), href: '/payments?status=returned' },
      over: { ...counted(exercices.filter(({ status }) => status === 'over')), href: '/exercices' },
      signatures: {
        ...counted(toSign),
        href: first === undefined ? '/exercices' : `/exercices/${first.exercice}/closing`,
      },
      closed: { ...counted(exercices.filter(({ status }) => status === 'closed')), href: '/exercices' },
      uncalled: { ...counted(settlement.uncalled), href: '/settlement#uncalled' },
      unpaid: { ...counted(unpaid), href: '/settlement/calls' },
      lists: { ...counted(lists.data, lists.page.next), href: '/reconciliations?status=open' },
    };
  }
}

function counted(rows: readonly unknown[], next: string | null = null): Pick<Awaiting, 'count' | 'more'> {
  return { count: rows.length, more: next !== null };
}
