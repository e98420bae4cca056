/** A registration of a document as its events leave it. */

import { CorruptHistory } from '#libs/decider/decider';
import type { DocumentEvent, DocumentRegistered, DocumentWithdrawn } from './document.events.js';

export type RegisteredDocument =
  | { readonly status: 'unknown' }
  | { readonly status: 'registered'; readonly registered: DocumentRegistered['data'] }
  | {
      readonly status: 'withdrawn';
      readonly registered: DocumentRegistered['data'];
      readonly withdrawn: DocumentWithdrawn['data'];
    };

export const unknownDocument: RegisteredDocument = { status: 'unknown' };

export function evolveDocument(document: RegisteredDocument, event: DocumentEvent): RegisteredDocument {
  if (event.type === 'DocumentRegistered.v1') return { status: 'registered', registered: event.data };
  if (document.status === 'unknown')
    throw new CorruptHistory(`${event.data.documentId} was withdrawn before it was registered`);
  return { status: 'withdrawn', registered: document.registered, withdrawn: event.data };
}
