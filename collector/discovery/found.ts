import { type FactRecord, pathParts } from '../../protocol/facts.ts';
import { DEVICE_KINDS, type DeviceKind } from '../../protocol/inventory.ts';
import { NAME_PATTERN } from '../../protocol/names.ts';

/** What an agent found at an address of its store. */
export interface Found {
  address: string;
  /** What it is, in the agent's words. */
  kind?: string;
  vendor?: string;
  model?: string;
  serial?: string;
  /** What it calls itself. */
  name?: string;
  mac?: string;
  /** The agent's own name of the credentials it answered to. */
  credential?: string;
  /** The device it is, where the agent watches it already. */
  device?: string;
}

const FIELDS: ReadonlySet<string> = new Set([
  'kind',
  'vendor',
  'model',
  'serial',
  'name',
  'mac',
  'credential',
  'device',
] satisfies (keyof Found)[]);

/** What an agent's facts tell of its last sweep, in the order of the addresses. */
export function foundIn(facts: FactRecord): Found[] {
  const found = new Map<string, Found>();
  for (const path of Object.keys(facts).sort()) {
    const { section, item: address, field } = pathParts(path);
    if (section !== 'found' || address === undefined || !FIELDS.has(field)) continue;
    found.set(address, { ...found.get(address), address, [field]: facts[path] });
  }
  return [...found.values()];
}

/** What tells one machine from another at the same address. */
export const identityOf = ({ serial, mac, vendor, model, name }: Found): string =>
  serial ?? mac?.toLowerCase() ?? [vendor, model, name].join(' ').trim();

const kinds: ReadonlySet<string> = new Set(DEVICE_KINDS);

/** The inventory's kind of what an agent found. */
export function kindOf({ kind = '' }: Pick<Found, 'kind'>): DeviceKind {
  if (kind === 'hypervisor') return 'server';
  return kinds.has(kind) ? (kind as DeviceKind) : 'other';
}

const isName = new RegExp(NAME_PATTERN);

/** A name for it that its store does not have yet: what it calls itself, or its kind and a number. */
export function proposedName(found: Found, taken: ReadonlySet<string>): string {
  const own = (found.device ?? found.name?.split('.', 1)[0] ?? '')
    .normalize('NFD')
    .replace(/\p{Diacritic}/gu, '')
    .replace(/[^A-Za-z0-9._-]+/g, '-')
    .replace(/^[^A-Za-z0-9]+|-+$/g, '')
    .slice(0, 64);
  if (isName.test(own) && !taken.has(own)) return own;
  for (let n = 1; ; n++) {
    const name = `${kindOf(found)}-${n}`;
    if (!taken.has(name)) return name;
  }
}
