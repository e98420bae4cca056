/** What a filter of $all lets pass: streams or types by the beginning of their name, or by a regular expression. */

import type { ReadReq } from '@eventstore/db-client/generated/streams_pb.js';
import type { LogRecord } from './log.js';

export type Filter = (record: LogRecord) => boolean;

export function filterOf(options: ReadReq.Options.FilterOptions | undefined): Filter {
  const byStream = options?.getStreamIdentifier();
  const expression = byStream ?? options?.getEventType();
  if (expression === undefined) return () => true;
  const nameOf = (record: LogRecord) => (byStream === undefined ? record.type : record.stream);
  const regex = expression.getRegex();
  if (regex !== '') {
    const pattern = new RegExp(regex);
    return (record) => pattern.test(nameOf(record));
  }
  const prefixes = expression.getPrefixList();
  return (record) => prefixes.some((prefix) => nameOf(record).startsWith(prefix));
}
