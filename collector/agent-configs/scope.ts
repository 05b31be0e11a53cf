import { DEVICE_KINDS, type DeviceKind } from '../../protocol/inventory.ts';
import { chainOf, type DeviceKey, NAME_PATTERN, storeOf } from '../../protocol/names.ts';
import type { ConfigScope } from '../ports.ts';

const name = new RegExp(NAME_PATTERN);
const kinds: ReadonlySet<string> = new Set(DEVICE_KINDS);

/** Whether a text names a scope: a chain, a store or a device; `:kind` after a chain or a store. */
export function isScope(text: string): boolean {
  const [place = '', kind, ...rest] = text.split(':');
  const parts = place.split('/');
  if (rest.length > 0 || parts.length > 3 || !parts.every((part) => name.test(part))) return false;
  return kind === undefined || (parts.length < 3 && kinds.has(kind));
}

/**
 * The scopes a device is in, from the widest to its own. A narrower place goes over a wider one, and in the same place
 * the settings of a kind over those of all.
 */
export function scopesOf(device: DeviceKey, kind: DeviceKind): ConfigScope[] {
  const chain = chainOf(device);
  const store = storeOf(device);
  return [chain, `${chain}:${kind}`, store, `${store}:${kind}`, device];
}

/** Whether a device is in a scope. */
export const isIn = (device: DeviceKey, kind: DeviceKind, scope: ConfigScope): boolean =>
  scopesOf(device, kind).includes(scope);
