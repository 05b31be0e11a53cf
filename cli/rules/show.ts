import { readEffectiveRules } from '../../alerting/engine/effective-rules.ts';
import type { RulePack } from '../../alerting/engine/types.ts';
import { faultsOfOverrides } from '../../alerting/rules/override-faults.ts';
import { RulePackError } from '../../alerting/rules/parse-rule-pack.ts';
import { readRulePack } from '../../alerting/rules/read-rule-pack.ts';
import { viewRule } from '../../alerting/rules/view-rules.ts';
import type { Chain, Inventory } from '../../protocol/inventory.ts';
import { type DeviceKey, deviceKey, storeKey } from '../../protocol/names.ts';
import type { RuleView } from '../../protocol/rule-views.ts';
import { askServer } from '../call-server.ts';
import type { Invocation } from '../command.ts';
import { Fault } from '../fault.ts';
import { readInventory } from '../read-inventory.ts';
import { words } from '../words/index.ts';
import { linesOfRule } from './tell-rule.ts';

/** Several devices with the same rules. */
interface Alike {
  devices: string[];
  rules: RuleView[];
}

/**
 * Tells the rules of a device, or of all devices of a store or of everywhere, those that are alike together. From a running
 * server, or from a file of rules; then what its overrides get wrong is told too.
 * @throws Fault
 */
export async function showRules(invocation: Invocation): Promise<void> {
  const { operands, flags, locale, say } = invocation;
  const [place = ''] = operands;
  const text = words(locale).ruleValues;
  const source = flags.rules === undefined ? await askedOf(place, invocation) : await readOf(place, invocation);
  if (source.all.length === 0) throw new Fault(text.noDevice(place));
  const hidesPack = flags.changed === true || place === '';
  for (const { devices, rules } of source.all) {
    const lines = rules.flatMap((rule) => linesOfRule(rule, { hidesPack, locale }));
    if (lines.length === 0 && source.all.length > 1) continue;
    say(
      devices.length > 4 ? `${devices.slice(0, 3).join(' ')} … (${text.devices(devices.length)})` : devices.join(' '),
    );
    for (const line of lines.length > 0 ? lines : [`  ${text.nothingElse}`]) say(line);
  }
  if (source.faults.length === 0) return;
  say(text.faults(source.faults.length));
  for (const { path, message } of source.faults) say(`  ${path} ${message}`);
}

interface Source {
  all: Alike[];
  faults: { path: string; message: string }[];
}

/** By the rules the server judges by. */
async function askedOf(place: string, invocation: Invocation): Promise<Source> {
  const text = words(invocation.locale).ruleValues;
  if (invocation.flags.inventory !== undefined) throw new Fault(text.inventoryWithoutRules);
  if (place === '') throw new Fault(text.needsPlace);
  const levels = place.split('/').length;
  const devices: string[] = levels === 3 ? [place] : levels === 2 ? await devicesOf(place, invocation) : [];
  const told: [string, RuleView[]][] = [];
  for (const device of devices) {
    const path = `/api/v1/devices/${device.split('/').map(encodeURIComponent).join('/')}/rules`;
    told.push([device, ((await askServer(invocation, path)) as { rules: RuleView[] }).rules]);
  }
  return { all: alikeOf(told), faults: [] };
}

async function devicesOf(store: string, invocation: Invocation): Promise<string[]> {
  const answer = await askServer(invocation, `/api/v1/devices?${new URLSearchParams({ store })}`);
  return (answer as { devices: { key: string }[] }).devices.map(({ key }) => key);
}

/** By the rules of a file. What only agents tell of a device is not known here. */
async function readOf(place: string, invocation: Invocation): Promise<Source> {
  const { flags } = invocation;
  const pack = readRules(String(flags.rules));
  const { chains } =
    flags.inventory === undefined
      ? ((await askServer(invocation, '/api/v1/inventory')) as Inventory)
      : readInventory(String(flags.inventory), invocation);
  return { all: alikeOf(rulesAt(place, pack, chains)), faults: faultsOfOverrides(pack, chains) };
}

function readRules(path: string): RulePack {
  try {
    return readRulePack(path);
  } catch (error) {
    throw error instanceof RulePackError ? new Fault(error.message) : error;
  }
}

function* rulesAt(place: string, pack: RulePack, chains: readonly Chain[]): Iterable<[DeviceKey, RuleView[]]> {
  const read = readEffectiveRules(pack);
  for (const { name, stores } of chains) {
    for (const store of stores) {
      for (const device of store.devices) {
        const key = deviceKey(name, store.name, device.name);
        if (place !== '' && place !== key && place !== storeKey(name, store.name)) continue;
        yield [key, read(store, device, key).map((rule) => viewRule(rule, pack))];
      }
    }
  }
}

function alikeOf(told: Iterable<readonly [string, RuleView[]]>): Alike[] {
  const groups = new Map<string, Alike>();
  for (const [device, rules] of told) {
    const key = JSON.stringify(rules);
    const known = groups.get(key);
    if (known) known.devices.push(device);
    else groups.set(key, { devices: [device], rules });
  }
  return [...groups.values()];
}
