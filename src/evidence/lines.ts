/** A file as lines of bytes, one after the other. */

const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;

/** Without their ends; a last line that has none counts too. */
export async function* linesOf(content: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let begun: Buffer[] = [];
  for await (const chunk of content) {
    let from = 0;
    for (let end = chunk.indexOf(LINE_FEED); end >= 0; end = chunk.indexOf(LINE_FEED, from)) {
      const rest = chunk.subarray(from, end);
      yield trimmed(begun.length === 0 ? rest : Buffer.concat([...begun, rest]));
      begun = [];
      from = end + 1;
    }
    if (from < chunk.length) begun.push(chunk.subarray(from));
  }
  if (begun.length > 0) yield trimmed(Buffer.concat(begun));
}

function trimmed(line: Buffer): Buffer {
  let end = line.length;
  while (line[end - 1] === CARRIAGE_RETURN) end -= 1;
  return line.subarray(0, end);
}
