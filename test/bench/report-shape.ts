import { readFileSync } from 'node:fs';
import { defaultRulePackPath } from '../../alerting/rules/read-rule-pack.ts';
import type { Inventory } from '../../protocol/inventory.ts';

/** What every ingest bench carries: reports of these 20 values, from stores whose gateway speaks for all its tills. */
export const VALUES_PER_REPORT = 20;
export const STORES = 20;
export const DEVICES_PER_STORE = 50;
export const DEVICES = STORES * DEVICES_PER_STORE;

const MEASUREMENTS: Record<string, string[]> = {
  cpu: ['usage_active', 'usage_user', 'usage_system', 'usage_iowait'],
  mem: ['used_percent', 'available', 'free', 'cached'],
  disk: ['used_percent', 'free', 'inodes_free', 'total'],
  net: ['bytes_recv', 'bytes_sent', 'err_in', 'drop_in'],
  system: ['load1', 'load5', 'uptime', 'n_cpus'],
};

/** Measurement and field of each value. */
export const VALUE_NAMES = Object.entries(MEASUREMENTS).flatMap(([m, fields]) => fields.map((f) => [m, f] as const));

export function benchInventory(): Inventory {
  const stores = Array.from({ length: STORES }, (_, s) => ({
    name: `s${s}`,
    title: `Store ${s}`,
    timeZone: 'Europe/Paris',
    devices: [
      { name: 'gw', kind: 'gateway' as const },
      ...Array.from({ length: DEVICES_PER_STORE }, (_, d) => ({
        name: `d${d}`,
        kind: 'till' as const,
        lane: d + 1,
        gateway: 'gw',
      })),
    ],
  }));
  return { chains: [{ name: 'bench', title: 'Bench', simulated: true, stores }] };
}

/** The default rules and one threshold for every value of a report, which none crosses: what the peers judge too. */
export function ruleForEveryValue(): string {
  const rules = VALUE_NAMES.map(
    ([measurement, field]) => `
  - id: bench-${measurement}-${field.replaceAll('_', '-')}
    title: { fr: ${field}, en: ${field} }
    type: threshold
    measurement: ${measurement}
    field: ${field}
    direction: above
    raise: 1000
    clear: 900
    severity: warning
    urgency: 3
    hours: always
    for: 0 s
    clearFor: 0 s
`,
  );
  return readFileSync(defaultRulePackPath, 'utf8') + rules.join('');
}
