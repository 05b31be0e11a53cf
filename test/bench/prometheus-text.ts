/** The samples of a `/metrics` page, by name with labels as written. */
export function parsePrometheus(page: string): Map<string, number> {
  const samples = new Map<string, number>();
  for (const line of page.split('\n')) {
    const space = line.lastIndexOf(' ');
    if (space > 0 && !line.startsWith('#')) samples.set(line.slice(0, space), Number(line.slice(space + 1)));
  }
  return samples;
}

/** All samples of a metric, whatever their labels. */
export function totalOf(samples: ReadonlyMap<string, number>, metric: string): number {
  let total = 0;
  for (const [name, value] of samples) if (name === metric || name.startsWith(`${metric}{`)) total += value;
  return total;
}

/**
 * The value below which the given share of what a histogram counted between two looks lies, linear within a bucket as
 * Prometheus has it; undefined where there is no such histogram or it counted nothing, infinite beyond its last bound.
 */
export function histogramQuantile(
  before: ReadonlyMap<string, number>,
  after: ReadonlyMap<string, number>,
  metric: string,
  share: number,
): number | undefined {
  const counts = new Map<number, number>();
  for (const [name, value] of after) {
    const bound = name.startsWith(`${metric}_bucket{`) ? /\ble="([^"]+)"/.exec(name)?.[1] : undefined;
    if (bound === undefined) continue;
    const le = bound === '+Inf' ? Number.POSITIVE_INFINITY : Number(bound);
    counts.set(le, (counts.get(le) ?? 0) + value - (before.get(name) ?? 0));
  }
  const buckets = [...counts].sort(([a], [b]) => a - b);
  const wanted = share * (buckets.at(-1)?.[1] ?? 0);
  if (wanted === 0) return undefined;
  let [from, below] = [0, 0];
  for (const [le, count] of buckets) {
    if (count >= wanted)
      return le === Number.POSITIVE_INFINITY ? le : from + ((le - from) * (wanted - below)) / (count - below);
    [from, below] = [le, count];
  }
  return undefined;
}
