export type Vars = Readonly<Record<string, string | number>>;

const NAMED = /\$\{([a-z][A-Za-z0-9]{0,63})\}/g;

/** Names of the variables written as `${name}` anywhere in a value. */
export function varsIn(value: unknown): string[] {
  const names = new Set<string>();
  walk(value, (text) => {
    for (const [, name] of text.matchAll(NAMED)) names.add(name as string);
    return text;
  });
  return [...names];
}

/** The value with its variables filled in. A text that is one variable alone becomes its value, number or text. */
export const fillIn = <T>(value: T, vars: Vars): T =>
  walk(value, (text) => {
    const alone = /^\$\{([A-Za-z0-9]+)\}$/.exec(text)?.[1];
    if (alone !== undefined && Object.hasOwn(vars, alone)) return vars[alone];
    return text.replace(NAMED, (written, name: string) => (Object.hasOwn(vars, name) ? String(vars[name]) : written));
  }) as T;

function walk(value: unknown, onText: (text: string) => unknown): unknown {
  if (typeof value === 'string') return onText(value);
  if (Array.isArray(value)) return value.map((item) => walk(item, onText));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, walk(item, onText)]));
}
