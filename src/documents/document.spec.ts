/** What the ledger promises about the register of documents: the same bytes under one id, withdrawn and never changed. */

import { CorruptHistory, fold } from '#libs/decider/decider';
import { given, provokedCodes } from '#libs/decider/given';
import {
  documentDecider,
  type DocumentCommand,
  type DocumentTerms,
  type RegisterDocument,
  type WithdrawDocument,
} from './document.decider.js';
import type { DocumentEvent, DocumentRegistered, DocumentWithdrawn } from './document.events.js';
import { documentRejections } from './document.rejections.js';

const DOCUMENT = {
  documentId: 'DOC-1',
  title: 'Convention 2010',
  dated: '2010-02-01',
  reference: 'C-2010-1',
  sha256: 'a'.repeat(64),
  concerns: [{ kind: 'grant', id: 'G-1' }],
} as const;
const WITHDRAWAL = { documentId: 'DOC-1', reason: 'Version non signée' } as const;

const register = (other: Partial<RegisterDocument> = {}): RegisterDocument => ({
  type: 'RegisterDocument',
  ...DOCUMENT,
  ...other,
});
const withdraw = (other: Partial<WithdrawDocument> = {}): WithdrawDocument => ({
  type: 'WithdrawDocument',
  ...WITHDRAWAL,
  ...other,
});
const registered: DocumentRegistered = { type: 'DocumentRegistered.v1', data: DOCUMENT };
const withdrawn: DocumentWithdrawn = { type: 'DocumentWithdrawn.v1', data: WITHDRAWAL };

const givenDocument = (...history: readonly DocumentEvent[]) => ({
  when: (command: DocumentCommand, other: Partial<DocumentTerms> = {}) =>
    given(documentDecider, ...history).when(command, {
      today: '2010-04-01',
      exists: ({ kind, id }) => kind === 'grant' && id === 'G-1',
      registrationOf: () => undefined,
      ...other,
    }),
});

describe('registering a document', () => {
  it('keeps what it is and the hash of its bytes', () => {
    givenDocument().when(register()).then(registered);
  });

  it('again with the same content records nothing, even once withdrawn (R3)', () => {
    givenDocument(registered)
      .when(register(), { registrationOf: () => 'DOC-1' })
      .thenNothing();
    givenDocument(registered, withdrawn).when(register()).thenNothing();
  });

  it.each([
    { title: 'Autre' },
    { dated: '2010-02-02' },
    { reference: 'Autre' },
    { sha256: 'b'.repeat(64) },
    { concerns: [{ kind: 'scheme', id: 'insertion' }] },
  ] as const)('again with another content is refused: %p (R3)', (other) => {
    givenDocument(registered).when(register(other)).rejects('DOCUMENT_ID_REUSED', { documentId: 'DOC-1' });
  });

  it('refuses the bytes of another registration, and names it', () => {
    givenDocument()
      .when(register(), { registrationOf: (sha256) => (sha256 === DOCUMENT.sha256 ? 'DOC-0' : undefined) })
      .rejects('DOCUMENT_ALREADY_REGISTERED', { documentId: 'DOC-0' });
  });

  it('is of something that exists, and of a day that has come', () => {
    givenDocument()
      .when(register({ concerns: [...DOCUMENT.concerns, { kind: 'grant', id: 'G-2' }] }))
      .rejects('DOCUMENT_CONCERN_UNKNOWN', { kind: 'grant', id: 'G-2' });
    givenDocument()
      .when(register({ dated: '2010-04-02' }))
      .rejects('DOCUMENT_DATED_IN_FUTURE', { on: '2010-04-02' });
  });
});

describe('withdrawing a document', () => {
  it('says why (R4); again it records nothing (R3)', () => {
    givenDocument(registered).when(withdraw()).then(withdrawn);
    givenDocument(registered, withdrawn).when(withdraw()).thenNothing();
  });

  it('is done once, of one that is registered', () => {
    givenDocument().when(withdraw()).rejects('DOCUMENT_UNKNOWN', { documentId: 'DOC-1' });
    givenDocument(registered, withdrawn)
      .when(withdraw({ reason: 'Autre' }))
      .rejects('DOCUMENT_ALREADY_WITHDRAWN', { documentId: 'DOC-1' });
    expect(() => fold(documentDecider, [withdrawn])).toThrow(CorruptHistory);
  });
});

describe('the table of rejections', () => {
  it('holds the codes provoked above and no others', () => {
    expect([...provokedCodes].toSorted()).toEqual(Object.keys(documentRejections).toSorted());
  });
});
