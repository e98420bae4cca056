/** Reads a line of an exported log as the stored event it is, and as nothing else. */

import type { StoredEvent } from '#libs/event-store/event-store';

/** The line is no event as `export-log` writes it. */
export class NotAnEvent extends Error {
  override readonly name = 'NotAnEvent';
}

const FIELDS = 'data id metadata position recordedAt revision stream type';
const POSITION = /^[1-9][0-9]{0,15}$/;
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** @throws NotAnEvent */
export function eventOfLine(line: Uint8Array): StoredEvent {
  const { position, recordedAt, ...event } = fieldsOf(line);
  const { id, stream, type, revision, data, metadata } = event;
  for (const text of [id, stream, type, position, recordedAt])
    if (typeof text !== 'string') throw new NotAnEvent('a field is no text');
  if (!POSITION.test(position as string) || !Number.isSafeInteger(Number(position)))
    throw new NotAnEvent('the position is no place');
  if (typeof revision !== 'number' || !Number.isSafeInteger(revision) || revision < 0)
    throw new NotAnEvent('the revision is no place');
  if (!isObject(data) || !isObject(metadata)) throw new NotAnEvent('data and metadata are objects');
  return { ...event, position: Number(position), recordedAt: instantOf(recordedAt as string) } as StoredEvent;
}

function fieldsOf(line: Uint8Array): Record<string, unknown> {
  let fields: unknown;
  try {
    fields = JSON.parse(utf8.decode(line));
  } catch (error) {
    throw new NotAnEvent((error as Error).message);
  }
  if (!isObject(fields) || Object.keys(fields).toSorted().join(' ') !== FIELDS)
    throw new NotAnEvent(`the fields of an event are ${FIELDS}`);
  return fields;
}

/** One text for each instant. */
function instantOf(text: string): number {
  const instant = Date.parse(text);
  if (!/^\d{4}-/.test(text) || Number.isNaN(instant) || new Date(instant).toISOString() !== text)
    throw new NotAnEvent('recordedAt is no instant');
  return instant;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
