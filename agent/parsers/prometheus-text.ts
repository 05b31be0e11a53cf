/** A line of Prometheus's text format 0.0.4. */
export interface Sample {
  name: string;
  labels: Record<string, string>;
  value: number;
}

export type MetricType = 'counter' | 'gauge' | 'histogram' | 'summary' | 'untyped';

export interface Scrape {
  samples: Sample[];
  /** By the name of the family. */
  types: ReadonlyMap<string, MetricType>;
  /** Lines that are no sample and no comment. */
  unreadable: number;
}

const NAME = /^[a-zA-Z_:][a-zA-Z0-9_:]*/;
const LABEL = /[\s,]*([a-zA-Z_][a-zA-Z0-9_]*)\s*=\s*"((?:[^"\\]|\\.)*)"/y;
const TYPE = /^# TYPE ([a-zA-Z_:][a-zA-Z0-9_:]*) (counter|gauge|histogram|summary|untyped)\s*$/;

/**
 * Reads a scrape line by line. Samples whose name `isWanted` refuses cost next to nothing. A line cut short, as the last
 * one of a body that was too long, is unreadable.
 */
export function parseScrape(text: string, isWanted: (name: string) => boolean): Scrape {
  const samples: Sample[] = [];
  const types = new Map<string, MetricType>();
  let unreadable = 0;
  for (const line of text.split('\n')) {
    if (line.startsWith('#')) {
      const [, family, type] = TYPE.exec(line) ?? [];
      if (family !== undefined) types.set(family, type as MetricType);
      continue;
    }
    if (line.trim() === '') continue;
    const name = NAME.exec(line)?.[0];
    if (name !== undefined && !isWanted(name)) continue;
    const sample = name === undefined ? undefined : parseSample(name, line);
    if (sample) samples.push(sample);
    else unreadable += 1;
  }
  return { samples, types, unreadable };
}

function parseSample(name: string, line: string): Sample | undefined {
  const labels: Record<string, string> = {};
  let at = name.length;
  if (line[at] === '{') {
    LABEL.lastIndex = at + 1;
    at += 1;
    for (let found = LABEL.exec(line); found; found = LABEL.exec(line)) {
      labels[found[1] as string] = unescapeLabel(found[2] as string);
      at = LABEL.lastIndex;
    }
    const end = /^[\s,]*\}/.exec(line.slice(at));
    if (!end) return undefined;
    at += end[0].length;
  }
  // Behind the value its moment may stand: a scrape is of now.
  const [, written] = /^\s+(\S+)(?:\s+-?\d+)?\s*$/.exec(line.slice(at)) ?? [];
  const value = written === undefined ? undefined : parseValue(written);
  return value === undefined ? undefined : { name, labels, value };
}

const unescapeLabel = (value: string): string =>
  value.replace(/\\(.)/g, (_, sign: string) => (sign === 'n' ? '\n' : sign));

function parseValue(text: string): number | undefined {
  if (/^[+]?Inf$/i.test(text)) return Number.POSITIVE_INFINITY;
  if (/^-Inf$/i.test(text)) return Number.NEGATIVE_INFINITY;
  if (/^NaN$/i.test(text)) return Number.NaN;
  const value = Number(text);
  return Number.isNaN(value) ? undefined : value;
}

/** The family a sample belongs to, and which part of it: a histogram or summary has several series. */
export function partOf(name: string, types: Scrape['types']): { family: string; type: MetricType; part: string } {
  const own = types.get(name);
  for (const part of ['bucket', 'sum', 'count']) {
    const family = name.endsWith(`_${part}`) ? name.slice(0, -part.length - 1) : undefined;
    const type = family === undefined ? undefined : types.get(family);
    if (own === undefined && family !== undefined && (type === 'histogram' || type === 'summary')) {
      return { family, type, part };
    }
  }
  return { family: name, type: own ?? 'untyped', part: own === 'summary' ? 'quantile' : '' };
}
