/** `ledger history` — one stream, event by event. */

import { refused, withClient, type Command } from '../command.js';

interface Line {
  readonly revision: number;
  /** null where a stream does not know it (EventStoreDB). */
  readonly position: string | null;
  readonly recordedAt: string;
  readonly type: string;
  readonly data: object;
  readonly metadata: { readonly actor?: string };
}

export const history: Command = {
  usage: 'history <flux>',
  summary: 'le journal d’un flux, par exemple grant-G-1',
  options: {},
  words: 1,

  run: (given) =>
    withClient(given, async (client) => {
      const reply = await client.call({ method: 'GET', path: `/streams/${encodeURIComponent(given.words[0]!)}` });
      if (reply.status >= 400) return refused(reply.text, given.json);
      const lines = reply.text.trimEnd().split('\n');
      process.stdout.write(
        given.json ? reply.text : `${lines.map((line) => print(JSON.parse(line) as Line)).join('\n')}\n`,
      );
      return 0;
    }),
};

function print({ revision, position, recordedAt, type, data, metadata }: Line): string {
  const place = position === null ? '' : `position ${position}  `;
  return `${revision}  ${place}${recordedAt}  ${metadata.actor ?? ''}  ${type}\n    ${JSON.stringify(data)}`;
}
