/** An export that the journal cannot take does not leave, and nothing goes on making it. */

import { StreamableFile } from '@nestjs/common';
import { ExecutionContextHost } from '@nestjs/core/helpers/execution-context-host.js';
import { Readable } from 'node:stream';
import { lastValueFrom, of } from 'rxjs';
import { StoreUnavailable } from '#libs/event-store/event-store';
import { ExportJournal } from './export-journal.js';
import { JournaledExports, standsOn } from './journaled-exports.js';

/** What Fastify gives of a question of the API, as far as the journal looks. */
function asked() {
  const headers = new Map<string, unknown>();
  const reply = {
    header: (name: string, value: unknown) => headers.set(name, value),
    hasHeader: (name: string) => headers.has(name),
    getHeader: (name: string) => headers.get(name),
  };
  standsOn(reply as never, 6);
  const asker = { actor: 'region/audit-1', role: 'auditor', funderId: 'region' };
  const request = { method: 'GET', routeOptions: { url: '/api/v1/evidence' }, asker, params: {}, query: {} };
  return new ExecutionContextHost([request, reply]);
}

let journal: ExportJournal;
let content: Readable;

beforeEach(() => {
  journal = new ExportJournal(':memory:');
  content = Readable.from(['a long', ' way']);
});

function leave(): Promise<unknown> {
  const answer = new StreamableFile(content, { type: 'application/zip' });
  // the answer says itself where the log stands
  const exports = new JournaledExports(journal, undefined as never);
  return lastValueFrom(exports.intercept(asked(), { handle: () => of(answer) }));
}

describe('An export', () => {
  it('leaves once it is noted', async () => {
    await leave();
    expect(journal.list({}, 2)).toMatchObject([{ what: 'GET /evidence', actor: 'region/audit-1', position: '6' }]);
    expect(content.destroyed).toBe(false);
  });

  it('is no longer made when the journal takes no more', async () => {
    journal.close();
    await expect(leave()).rejects.toThrow(StoreUnavailable);
    expect(content.destroyed).toBe(true);
  });
});
