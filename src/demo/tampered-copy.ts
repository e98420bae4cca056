/** A copy of a log in which one cent of one payment was moved from a funder to another, past every rule of the ledger. */

import Database from 'better-sqlite3';
import { copyFileSync } from 'node:fs';
import type { PaymentRecorded } from '../grants/grant.events.js';

/** The sum of the payment's shares stays right, so that only computing them again tells. */
export function tamperedCopy(log: string, copy: string): void {
  copyFileSync(log, copy);
  const db = new Database(copy);
  try {
    const payments = db
      .prepare<[], { position: number; data: string }>(
        `SELECT position, data FROM events WHERE type = (SELECT number FROM types WHERE name = 'PaymentRecorded.v1')
         ORDER BY position`,
      )
      .all();
    const { position, data } = payments[Math.floor(payments.length / 2)]!;
    const payment = JSON.parse(data) as PaymentRecorded['data'];
    const from = payment.shares.at(-1)!;
    const to = payment.shares[0]!;
    const shares = payment.shares.map((share) => {
      if (share === from) return { ...share, amountCents: share.amountCents - 1 };
      return share === to ? { ...share, amountCents: share.amountCents + 1 } : share;
    });
    const update = db.prepare('UPDATE events SET data = ? WHERE position = ?');
    update.run(JSON.stringify({ ...payment, shares }), position);
  } finally {
    db.close();
  }
}
