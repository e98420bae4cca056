/** What happens in the register of documents: one is registered by the hash of its bytes, never with its content; withdrawn. */

import type { Day } from '#libs/calendar/day';
import type { Concern } from '../decisions/concern.events.js';

export interface DocumentRegistered {
  readonly type: 'DocumentRegistered.v1';
  readonly data: {
    readonly documentId: string;
    readonly title: string;
    /** The document's own date. */
    readonly dated: Day;
    readonly reference: string;
    /** Of the file's bytes, 64 hexadecimal digits in lower case. */
    readonly sha256: string;
    readonly concerns: readonly Concern[];
  };
}

/** The registration no longer counts; it stays in history (R4). */
export interface DocumentWithdrawn {
  readonly type: 'DocumentWithdrawn.v1';
  readonly data: {
    readonly documentId: string;
    readonly reason: string;
  };
}

export type DocumentEvent = DocumentRegistered | DocumentWithdrawn;
