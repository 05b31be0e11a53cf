/** A line of two texts laid over each other, with its number in those that have it, from 1. */
export interface DiffLine {
  kind: 'same' | 'gone' | 'new';
  text: string;
  before?: number;
  after?: number;
}

/** What two texts differ in. */
export interface TextDiff {
  /** Changed lines that are near each other, with what stands around them. */
  hunks: DiffLine[][];
  added: number;
  removed: number;
  /** Rules the changed lines belong to, in order; undefined among them: what is no rule's. */
  rules: (string | undefined)[];
}

/** Lines shown around what is changed. */
const AROUND = 2;
/** Texts that have more between their first and their last difference are told as replaced: a table of all would fill the memory. */
const MOST_CELLS = 4_000_000;

/** Lays two texts over each other, line by line. */
export function diffTexts(before: string, after: string): TextDiff {
  const [old, young] = [before.split('\n'), after.split('\n')];
  const lines = layOver(old, young);
  const [inOld, inYoung] = [rulesOf(old), rulesOf(young)];
  const changed = lines.filter(({ kind }) => kind !== 'same');
  const touched = changed
    .filter(({ text }) => text.trim() !== '')
    .map((line) => (line.kind === 'gone' ? inOld[(line.before ?? 1) - 1] : inYoung[(line.after ?? 1) - 1]));
  return {
    hunks: hunksOf(lines),
    added: changed.filter(({ kind }) => kind === 'new').length,
    removed: changed.filter(({ kind }) => kind === 'gone').length,
    rules: [...new Set(touched)],
  };
}

function layOver(old: readonly string[], young: readonly string[]): DiffLine[] {
  let head = 0;
  while (head < old.length && head < young.length && old[head] === young[head]) head++;
  let tail = 0;
  const most = Math.min(old.length, young.length) - head;
  while (tail < most && old[old.length - 1 - tail] === young[young.length - 1 - tail]) tail++;

  const lines: DiffLine[] = [];
  const same = (at: number, to: number) =>
    lines.push({ kind: 'same', text: old[at] ?? '', before: at + 1, after: to + 1 });
  const gone = (at: number) => lines.push({ kind: 'gone', text: old[at] ?? '', before: at + 1 });
  const added = (to: number) => lines.push({ kind: 'new', text: young[to] ?? '', after: to + 1 });

  for (let at = 0; at < head; at++) same(at, at);
  const [oldEnd, youngEnd] = [old.length - tail, young.length - tail];
  const common = commonLengths(old.slice(head, oldEnd), young.slice(head, youngEnd));
  let [at, to] = [head, head];
  while (at < oldEnd && to < youngEnd) {
    if (old[at] === young[to] && common !== undefined) same(at++, to++);
    else if (common === undefined || common(at - head + 1, to - head) >= common(at - head, to - head + 1)) gone(at++);
    else added(to++);
  }
  while (at < oldEnd) gone(at++);
  while (to < youngEnd) added(to++);
  for (; at < old.length; at++, to++) same(at, to);
  return lines;
}

/** How many lines the rests from each place on have in common; undefined of too many. */
function commonLengths(
  old: readonly string[],
  young: readonly string[],
): ((at: number, to: number) => number) | undefined {
  const width = young.length + 1;
  if ((old.length + 1) * width > MOST_CELLS) return undefined;
  const cells = new Uint32Array((old.length + 1) * width);
  const of = (at: number, to: number): number => cells[at * width + to] ?? 0;
  for (let at = old.length - 1; at >= 0; at--) {
    for (let to = young.length - 1; to >= 0; to--) {
      cells[at * width + to] =
        old[at] === young[to] ? of(at + 1, to + 1) + 1 : Math.max(of(at + 1, to), of(at, to + 1));
    }
  }
  return of;
}

function hunksOf(lines: readonly DiffLine[]): DiffLine[][] {
  const hunks: DiffLine[][] = [];
  let end = -1;
  for (const [at, { kind }] of lines.entries()) {
    if (kind === 'same') continue;
    const from = Math.max(end, at - AROUND, 0);
    if (from > end || hunks.length === 0) hunks.push([]);
    const until = Math.min(lines.length, at + AROUND + 1);
    hunks.at(-1)?.push(...lines.slice(from, until));
    end = until;
  }
  return hunks;
}

/** The rule each line belongs to, by its `- id:` above. */
function rulesOf(lines: readonly string[]): (string | undefined)[] {
  let rule: string | undefined;
  return lines.map((line) => {
    const [, id] = /^\s*- \{?\s*id:\s*["']?([\w.-]+)/.exec(line) ?? [];
    if (id !== undefined) rule = id;
    else if (/^[^\s#-]/.test(line)) rule = undefined;
    return rule;
  });
}
