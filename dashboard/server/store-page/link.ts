import { createHmac, timingSafeEqual } from 'node:crypto';
import { type DeviceKey, NAME_PATTERN, type StoreKey } from '../../../protocol/names.ts';

/** What a link opens: a store, or one till of it. */
export interface StoreLink {
  store: StoreKey;
  device?: DeviceKey;
}

/** Of the HMAC-SHA256: nobody guesses 128 bits, and the QR code stays coarse enough for a bad camera. */
const SIGNATURE_BYTES = 16;
const NAME = new RegExp(NAME_PATTERN);

/** The last part of a link’s address. It names the place openly and is worth nothing without its signature. */
export function signLink({ store, device }: StoreLink, generation: number, key: Uint8Array): string {
  const place = Buffer.from(`${device ?? store}`).toString('base64url');
  return `${place}.${generation}.${signatureOf(place, generation, key).toString('base64url')}`;
}

/** What the link opens, if it is of our making; whether its generation still counts is the caller’s to ask. */
export function readLink(token: string, key: Uint8Array): (StoreLink & { generation: number }) | undefined {
  const [, place = '', told = '', signature = ''] = /^([\w-]{3,400})\.(\d{1,9})\.([\w-]{22})$/.exec(token) ?? [];
  const generation = Number(told);
  const wanted = signatureOf(place, generation, key);
  const given = Buffer.from(signature, 'base64url');
  if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) return undefined;
  const [chain = '', store = '', device, ...more] = Buffer.from(place, 'base64url').toString().split('/');
  if (more.length > 0 || ![chain, store, ...(device === undefined ? [] : [device])].every((name) => NAME.test(name))) {
    return undefined;
  }
  const opened = `${chain}/${store}` as const;
  return { store: opened, generation, ...(device !== undefined && { device: `${opened}/${device}` as const }) };
}

const signatureOf = (place: string, generation: number, key: Uint8Array): Buffer =>
  createHmac('sha256', key).update(`store-page:${place}.${generation}`).digest().subarray(0, SIGNATURE_BYTES);
