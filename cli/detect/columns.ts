import { Fault } from '../fault.ts';
import type { DetectWords } from '../words/detect-en.ts';

const SEPARATORS = ['\t', ';', ','];
const TIME_NAMES = ['timestamp', 'time', 'date', 'datetime', 'ts'];
const VALUE_NAMES = ['value'];
const MISSING = /^(?:nan|null|none|na|n\/a)?$/i;
/** As a time, a number or a missing value begins; no name of a column does. */
const DATA = /^(?:[-+.\d]|nan$|null$|none$|na$|n\/a$)/i;

/** Where the two columns stand, and whether the first line names them. */
export interface Layout {
  separator: string;
  time: number;
  value: number;
  hasHeader: boolean;
}

/** Names of columns the person asked for. */
export interface Asked {
  time: string | undefined;
  value: string | undefined;
}

/**
 * Reads from the first line how the table is laid out. Without names, the first column is the time and the second the value.
 * @throws Fault when a column is not there, or it can't be told which one is meant.
 */
export function readLayout(line: string, where: string, asked: Asked, words: DetectWords): Layout {
  const separator = SEPARATORS.find((each) => line.includes(each)) ?? ',';
  const cells = cellsOf(line, separator);
  const isAsked = asked.time !== undefined || asked.value !== undefined;
  if (!isAsked && cells.some((cell) => DATA.test(cell))) return { separator, time: 0, value: 1, hasHeader: false };

  const names = cells.map((cell) => cell.toLowerCase());
  const known = cells.join(', ');
  const find = (flag: string, name: string | undefined, usual: readonly string[], left: number): number => {
    const wanted = name === undefined ? usual : [name.toLowerCase()];
    const at = wanted.map((each) => names.indexOf(each)).find((each) => each >= 0);
    if (at !== undefined) return at;
    if (name !== undefined) throw new Fault(words.noColumn(where, name, known));
    if (cells.length !== 2) throw new Fault(words.whichColumn(where, flag, known));
    return left;
  };
  const named = VALUE_NAMES.map((name) => names.indexOf(name)).find((at) => at >= 0);
  const time = find('--time', asked.time, TIME_NAMES, named === 0 ? 1 : 0);
  return { separator, time, value: find('--value', asked.value, VALUE_NAMES, 1 - time), hasHeader: true };
}

/** The cells of a line, without the spaces and quotes about them. */
export function cellsOf(line: string, separator: string): string[] {
  if (!line.includes('"')) return line.split(separator).map((cell) => cell.trim());
  const cells = [''];
  let isQuoted = false;
  for (const sign of line) {
    if (sign === '"') isQuoted = !isQuoted;
    else if (sign === separator && !isQuoted) cells.push('');
    else cells[cells.length - 1] += sign;
  }
  return cells.map((cell) => cell.trim());
}

/** A number, also with a decimal comma; NaN where the value is missing; undefined where there is something else. */
export function readValue(cell: string): number | undefined {
  if (MISSING.test(cell)) return Number.NaN;
  const value = Number(cell.replace(',', '.'));
  return Number.isFinite(value) ? value : undefined;
}
