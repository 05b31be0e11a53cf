import type { CheckPlugin, RunCheck } from './check.ts';
import type { CheckEntry } from './check-entry.ts';
import { registry } from './checks/registry.gen.ts';
import { listFaults } from './config-faults.ts';
import { describeError } from './describe-error.ts';
import { fillIn, type Vars, varsIn } from './vars.ts';

const DEFAULT_TIMEOUT_MS = 5000;
const LONGEST_NAME = 128;

/** A check of the configuration, ready to run. */
export interface LoadedCheck {
  /** Unique on this agent: what its statuses bear. */
  name: string;
  type: string;
  timeoutMs: number;
  /** Absent: with every report. */
  everyS?: number;
  /** The layer that says it. */
  from: string;
  /** Its entry with every variable filled in, as text: two that are alike are one and the same check. */
  entry: string;
  run: RunCheck;
}

/** Checks one layer of the configuration adds, puts in the place of others, or takes away. */
export interface CheckLayer {
  from: string;
  /** Where its entries stand, as faults name it: `checks`. */
  place: string;
  entries: readonly (readonly [number, CheckEntry])[];
  removed: readonly string[];
  /** Its entries stand for what a device may have: those whose variables nobody set are left out. */
  isOffer?: boolean;
}

/**
 * Loads the plugins the layers name, and no other, and gives each check its name. A later layer's check stands in the
 * place of an earlier one's of the same name; within one layer that is a fault. Faults bear the entry's place.
 */
export async function loadChecks(
  layers: readonly CheckLayer[],
  vars: Vars,
): Promise<{ checks: LoadedCheck[]; faults: string[] }> {
  const checks = new Map<string, LoadedCheck>();
  const faults: string[] = [];
  for (const { from, place, entries, removed, isOffer = false } of layers) {
    for (const name of removed) checks.delete(name);
    const places = new Map<string, string>();
    for (const [index, written] of entries) {
      const at = `${place}[${index}]`;
      const unset = varsIn(written).filter((name) => !Object.hasOwn(vars, name));
      if (unset.length > 0) {
        if (!isOffer) faults.push(...unset.map((name) => `${at}: the variable \${${name}} is not set in vars`));
        continue;
      }
      const loaded = await loadCheck(fillIn(written, vars), from, at);
      if (Array.isArray(loaded)) {
        faults.push(...loaded);
        continue;
      }
      const twin = places.get(loaded.name);
      if (twin !== undefined) {
        faults.push(
          `${at}.name: ${JSON.stringify(loaded.name)} is already the name of ${twin}; give one of them another`,
        );
        continue;
      }
      places.set(loaded.name, at);
      checks.set(loaded.name, loaded);
    }
  }
  return { checks: [...checks.values()], faults };
}

/** One check, or its faults. */
async function loadCheck(entry: CheckEntry, from: string, at: string): Promise<LoadedCheck | string[]> {
  const { type, name, timeoutMs = DEFAULT_TIMEOUT_MS, everyS, ...options } = entry;
  const plugin = await pluginOf(type);
  if (plugin === undefined) {
    return [`${at}.type: no check is called ${JSON.stringify(type)}; known are ${Object.keys(registry).join(', ')}`];
  }
  const wrong = listFaults(plugin.options, options, at);
  if (wrong.length > 0) return wrong;
  try {
    return {
      name: (name ?? nameOf(plugin, options)).slice(0, LONGEST_NAME),
      type,
      timeoutMs,
      ...(everyS !== undefined && { everyS }),
      from,
      entry: JSON.stringify(entry),
      run: plugin.create(options),
    };
  } catch (error) {
    return [`${at}: cannot be made ready: ${describeError(error)}`];
  }
}

/** What a check is called; undefined where its options do not tell: they are wrong, or wait for a variable. */
export async function checkName({
  type,
  name,
  timeoutMs: _t,
  everyS: _e,
  ...options
}: CheckEntry): Promise<string | undefined> {
  if (name !== undefined) return name;
  const plugin = await pluginOf(type);
  return plugin && listFaults(plugin.options, options).length === 0 ? nameOf(plugin, options) : undefined;
}

async function pluginOf(type: string): Promise<CheckPlugin | undefined> {
  return Object.hasOwn(registry, type) ? registry[type]?.() : undefined;
}

function nameOf(plugin: CheckPlugin, options: Record<string, unknown>): string {
  const distinct = plugin.distinguish?.(options);
  return distinct === undefined ? plugin.type : `${plugin.type}:${distinct}`;
}
