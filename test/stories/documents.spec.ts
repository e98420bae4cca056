/** The register of documents over HTTP and on the command line: “do I hold the registered document?”. */

import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkDocument } from '../../src/terminal/commands/check-document.js';
import { readConfig } from '../../src/config.js';
import { grant, Story, type List, type Problem } from './kit.js';

interface Shown {
  readonly documentId: string;
  readonly status: string;
}

const BYTES = 'Convention signée, page 1';
const hashOf = (text: string) => createHash('sha256').update(text).digest('hex');

let story: Story;

beforeAll(async () => {
  story = await Story.begin('2010-04-01');
  await story.officer.records('/grants', grant(1));
});

afterAll(async () => {
  await story.end();
});

const document = (documentId: string, text: string, other: object = {}) => ({
  documentId,
  title: 'Convention 2010 (démo)',
  dated: '2010-03-15',
  reference: 'C-2010-1',
  sha256: hashOf(text),
  concerns: [{ kind: 'grant', id: 'G-1' }],
  ...other,
});

async function found(query: string): Promise<string[]> {
  const { status, body } = await story.auditor.get<List<Shown>>(`/documents?${query}`);
  expect(status).toBe(200);
  return body.data.map((shown) => `${shown.documentId} ${shown.status}`);
}

describe('the register of documents', () => {
  it('takes a document by its hash, and never its content', async () => {
    const first = await story.officer.post('/documents', document('DOC-1', BYTES));
    expect(first).toMatchObject({ status: 201, body: { documentId: 'DOC-1', sha256: hashOf(BYTES) } });
    expect((await story.officer.post('/documents', document('DOC-1', BYTES))).status).toBe(200);
    const content = await story.officer.post<Problem>('/documents', document('DOC-9', 'x', { content: BYTES }));
    expect(content.body.errors).toMatchObject([{ code: 'FIELD_UNKNOWN', pointer: '/content' }]);
  });

  it('says whether a file is registered, its hash in small letters or capitals', async () => {
    expect(await found(`sha256=${hashOf(BYTES)}`)).toEqual(['DOC-1 registered']);
    expect(await found(`sha256=${hashOf(BYTES).toUpperCase()}`)).toEqual(['DOC-1 registered']);
    expect(await found(`sha256=${hashOf('autre')}`)).toEqual([]);
    expect((await story.auditor.get<Problem>('/documents?sha256=abc')).body.errors).toMatchObject([
      { code: 'SHA256_INVALID', pointer: '/sha256' },
    ]);
  });

  it('refuses the same bytes under another id, even of two who ask at once', async () => {
    const capitals = { sha256: hashOf(BYTES).toUpperCase() };
    const again = await story.officer.post<Problem>('/documents', document('DOC-2', BYTES, capitals));
    expect([again.status, again.body.code]).toEqual([409, 'DOCUMENT_ALREADY_REGISTERED']);
    expect(again.body.detail).toContain('DOC-1');
    const both = await Promise.all(
      ['DOC-3', 'DOC-4'].map((id) => story.officer.post('/documents', document(id, 'Avenant'))),
    );
    expect(both.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([201, 409]);
  });

  it('finds documents by what they concern and by their words', async () => {
    const about = { title: 'Barème 100 %', concerns: [{ kind: 'scheme', id: 'insertion' }] };
    await story.controller.records('/documents', document('DOC-5', 'Barème', about));
    expect(await found('concerns=scheme:insertion')).toEqual(['DOC-5 registered']);
    expect(await found('concerns=grant:G-1&q=convention&sha256=' + hashOf(BYTES))).toEqual(['DOC-1 registered']);
    expect(await found('q=100%20%25')).toEqual(['DOC-5 registered']);
    expect(await found('q=rien')).toEqual([]);
  });

  it('is what a deliberation may name', async () => {
    const concerns = [{ kind: 'grant', id: 'G-1' }];
    await story.controller.records('/decisions', { decisionId: 'D-1', title: 'x', expected: ['eure'], concerns });
    const deliberation = { funderId: 'eure', reference: 'CG-1', takenOn: '2010-04-01', outcome: 'adopted' };
    const eure = await story.hire('controller', 'controle-1', 'eure');
    const unknown = { ...deliberation, documentId: 'DOC-404' };
    const refused = await eure.post<Problem>('/decisions/D-1/deliberations', unknown);
    expect(refused.body.code).toBe('DELIBERATION_DOCUMENT_UNKNOWN');
    await eure.records('/decisions/D-1/deliberations', { ...deliberation, documentId: 'DOC-1' });
  });

  it('lets a withdrawn document be registered anew, and shows both (R4)', async () => {
    expect((await story.officer.post('/documents/DOC-1/withdrawal', { reason: 'Non signée' })).status).toBe(201);
    await story.officer.records('/documents', document('DOC-6', BYTES));
    expect(await found(`sha256=${hashOf(BYTES)}`)).toEqual(['DOC-1 withdrawn', 'DOC-6 registered']);
  });
});

describe('ledger document check', () => {
  let folder: string;
  let said = '';

  beforeAll(async () => {
    await story.opened.close();
    folder = mkdtempSync(join(tmpdir(), 'document-'));
    writeFileSync(join(folder, 'known.pdf'), BYTES);
    writeFileSync(join(folder, 'unknown.pdf'), `${BYTES}.`);
  });

  beforeEach(() => {
    said = '';
    jest.spyOn(process.stdout, 'write').mockImplementation((text) => {
      said += String(text);
      return true;
    });
  });

  afterEach(() => {
    jest.restoreAllMocks();
  });

  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  const check = async (file: string, json = false) =>
    checkDocument.run({
      config: readConfig({ LEDGER_DATA_DIR: story.dataDir }),
      language: 'fr',
      json,
      words: [join(folder, file)],
      values: {},
    });

  it('names the registration of a file that is known', async () => {
    expect(await check('known.pdf')).toBe(0);
    expect(said).toBe(
      'Retiré du registre, DOC-1 : Convention 2010 (démo) (C-2010-1), motif : Non signée\n' +
        'Enregistré sous DOC-6 : Convention 2010 (démo) (C-2010-1)\n',
    );
  });

  it('fails on a file that differs by one byte', async () => {
    expect(await check('unknown.pdf', true)).toBe(1);
    expect(JSON.parse(said)).toEqual({ sha256: hashOf(`${BYTES}.`), isRegistered: false, data: [] });
  });

  it('does not take a file that is not there for one that is unknown', async () => {
    await expect(check('nowhere.pdf')).rejects.toThrow('ne peut être lu');
  });
});
