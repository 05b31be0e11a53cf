import { type Static, Type } from 'typebox';
import type { CheckPlugin, RunCheck } from './check.ts';
import { registry } from './checks/registry.gen.ts';
import { listFaults } from './config-faults.ts';

const DEFAULT_TIMEOUT_MS = 5000;
const LONGEST_NAME = 128;

/** What every check takes, whatever its type; the rest are the type's own options. */
export const CheckEntry = Type.Object(
  {
    type: Type.String({ minLength: 1, description: 'What is measured: the name of a check.' }),
    name: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 128,
        description: 'What rules and people call it; by default its type, with what tells it apart.',
      }),
    ),
    timeoutMs: Type.Optional(
      Type.Integer({
        minimum: 100,
        maximum: 60_000,
        default: 5000,
        description: 'Milliseconds it may take; then it counts as unknown.',
      }),
    ),
    everyS: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: 86_400,
        description: 'Seconds between two runs, for a slower check; by default it runs for every report.',
      }),
    ),
  },
  { description: 'A check and its options.' },
);
export type CheckEntry = Static<typeof CheckEntry> & Record<string, unknown>;

/** A check of the configuration, ready to run. */
export interface LoadedCheck {
  /** Unique on this agent: what its statuses bear. */
  name: string;
  timeoutMs: number;
  /** Absent: with every report. */
  everyS?: number;
  run: RunCheck;
}

/**
 * Loads the plugins the entries name, and no other, and gives each instance its name. Faults bear the entry's place in
 * the list.
 */
export async function loadChecks(
  entries: readonly [number, CheckEntry][],
): Promise<{ checks: LoadedCheck[]; faults: string[] }> {
  const checks: LoadedCheck[] = [];
  const faults: string[] = [];
  const places = new Map<string, string>();
  for (const [index, { type, name, timeoutMs = DEFAULT_TIMEOUT_MS, everyS, ...options }] of entries) {
    const place = `checks[${index}]`;
    const load = Object.hasOwn(registry, type) ? registry[type] : undefined;
    if (!load) {
      faults.push(
        `${place}.type: no check is called ${JSON.stringify(type)}; known are ${Object.keys(registry).join(', ')}`,
      );
      continue;
    }
    const plugin = await load();
    const wrong = listFaults(plugin.options, options, place);
    if (wrong.length > 0) {
      faults.push(...wrong);
      continue;
    }
    const called = (name ?? nameOf(plugin, options)).slice(0, LONGEST_NAME);
    const twin = places.get(called);
    if (twin !== undefined) {
      faults.push(`${place}.name: ${JSON.stringify(called)} is already the name of ${twin}; give one of them another`);
      continue;
    }
    places.set(called, place);
    checks.push({ name: called, timeoutMs, ...(everyS !== undefined && { everyS }), run: plugin.create(options) });
  }
  return { checks, faults };
}

function nameOf(plugin: CheckPlugin, options: Record<string, unknown>): string {
  const distinct = plugin.distinguish?.(options);
  return distinct === undefined ? plugin.type : `${plugin.type}:${distinct}`;
}
