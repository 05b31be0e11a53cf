import type { ValueChange } from '../../protocol/rule-changes.ts';

/** Units a duration is written in, the largest first, in seconds. */
const UNITS = [
  ['d', 86_400],
  ['h', 3600],
  ['min', 60],
] as const;

/** Where the file says otherwise than the engine: by what it is called there. */
const WRITTEN: Readonly<Record<string, string>> = {
  'window.seconds': 'window',
  'window.aggregate': 'aggregate',
  'window.coverage': 'coverage',
  'noData.does': 'noData',
  'noData.after': 'after',
};

/** Whatever differs between two rules, or two of anything that is data, by path, as their file would write it. */
export function changesBetween(before: object, after: object): ValueChange[] {
  const [was, is] = [valuesOf(before), valuesOf(after)];
  return [...new Set([...was.keys(), ...is.keys()])].flatMap((path) => {
    const [from, to] = [was.get(path), is.get(path)];
    if (from === to) return [];
    return [{ path, ...(from !== undefined && { before: from }), ...(to !== undefined && { after: to }) }];
  });
}

function valuesOf(whole: object): Map<string, string> {
  const values = new Map<string, string>();
  const put = (path: string, value: unknown, isSeconds: boolean): void => {
    if (value === undefined) return;
    if (Array.isArray(value) && !value.some((one) => typeof one === 'object')) {
      values.set(nameOf(path), value.join(', '));
    } else if (typeof value === 'object' && value !== null) {
      for (const [key, inner] of Object.entries(value)) {
        const counts = isSeconds || key === 'seconds' || /[a-z]S$/.test(key);
        put(join(path, key, Array.isArray(value)), inner, counts);
      }
    } else values.set(nameOf(path), textOf(path, value, isSeconds));
  };
  put('', whole, false);
  return values;
}

const join = (path: string, key: string, isList: boolean): string => {
  if (isList) return `${path}[${key}]`;
  const name = /[a-z]S$/.test(key) ? key.slice(0, -1) : key;
  return path === '' ? name : `${path}.${name}`;
};

const nameOf = (path: string): string => WRITTEN[path] ?? path.replace(/^scope\./, '');

function textOf(path: string, value: unknown, isSeconds: boolean): string {
  if (isSeconds && typeof value === 'number') return durationOf(value);
  return path === 'window.coverage' ? String(Math.round(Number(value) * 100)) : String(value);
}

function durationOf(seconds: number): string {
  const [unit, size] = UNITS.find(([, each]) => seconds > 0 && seconds % each === 0) ?? ['s', 1];
  return `${seconds / size} ${unit}`;
}
