import type { EffectiveConfig } from '../../ports.ts';

const GROUPS = ['vars', 'checks', 'removeChecks'] as const;

/** A value a device is to run, and which scope says it. */
export interface Effective {
  id: string;
  /** Undefined: a key of its own, such as `intervalS`. */
  group: (typeof GROUPS)[number] | undefined;
  name: string;
  value: string;
  scope: string;
  version: number;
}

/** Every value of a device's settings with its origin, in the order the server tells them. */
export function effectiveOf({ settings, from }: Pick<EffectiveConfig, 'settings' | 'from'>): Effective[] {
  return Object.entries(from).map(([id, { scope, version }]) => {
    const group = GROUPS.find((each) => id.startsWith(`${each}.`));
    const name = group === undefined ? id : id.slice(group.length + 1);
    return { id, group, name, value: write(settingOf(settings, group, name)), scope, version };
  });
}

function settingOf(settings: EffectiveConfig['settings'], group: Effective['group'], name: string): unknown {
  if (group === undefined) return settings[name];
  const held = settings[group];
  if (group === 'vars') return (held as Record<string, unknown> | undefined)?.[name];
  if (group === 'removeChecks' || !Array.isArray(held)) return undefined;
  // Without a name of its own a check is called by its type, with what tells it apart behind a colon.
  const checks = held as { name?: string; type?: string }[];
  const isCalled = (check: (typeof checks)[number]) => (check.name ?? check.type) === name;
  const { name: _name, ...check } =
    checks.find(isCalled) ??
    checks.find(({ name: own, type }) => own === undefined && name.startsWith(`${type}:`)) ??
    {};
  return check;
}

const write = (value: unknown): string =>
  value === undefined
    ? ''
    : typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.entries(value)
          .map(([key, each]) => `${key}: ${write(each)}`)
          .join(', ')
      : Array.isArray(value)
        ? value.map(write).join(', ')
        : String(value);
