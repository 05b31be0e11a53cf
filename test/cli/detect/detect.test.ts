import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { scoreRows } from '../../../cli/detect/detect.ts';
import { detectEn } from '../../../cli/words/detect-en.ts';

interface Asked {
  time?: string;
  value?: string;
}

async function* each(chunks: readonly string[]) {
  yield* chunks;
}

/** What is printed of a text that comes in these pieces. */
async function printed(chunks: readonly string[], { time, value }: Asked = {}): Promise<string> {
  let out = '';
  for await (const rows of scoreRows(each(chunks), 'series.csv', { time, value }, detectEn)) out += rows;
  return out;
}

/** What is printed before a fault, and the fault. */
async function refused(text: string, { time, value }: Asked = {}) {
  let out = '';
  try {
    for await (const rows of scoreRows(each([text]), 'series.csv', { time, value }, detectEn)) out += rows;
  } catch (error) {
    return { out, message: (error as Error).message };
  }
  throw new Error('nothing was refused');
}

const times = (out: string) =>
  out
    .trimEnd()
    .split('\n')
    .slice(1)
    .map((line) => line.slice(0, line.lastIndexOf(',')));
const rowsFrom = (count: number, row: (n: number) => string) =>
  Array.from({ length: count }, (_, n) => row(n)).join('\n');
const stamp = (n: number) => new Date(Date.UTC(2026, 0, 1) + n * 300_000).toISOString().slice(0, 19).replace('T', ' ');

describe('vigie detect prints', () => {
  it('a header and a row per row, with the time as it was written', async () => {
    const out = await printed(['timestamp,value\n2026-01-01 00:00:00,1\n1767225900,2\n2026-01-01T00:10:00+01:00,3\n']);
    expect(out).toBe(
      'timestamp,anomaly_score\n2026-01-01 00:00:00,0.000000\n1767225900,0.000000\n2026-01-01T00:10:00+01:00,0.000000\n',
    );
  });

  it('a score that tells', async () => {
    const out = await printed([rowsFrom(600, (n) => `${stamp(n)},${n === 500 ? 90 : 10 + ((n * 7) % 5)}`)]);
    const scores = out
      .trimEnd()
      .split('\n')
      .slice(1)
      .map((line) => Number(line.split(',')[1]));
    expect(Math.max(...scores)).toBe(scores[500]);
    expect(scores[500]).toBeGreaterThan(0.5);
    expect(scores[499]).toBeLessThan(0.2);
  });

  it.each([
    ['no header', '2026-01-01 00:00:00,1\n2026-01-01 00:05:00,2'],
    [
      'the ends of Windows, a byte order mark, empty lines',
      '\uFEFFtimestamp,value\r\n2026-01-01 00:00:00,1\r\n\r\n2026-01-01 00:05:00,2\r\n',
    ],
    ['semicolons and decimal commas', 'timestamp;value\n2026-01-01 00:00:00;1,5\n2026-01-01 00:05:00;2'],
    ['quotes', '"timestamp","value"\n"2026-01-01 00:00:00","1"\n"2026-01-01 00:05:00","2"'],
    ['columns by name, in any order', 'value,label,Timestamp\n1,0,2026-01-01 00:00:00\n2,0,2026-01-01 00:05:00'],
    ['two columns of other names', 'when,load\n2026-01-01 00:00:00,1\n2026-01-01 00:05:00,2'],
    ['values that are missing', 'timestamp,value\n2026-01-01 00:00:00,\n2026-01-01 00:05:00,NaN'],
  ])('rows of a file with %s', async (_, text) => {
    expect(times(await printed([text]))).toEqual(['2026-01-01 00:00:00', '2026-01-01 00:05:00']);
  });

  it('rows in their order, also twice the same time or back in time', async () => {
    const out = await printed(['2026-01-01 00:05:00,1\n2026-01-01 00:05:00,2\n2026-01-01 00:00:00,3\n']);
    expect(times(out)).toEqual(['2026-01-01 00:05:00', '2026-01-01 00:05:00', '2026-01-01 00:00:00']);
  });

  it('the columns asked for', async () => {
    const text = `t,a,b\n${rowsFrom(300, (n) => `${stamp(n)},${(n * 7) % 5},${n === 290 ? 99 : 5 + (n % 3)}`)}`;
    expect(await printed([text], { time: 't', value: 'b' })).not.toBe(await printed([text], { time: 't', value: 'a' }));
  });

  it('the same however the text comes', async () => {
    const text = `timestamp,value\r\n${rowsFrom(80, (n) => `${stamp(n)},${(n * 7) % 5}`)}\r\n`;
    const whole = await printed([text]);
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(text.length), { maxLength: 20 }), async (cuts) => {
        const at = [0, ...cuts.sort((a, b) => a - b), text.length];
        expect(await printed(at.slice(1).map((end, i) => text.slice(at[i], end)))).toBe(whole);
      }),
      { numRuns: 50 },
    );
  });

  it('the same for the first rows, whatever comes after them', async () => {
    const row = (n: number) => `${stamp(n)},${n % 97 === 96 ? 40 : (n * 7) % 11}`;
    const whole = await printed([rowsFrom(900, row)]);
    for (const rows of [1, 31, 32, 33, 500, 873]) {
      const head = await printed([rowsFrom(rows, row)]);
      expect(whole.startsWith(head.trimEnd())).toBe(true);
    }
  });
});

describe('vigie detect refuses', () => {
  it.each([
    ['an empty file', '', 'series.csv: there are no rows'],
    ['a header alone', 'timestamp,value\n', 'series.csv: there are no rows'],
    ['a value that is none', '2026-01-01 00:00:00,high', 'series.csv:1: "high" is not a number'],
    ['an infinite value', 'timestamp,value\n2026-01-01 00:00:00,Infinity', 'series.csv:2: "Infinity" is not a number'],
    ['a row of one cell', 'timestamp,value\n2026-01-01 00:00:00', 'series.csv:2: 1 cell(s), at least 2 are expected'],
    [
      'columns it cannot choose from',
      'when,a,b\n2026-01-01,1,2',
      'series.csv:1: which column is meant? Say --time=…; there are: when, a, b',
    ],
  ])('%s', async (_, text, message) => expect((await refused(text)).message).toBe(message));

  it('a time that is none, after the rows before it', async () => {
    const { out, message } = await refused(
      'timestamp,value\n2026-01-01 00:00:00,1\n\n2026-01-32 00:00:00,2\n2026-01-02,3\n',
    );
    expect(out).toBe('timestamp,anomaly_score\n2026-01-01 00:00:00,0.000000\n');
    expect(message).toMatch(/^series\.csv:4: "2026-01-32 00:00:00" is no time; /);
  });

  it('a column that is not there', async () => {
    expect((await refused('timestamp,value\n2026-01-01,1', { value: 'load' })).message).toBe(
      'series.csv:1: there is no column "load"; there are: timestamp, value',
    );
  });

  it('a file that has no lines', async () => {
    await expect(printed(['x'.repeat(40_000), 'x'.repeat(40_000)])).rejects.toMatchObject({
      name: 'LineTooLong',
      line: 1,
    });
  });
});
