/** The log's records in an append-only file, one a line: what was written before an answer outlives the process. */

import { existsSync, openSync, readFileSync, truncateSync, writeSync } from 'node:fs';
import type { Keep, LogRecord } from './log.js';

interface Line {
  readonly id: string;
  readonly type: string;
  readonly json: boolean;
  readonly data: string;
  readonly metadata: string;
  readonly stream: string;
  readonly revision: number;
  readonly position: number;
  readonly end: number;
  readonly ticks: string;
}

/** The records of the file; a last line that was cut off is none. */
export function readLogFile(file: string): LogRecord[] {
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, 'utf8').split('\n');
  return lines.slice(0, -1).map(recordOf);
}

/** Opens the file for more records, without what a killed process left half written. */
export function openLogFile(file: string): Keep {
  if (existsSync(file)) {
    const bytes = readFileSync(file);
    const whole = bytes.lastIndexOf('\n') + 1;
    if (whole < bytes.length) truncateSync(file, whole);
  }
  const descriptor = openSync(file, 'a');
  return (records) => {
    writeSync(descriptor, records.map((record) => `${JSON.stringify(lineOf(record))}\n`).join(''));
  };
}

function lineOf({ data, metadata, ticks, ...rest }: LogRecord): Line {
  return { ...rest, data: data.toString('base64'), metadata: metadata.toString('base64'), ticks: String(ticks) };
}

function recordOf(text: string): LogRecord {
  const { data, metadata, ticks, ...rest } = JSON.parse(text) as Line;
  return {
    ...rest,
    data: Buffer.from(data, 'base64'),
    metadata: Buffer.from(metadata, 'base64'),
    ticks: BigInt(ticks),
  };
}
