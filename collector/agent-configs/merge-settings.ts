import type { ConfigScope, ScopeVersion, Settings } from '../ports.ts';

/** What a check is called, where its entry tells; it is the agents' knowledge. */
export type NameOf = (entry: Readonly<Record<string, unknown>>) => Promise<string | undefined>;

/** Who said something. */
export interface Said {
  scope: ConfigScope;
  version: number;
}

/** What a device is to run, and who said it: by key, `vars.name`, `checks.name` or `removeChecks.name`. */
export interface Effective {
  settings: Settings;
  from: Readonly<Record<string, Said>>;
}

interface Named {
  name: string;
  entry: Record<string, unknown>;
}

/**
 * Puts settings one over the other, the last highest: key by key, variables and checks one by one. A check that is
 * taken away and set again further down is set.
 */
export async function mergeSettings(versions: readonly ScopeVersion[], nameOf: NameOf): Promise<Effective> {
  const merged: Record<string, unknown> = {};
  const from: Record<string, Said> = {};
  const vars: Record<string, unknown> = {};
  const checks = new Map<string, Named>();
  const removed = new Set<string>();
  for (const { scope, version, settings } of versions) {
    const said = { scope, version };
    const { vars: ownVars, checks: ownChecks, removeChecks, ...rest } = settings as Record<string, unknown>;
    for (const [key, value] of Object.entries(rest)) {
      merged[key] = value;
      from[key] = said;
    }
    for (const [key, value] of Object.entries((ownVars ?? {}) as Record<string, unknown>)) {
      vars[key] = value;
      from[`vars.${key}`] = said;
    }
    for (const name of (removeChecks ?? []) as string[]) {
      checks.delete(name);
      delete from[`checks.${name}`];
      removed.add(name);
      from[`removeChecks.${name}`] = said;
    }
    for (const entry of (ownChecks ?? []) as Record<string, unknown>[]) {
      // One whose name waits for a variable stands for itself alone.
      const name = (await nameOf(entry)) ?? JSON.stringify(entry);
      checks.set(name, { name, entry });
      from[`checks.${name}`] = said;
      removed.delete(name);
      delete from[`removeChecks.${name}`];
    }
  }
  if (Object.keys(vars).length > 0) merged.vars = vars;
  if (checks.size > 0) merged.checks = Array.from(checks.values(), ({ entry }) => entry);
  if (removed.size > 0) merged.removeChecks = [...removed];
  return { settings: merged, from };
}
