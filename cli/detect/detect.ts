import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import { addAbortSignal } from 'node:stream';
import { AnomalyDetector } from '../../alerting/engine/baseline/detector.ts';
import type { Invocation } from '../command.ts';
import { Fault } from '../fault.ts';
import type { DetectWords } from '../words/detect-en.ts';
import { words } from '../words/index.ts';
import { cellsOf, type Layout, readLayout, readValue } from './columns.ts';
import { LineTooLong, readLines } from './read-lines.ts';
import { readTime } from './read-time.ts';

const CHUNK = 1 << 18;
/** As a shell tells that Ctrl-C ended a program. */
const INTERRUPTED = 130;

/** Scores the rows of a CSV file and prints a score for each, as they come. */
export async function detect({ flags, locale, stop }: Invocation): Promise<number> {
  const said = words(locale);
  const path = flags.csv;
  if (typeof path !== 'string') throw new Fault(said.detect.usage);
  const input =
    path === '-'
      ? process.stdin.setEncoding('utf8')
      : createReadStream(path, { encoding: 'utf8', highWaterMark: CHUNK });
  addAbortSignal(stop, input);
  const asked = { time: textOf(flags.time), value: textOf(flags.value) };
  const source = path === '-' ? 'stdin' : path;
  try {
    for await (const rows of scoreRows(input, source, asked, said.detect)) {
      if (!(await write(rows))) break;
    }
  } catch (error) {
    if (stop.aborted) return INTERRUPTED;
    if (error instanceof LineTooLong) throw new Fault(said.detect.tooLong(`${source}:${error.line}`));
    if ((error as NodeJS.ErrnoException).syscall !== undefined) {
      throw new Fault(said.fileUnreadable(source, (error as Error).message));
    }
    throw error;
  } finally {
    input.destroy();
  }
  return 0;
}

/**
 * The rows `timestamp,anomaly_score` of a table's text, some at a time, the first line first. Rows before a bad one are
 * given before it is told.
 * @throws Fault that names the line; LineTooLong.
 */
export async function* scoreRows(
  chunks: AsyncIterable<string>,
  source: string,
  asked: { time: string | undefined; value: string | undefined },
  words: DetectWords,
): AsyncGenerator<string> {
  const detector = new AnomalyDetector();
  let layout: Layout | undefined;
  let number = 0;
  let rows = 0;
  let out = '';
  for await (const lines of readLines(chunks)) {
    for (const line of lines) {
      number++;
      if (line.trim() === '') continue;
      const where = `${source}:${number}`;
      try {
        if (!layout) {
          layout = readLayout(line, where, asked, words);
          if (layout.hasHeader) continue;
        }
        const { text, time, value } = readRow(line, layout, where, words);
        if (rows++ === 0) out = 'timestamp,anomaly_score\n';
        out += `${inCsv(text)},${detector.add(time, value).toFixed(6)}\n`;
      } catch (error) {
        if (out !== '') yield out;
        throw error;
      }
    }
    if (out !== '') yield out;
    out = '';
  }
  if (rows === 0) throw new Fault(words.noText(source));
}

function readRow(line: string, layout: Layout, where: string, words: DetectWords) {
  const cells = cellsOf(line, layout.separator);
  const text = cells[layout.time];
  const given = cells[layout.value];
  if (text === undefined || given === undefined) {
    throw new Fault(words.cellMissing(where, cells.length, Math.max(layout.time, layout.value) + 1));
  }
  const time = readTime(text);
  if (Number.isNaN(time)) throw new Fault(words.badTime(where, text));
  const value = readValue(given);
  if (value === undefined) throw new Fault(words.badValue(where, given));
  return { text, time, value };
}

/** A decimal comma of the seconds would be taken for the end of the cell. */
const inCsv = (text: string): string => (text.includes(',') ? `"${text}"` : text);

const textOf = (flag: string | boolean | undefined): string | undefined =>
  typeof flag === 'string' ? flag : undefined;

/** @returns false when nobody reads on, as `head` after its lines. */
async function write(text: string): Promise<boolean> {
  const { stdout } = process;
  try {
    if (!stdout.write(text)) await once(stdout, 'drain');
  } catch {
    return false;
  }
  return stdout.errored === null;
}
