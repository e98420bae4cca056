/** The rules of the register of documents: the same bytes stand under one id, and a registration is withdrawn, never changed. */

import type { Day } from '#libs/calendar/day';
import type { Decider } from '#libs/decider/decider';
import { sameContent } from '#libs/decider/same-content';
import type { Concern } from '../decisions/concern.events.js';
import type { DocumentEvent, DocumentRegistered, DocumentWithdrawn } from './document.events.js';
import { reject } from './document.rejections.js';
import { evolveDocument, unknownDocument, type RegisteredDocument } from './document.state.js';

export type RegisterDocument = { readonly type: 'RegisterDocument' } & DocumentRegistered['data'];

export type WithdrawDocument = { readonly type: 'WithdrawDocument' } & DocumentWithdrawn['data'];

export type DocumentCommand = RegisterDocument | WithdrawDocument;

/** What a registration uses from elsewhere. */
export interface DocumentTerms {
  readonly today: Day;
  exists(concern: Concern): boolean;
  /** The registration of these bytes that was not withdrawn, if any. */
  registrationOf(sha256: string): string | undefined;
}

export const documentDecider: Decider<RegisteredDocument, DocumentCommand, DocumentEvent, DocumentTerms> = {
  initial: unknownDocument,

  decide(command, document, terms) {
    switch (command.type) {
      case 'RegisterDocument':
        return register(command, document, terms);
      case 'WithdrawDocument':
        return withdraw(command, document);
    }
  },

  evolve: evolveDocument,
};

function register(
  { type: _, ...asked }: RegisterDocument,
  document: RegisteredDocument,
  terms: DocumentTerms,
): readonly DocumentEvent[] {
  const { documentId, dated, sha256, concerns } = asked;
  if (document.status !== 'unknown') {
    if (sameContent(document.registered, asked)) return [];
    throw reject('DOCUMENT_ID_REUSED', { documentId });
  }
  const other = terms.registrationOf(sha256);
  if (other !== undefined) throw reject('DOCUMENT_ALREADY_REGISTERED', { documentId: other, sha256 });
  if (dated > terms.today) throw reject('DOCUMENT_DATED_IN_FUTURE', { on: dated, today: terms.today });
  for (const concern of concerns) if (!terms.exists(concern)) throw reject('DOCUMENT_CONCERN_UNKNOWN', { ...concern });
  return [{ type: 'DocumentRegistered.v1', data: asked }];
}

function withdraw({ type: _, ...asked }: WithdrawDocument, document: RegisteredDocument): readonly DocumentEvent[] {
  const { documentId, reason } = asked;
  if (document.status === 'unknown') throw reject('DOCUMENT_UNKNOWN', { documentId });
  if (document.status === 'withdrawn') {
    if (document.withdrawn.reason === reason) return [];
    throw reject('DOCUMENT_ALREADY_WITHDRAWN', { documentId });
  }
  return [{ type: 'DocumentWithdrawn.v1', data: asked }];
}
