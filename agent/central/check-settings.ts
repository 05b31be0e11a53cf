import { CheckEntry } from '../check-entry.ts';
import { listFaults } from '../config-faults.ts';
import { CentralSettings } from '../config-schema.ts';
import { loadChecks } from '../load-checks.ts';
import { catalogue } from '../profiles/catalogue.ts';
import { type Vars, varsIn } from '../vars.ts';

/**
 * Every fault of what the centre means to set, as far as it can be told without a device: a check that waits for a
 * variable is looked at by the device that has it.
 */
export async function faultsOfSettings(settings: Readonly<Record<string, unknown>>): Promise<string[]> {
  const faults = listFaults(CentralSettings, settings);
  if (faults.length > 0) return faults;
  const { profile, vars = {}, checks = [], snmpDevices } = settings as CentralSettings & { vars?: Vars };
  if (profile !== undefined && !Object.hasOwn(catalogue, profile)) {
    const known = Object.keys(catalogue).join(', ');
    faults.push(`profile: no profile is called ${JSON.stringify(profile)}; known are ${known}`);
  }
  const entries = [...checks.entries()].filter(
    (pair): pair is [number, CheckEntry] =>
      listFaults(CheckEntry, pair[1]).length === 0 && varsIn(pair[1]).every((name) => Object.hasOwn(vars, name)),
  );
  if (snmpDevices !== undefined) {
    const { SnmpDeviceEntries } = await import('../snmp/options.ts');
    faults.push(...listFaults(SnmpDeviceEntries, snmpDevices, 'snmpDevices'));
  }
  const { faults: wrong } = await loadChecks([{ from: 'central', place: 'checks', entries, removed: [] }], vars);
  return [...faults, ...wrong];
}
