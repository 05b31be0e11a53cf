/** A line longer than this is no line of a table. */
const LONGEST = 65_536;

export class LineTooLong extends Error {
  readonly line: number;

  constructor(line: number) {
    super(`line ${line} is longer than ${LONGEST} characters`);
    this.name = 'LineTooLong';
    this.line = line;
  }
}

/**
 * The lines of each chunk of a text, without their ends and a byte order mark.
 * @throws LineTooLong
 */
export async function* readLines(chunks: AsyncIterable<string>): AsyncGenerator<string[]> {
  let rest = '';
  let line = 1;
  let isFirst = true;
  for await (const chunk of chunks) {
    const text = isFirst ? chunk.replace(/^\uFEFF/, '') : chunk;
    isFirst = false;
    const lines = (rest + text).split(/\r?\n/);
    rest = lines.pop() as string;
    if (rest.length > LONGEST) throw new LineTooLong(line + lines.length);
    line += lines.length;
    if (lines.length > 0) yield lines;
  }
  const last = rest.replace(/\r$/, '');
  if (last !== '') yield [last];
}
