import type { DeviceKey, StoreKey } from '../../protocol/names.ts';
import { FIRST_INSTANT, LAST_INSTANT, partsOf } from './lines.ts';
import { storedText } from './names.ts';

export const ident = (name: string): string => `"${name.replace(/[\\"]/g, '\\$&')}"`;

const literal = (text: string): string => `'${text.replace(/[\\']/g, '\\$&')}'`;

export const isTag = (name: string, stored: string): string => `${ident(name)}::tag = ${literal(stored)}`;

export function isDevice(device: DeviceKey): string {
  const [chain, host, store] = partsOf(device).map(storedText) as [string, string, string];
  return `${isTag('chain', chain)} AND ${isTag('store', store)} AND ${isTag('host', host)}`;
}

export function isStore(store: StoreKey): string {
  const [chain, , name] = partsOf(`${store}/x`).map(storedText) as [string, string, string];
  return `${isTag('chain', chain)} AND ${isTag('store', name)}`;
}

/** From `from` on, before `to`. */
export function within(from: number, to: number): string {
  return `time >= ${instant(from)} AND time < ${instant(to)}`;
}

const instant = (at: number): string => `${Math.min(Math.max(Math.ceil(at), FIRST_INSTANT), LAST_INSTANT)}ms`;
