import type { DeviceKey, StoreKey } from '../../protocol/names.ts';

export type Route =
  | { page: 'wall' }
  | { page: 'incidents' }
  | { page: 'incident'; number: number }
  | { page: 'store'; store: StoreKey }
  | { page: 'device'; store: StoreKey; device: DeviceKey }
  | { page: 'lost' };

/** Which page a path names. */
export function readPath(path: string): Route {
  const parts = path.split('/').filter((part) => part !== '');
  const [first, ...rest] = parts;
  if (first === undefined) return { page: 'wall' };
  if (first === 'incidents' && rest.length === 0) return { page: 'incidents' };
  if (first === 'incidents' && rest.length === 1 && /^[1-9]\d{0,15}$/.test(rest[0] as string)) {
    return { page: 'incident', number: Number(rest[0]) };
  }
  if (first === 'stores' && rest.length === 2) return { page: 'store', store: rest.join('/') as StoreKey };
  if (first === 'devices' && rest.length === 3) {
    return { page: 'device', store: rest.slice(0, 2).join('/') as StoreKey, device: rest.join('/') as DeviceKey };
  }
  return { page: 'lost' };
}
