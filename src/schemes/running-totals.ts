/**
 * The running totals per scheme and funder that R9 and R19 need: folded live, in memory, in step with the log. A decision counts at
 * once, before its commit; when the commit fails it is withdrawn and leaves no trace. Decision record 0005.
 */

import type { Day } from '#libs/calendar/day';
import type { Tentative } from '#libs/event-store/aggregates';
import type { ReadModel } from '#libs/projections/read-model';
import type { LedgerEvent, StoredLedgerEvent } from '../catalogue.js';
import type { Consumption } from '../ceilings/ceiling.state.js';
import { ConsumptionTotals } from '../ceilings/consumption.movements.js';
import { netShareKey, totalsChangeOf } from './totals.movements.js';

export class RunningTotals implements Tentative<LedgerEvent>, Consumption {
  private readonly netShares = new Map<string, number>();
  private readonly consumption = new ConsumptionTotals();
  /** By scheme, of durable events only. */
  private readonly lastPaid = new Map<string, Day>();
  private readonly lastSigned = new Map<string, Day>();
  /** Decided here, not yet seen in the log; by event id. */
  private readonly pending = new Map<string, LedgerEvent>();

  /** @param parent totals to start from and never to change: for a rehearsal */
  constructor(private readonly parent?: RunningTotals) {}

  /** Takes over the totals that the read model has at its checkpoint. */
  load(rows: ReadModel<StoredLedgerEvent>): void {
    const shares = rows.all<{ scheme_id: string; key_version: number; funder_id: string; net_cents: number }>(
      'SELECT * FROM net_shares',
    );
    for (const row of shares)
      this.netShares.set(netShareKey(row.scheme_id, row.key_version, row.funder_id), row.net_cents);
    for (const row of rows.all<{ scheme_id: string; exercice: number; net_cents: number }>('SELECT * FROM net_paid'))
      this.consumption.addPaid(row.scheme_id, row.exercice, row.net_cents);
    for (const row of rows.all<{ scheme_id: string; exercice: number; funder_id: string; net_cents: number }>(
      'SELECT scheme_id, exercice, funder_id, shareDueCents AS net_cents FROM balances',
    ))
      this.consumption.addBorne(row.funder_id, row.scheme_id, row.exercice, row.net_cents);
    for (const row of rows.all<{ scheme_id: string; last_on: Day }>(
      'SELECT scheme_id, max(paid_on) AS last_on FROM payments GROUP BY scheme_id',
    ))
      this.lastPaid.set(row.scheme_id, row.last_on);
    for (const row of rows.all<{ scheme_id: string; last_on: Day }>(
      'SELECT scheme_id, max(signed_on) AS last_on FROM grants GROUP BY scheme_id',
    ))
      this.lastSigned.set(row.scheme_id, row.last_on);
  }

  add(id: string, event: LedgerEvent): void {
    this.pending.set(id, event);
    this.count(event, 1);
  }

  withdraw(id: string, event: LedgerEvent): void {
    if (this.pending.delete(id)) this.count(event, -1);
  }

  /** The event is in the log: one of ours is counted already, another process's is counted now. */
  confirm(event: StoredLedgerEvent): void {
    if (!this.pending.delete(event.id)) this.count(event, 1);
    if (event.type === 'PaymentRecorded.v1') later(this.lastPaid, event.data.schemeId, event.data.paidOn);
    if (event.type === 'GrantAwarded.v1') later(this.lastSigned, event.data.schemeId, event.data.agreement.signedOn);
  }

  /** What a funder has borne under a key version, net of what came back. */
  netShareCents(schemeId: string, keyVersion: number, funderId: string): number {
    const own = this.netShares.get(netShareKey(schemeId, keyVersion, funderId)) ?? 0;
    return this.parent === undefined ? own : own + this.parent.netShareCents(schemeId, keyVersion, funderId);
  }

  /** What a scheme has paid in an exercice, or in all when null, net of what came back. */
  netPaidCents(schemeId: string, exercice: number | null): number {
    const own = this.consumption.netPaidCents(schemeId, exercice);
    return this.parent === undefined ? own : own + this.parent.netPaidCents(schemeId, exercice);
  }

  /** What a funder has borne, net of what came back; null for all schemes, all exercices. */
  netBorneCents(funderId: string, schemeId: string | null, exercice: number | null): number {
    const own = this.consumption.netBorneCents(funderId, schemeId, exercice);
    return this.parent === undefined ? own : own + this.parent.netBorneCents(funderId, schemeId, exercice);
  }

  /** The last day of a payment of the scheme, those under way included; undefined when there is none. */
  lastPaidOn(schemeId: string): Day | undefined {
    const days = this.pendingDays((event) =>
      event.type === 'PaymentRecorded.v1' && event.data.schemeId === schemeId ? event.data.paidOn : undefined,
    );
    return latest([this.lastPaid.get(schemeId), ...days]);
  }

  /** The last day an agreement of the scheme was signed, awards under way included. */
  lastSignedOn(schemeId: string): Day | undefined {
    const days = this.pendingDays((event) =>
      event.type === 'GrantAwarded.v1' && event.data.schemeId === schemeId ? event.data.agreement.signedOn : undefined,
    );
    return latest([this.lastSigned.get(schemeId), ...days]);
  }

  /** True when nothing decided here is still on its way to the log. */
  get settled(): boolean {
    return this.pending.size === 0;
  }

  private count(event: LedgerEvent, direction: 1 | -1): void {
    const change = totalsChangeOf(event);
    if (change === undefined) return;
    this.consumption.count(change, direction);
    const { schemeId, keyVersion, shares } = change;
    const sign = change.sign * direction;
    for (const share of shares)
      bump(this.netShares, netShareKey(schemeId, keyVersion, share.funderId), sign * share.amountCents);
  }

  private pendingDays(dayOfEvent: (event: LedgerEvent) => Day | undefined): (Day | undefined)[] {
    return Array.from(this.pending.values(), dayOfEvent);
  }
}

function bump(sums: Map<string, number>, key: string, amountCents: number): void {
  sums.set(key, (sums.get(key) ?? 0) + amountCents);
}

function later(days: Map<string, Day>, schemeId: string, day: Day): void {
  const known = days.get(schemeId);
  if (known === undefined || day > known) days.set(schemeId, day);
}

function latest(days: readonly (Day | undefined)[]): Day | undefined {
  return days.reduce((last, day) => (last === undefined || (day !== undefined && day > last) ? day : last), undefined);
}
