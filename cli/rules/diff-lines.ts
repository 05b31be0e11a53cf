/** The lines of two lists, `-` those that are only expected, `+` those that are only found, in order. */
export function diffLines(expected: readonly string[], found: readonly string[]): string[] {
  const common = commonLengths(expected, found);
  const lines: string[] = [];
  let [at, to] = [0, 0];
  while (at < expected.length || to < found.length) {
    if (at < expected.length && to < found.length && expected[at] === found[to]) {
      lines.push(`  ${expected[at]}`);
      at++;
      to++;
    } else if (to >= found.length || (common[at + 1]?.[to] ?? 0) >= (common[at]?.[to + 1] ?? 0)) {
      if (at < expected.length) lines.push(`- ${expected[at++]}`);
      else lines.push(`+ ${found[to++]}`);
    } else lines.push(`+ ${found[to++]}`);
  }
  return lines;
}

/** How many lines the rests from each place on have in common, at most. */
function commonLengths(expected: readonly string[], found: readonly string[]): number[][] {
  const rows = Array.from({ length: expected.length + 1 }, () => new Array<number>(found.length + 1).fill(0));
  for (let at = expected.length - 1; at >= 0; at--) {
    for (let to = found.length - 1; to >= 0; to--) {
      const row = rows[at] as number[];
      const below = rows[at + 1] as number[];
      row[to] = expected[at] === found[to] ? (below[to + 1] ?? 0) + 1 : Math.max(below[to] ?? 0, row[to + 1] ?? 0);
    }
  }
  return rows;
}
