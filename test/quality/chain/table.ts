import { type Figure, type KindRow, seconds } from './figures.ts';

/** Rows of cells under their headings; the first column to the left, all others to the right unless `left`. */
function table(head: readonly string[], rows: readonly (readonly string[])[], left = 1): string {
  const widths = head.map((_, column) => Math.max(...[head, ...rows].map((row) => (row[column] ?? '').length)));
  const line = (row: readonly string[]) =>
    row
      .map((cell, column) => (column < left ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join('  ')
      .trimEnd();
  return [line(head), line(widths.map((width) => '─'.repeat(width))), ...rows.map(line)].join('\n');
}

export function figureTable(figures: readonly Figure[]): string {
  const rows = figures.map(({ what, value, budget = '', isMet }) => [
    what,
    value,
    budget,
    isMet === undefined ? '' : isMet ? 'held' : 'MISSED',
  ]);
  return table(['What', 'Measured', 'Budget', ''], rows, 4);
}

export function kindTable(kinds: readonly KindRow[]): string {
  const rows = kinds.map(({ kind, faults, told, toldOf, right, rightAtFirst, again, sight, incident }) => [
    kind,
    String(faults),
    `${told}/${toldOf}`,
    String(right),
    String(rightAtFirst),
    String(again),
    seconds(sight.median),
    seconds(sight.p95),
    seconds(incident.median),
    seconds(incident.p95),
  ]);
  return table(['Kind', 'faults', 'told', 'right', 'at first', 'again', 'seen', 'p95', 'incident', 'p95'], rows);
}
