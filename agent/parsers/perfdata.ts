/** A value of a plugin's performance data, after the plugin guidelines: `'label'=value[unit];warn;crit;min;max`. */
export interface PerfValue {
  label: string;
  /** As written: s, ms, us, %, B, KB, c, …; empty for a bare number. */
  unit: string;
  value: number;
  warning?: Range;
  critical?: Range;
  min?: number;
  max?: number;
}

/** A threshold. It alerts outside of its two ends, or between them when it began with `@`; an end left out is endless. */
export interface Range {
  low?: number;
  high?: number;
  isInside: boolean;
}

/** The text of a plugin, apart from its performance data. */
export interface PluginOutput {
  firstLine: string;
  /** The lines that follow it. */
  longText: string;
  values: PerfValue[];
}

/** Reads what a plugin printed: text, `|`, performance data; more lines of text, `|`, more performance data. */
export function parsePluginOutput(stdout: string): PluginOutput {
  const lines = stdout.split(/\r?\n/);
  const [firstLine = '', firstData = ''] = cut(lines[0] ?? '');
  const rest = lines.slice(1).join('\n');
  const [longText = '', longData = ''] = cut(rest);
  return {
    firstLine: firstLine.trim(),
    longText: longText.trim(),
    values: parsePerfdata(`${firstData} ${longData.replaceAll('\n', ' ')}`),
  };
}

function cut(text: string): [string, string] {
  const at = text.indexOf('|');
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}

/** A label is quoted where it holds a space or a sign; a quote in it is doubled. Data that is not well formed is skipped. */
const ITEM = /(?:'((?:[^']|'')+)'|([^\s='|;]+))=(\S+)/g;
const NUMBER = '[-+]?(?:\\d+(?:[.,]\\d*)?|[.,]\\d+)(?:[eE][-+]?\\d+)?';
const RANGE = new RegExp(`^(@?)((~|${NUMBER}|):)?(${NUMBER}|)$`);
const VALUE = new RegExp(`^(${NUMBER})([^\\d\\s;]*)$`);

export function parsePerfdata(text: string): PerfValue[] {
  const values: PerfValue[] = [];
  for (const [, quoted, bare = '', data = ''] of text.matchAll(ITEM)) {
    const [first = '', warn = '', crit = '', least = '', most = ''] = data.split(';');
    // `U` stands for a value that could not be found out.
    const [, number, unit = ''] = VALUE.exec(first) ?? [];
    if (number === undefined) continue;
    const warning = parseRange(warn);
    const critical = parseRange(crit);
    const min = toNumber(least);
    const max = toNumber(most);
    values.push({
      label: quoted === undefined ? bare : quoted.replaceAll("''", "'"),
      unit,
      value: Number(number.replace(',', '.')),
      ...(warning && { warning }),
      ...(critical && { critical }),
      ...(min !== undefined && { min }),
      ...(max !== undefined && { max }),
    });
  }
  return values;
}

/** `10` is 0 to 10, `10:` from 10 on, `~:10` up to 10, `10:20`, and `@10:20` alerts inside. */
export function parseRange(written: string): Range | undefined {
  const [, inside, , start, end] = RANGE.exec(written) ?? [];
  if (inside === undefined || (start === undefined && !end)) return undefined;
  const low = start === '~' ? undefined : toNumber(start || '0');
  const high = toNumber(end ?? '');
  return { ...(low !== undefined && { low }), ...(high !== undefined && { high }), isInside: inside === '@' };
}

function toNumber(text: string): number | undefined {
  return new RegExp(`^${NUMBER}$`).test(text) ? Number(text.replace(',', '.')) : undefined;
}
