import type { Detail } from '../api.ts';

/**
 * The line of the text a fault is in, from 1: as its path says it (`line 12, column 3:`), or found by the path's steps
 * (`/rules/3/raise`) as far as they can be followed in block style. Undefined where they lead nowhere.
 */
export function lineOfFault({ path }: Detail, text: string): number | undefined {
  const [, said] = /(?:^|\D)line (\d+)/.exec(path) ?? [];
  if (said !== undefined) return Number(said);
  const lines = text.split('\n');
  let [from, end] = [0, lines.length];
  let found: number | undefined;
  for (const step of path.split('/').filter((part) => part !== '')) {
    const at = /^\d+$/.test(step) ? itemAt(lines, from, end, Number(step)) : keyAt(lines, from, end, step);
    if (at === undefined) break;
    found = at;
    const indent = indentOf(lines[at] ?? '');
    const isKey = !/^\d+$/.test(step);
    // A key's own line holds no more of its value's keys; an item's does.
    from = isKey ? at + 1 : at;
    end = endOf(lines, at, end, indent, isKey);
  }
  return found === undefined ? undefined : found + 1;
}

const isBlank = (line: string): boolean => /^\s*(#|$)/.test(line);
const indentOf = (line: string): number => line.length - line.trimStart().length;

/** Where what began at a line with this indent is over. A list may stand as far left as the key it belongs to. */
function endOf(lines: readonly string[], at: number, end: number, indent: number, isKey: boolean): number {
  for (let next = at + 1; next < end; next++) {
    const line = lines[next] ?? '';
    if (isBlank(line)) continue;
    if (indentOf(line) < indent) return next;
    if (indentOf(line) === indent && !(isKey && line.trimStart().startsWith('-'))) return next;
  }
  return end;
}

function itemAt(lines: readonly string[], from: number, end: number, place: number): number | undefined {
  let indent: number | undefined;
  let count = -1;
  for (let at = from; at < end; at++) {
    const line = lines[at] ?? '';
    if (isBlank(line) || !/^\s*-(\s|$)/.test(line)) continue;
    indent ??= indentOf(line);
    if (indentOf(line) !== indent) continue;
    count++;
    if (count === place) return at;
  }
  return undefined;
}

function keyAt(lines: readonly string[], from: number, end: number, key: string): number | undefined {
  let indent: number | undefined;
  for (let at = from; at < end; at++) {
    const line = lines[at] ?? '';
    if (isBlank(line)) continue;
    // Of an item's first line, what stands behind its dash.
    const bare = line.replace(/^(\s*)-(\s)/, '$1 $2');
    indent ??= indentOf(bare);
    if (indentOf(bare) === indent && /^\s*["']?([\w.-]+)["']?\s*:/.exec(bare)?.[1] === key) return at;
  }
  return undefined;
}
