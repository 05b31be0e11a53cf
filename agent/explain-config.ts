import type { AgentConfig } from './config.ts';
import { AgentConfigFile } from './config-schema.ts';

/** One value of a configuration, and who said it; `default` where nobody did. */
export interface Explained {
  key: string;
  value: string;
  from: string;
}

/** Told apart by themselves, or not values of their own. */
const APART: ReadonlySet<string> = new Set(['vars', 'checks', 'removeChecks']);

/** Every value in force with where it comes from, check by check. The options of checks are not told: some are secrets. */
export function explainConfig(config: AgentConfig): Explained[] {
  const said: Readonly<Record<string, unknown>> = { ...config.written, ...config.centre };
  const schemas = AgentConfigFile.properties as Readonly<Record<string, { default?: unknown }>>;
  const values = Object.entries(schemas).flatMap(([key, { default: standard }]): Explained[] => {
    if (APART.has(key)) return [];
    const value = said[key] ?? standard;
    if (value === undefined) return [];
    return [{ key, value: textOf(value), from: said[key] === undefined ? 'default' : (config.from[key] ?? 'default') }];
  });
  const vars = Object.entries(config.vars).map(([name, value]) => ({
    key: `vars.${name}`,
    value: textOf(value),
    from: config.from[`vars.${name}`] ?? 'default',
  }));
  const checks = config.checks.map(({ name, type, everyS, from }) => ({
    key: `checks.${name}`,
    value: everyS === undefined ? type : `${type}, ${everyS} s`,
    from,
  }));
  return [...values, ...vars, ...checks];
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));
