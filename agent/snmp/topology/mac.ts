import { hexOf, type SnmpValue, textOf } from '../value.ts';

const WRITTEN = /^(?:[0-9a-f]{1,2}[:-]){5}[0-9a-f]{1,2}$/i;
const DOTTED = /^[0-9a-f]{4}\.[0-9a-f]{4}\.[0-9a-f]{4}$/i;

/** `aa:bb:cc:dd:ee:ff` of six octets, or of a text that writes them; undefined where it is the address of no single card. */
export function macOf(value: SnmpValue | undefined): string | undefined {
  if (!(value?.value instanceof Uint8Array)) return undefined;
  return value.value.length === 6 ? macOfOctets(value.value) : macInText(textOf(value));
}

/** Of an index: one number for each octet. */
export function macOfOctets(octets: ArrayLike<number>): string | undefined {
  if (octets.length !== 6 || !areOctets(octets)) return undefined;
  const bytes = Uint8Array.from(octets);
  const isOne = ((bytes[0] as number) & 1) === 0 && bytes.some((octet) => octet !== 0);
  return isOne ? hexOf(bytes, ':') : undefined;
}

/** Numbers of an index may be anything. */
export const areOctets = (numbers: ArrayLike<number>): boolean =>
  Array.from(numbers).every((number) => number >= 0 && number <= 255);

function macInText(text: string): string | undefined {
  if (WRITTEN.test(text)) return macOfOctets(text.split(/[:-]/).map((octet) => Number.parseInt(octet, 16)));
  return DOTTED.test(text) ? macOfOctets(Buffer.from(text.replaceAll('.', ''), 'hex')) : undefined;
}

// Of VRRP, HSRP and GLBP: several routers bear the same one.
const SHARED = /^(00:00:5e:00:0[12]|00:00:0c:(07:ac|9f:f[0-9a-f])|00:07:b4:00)/;

/** Several devices may answer for it. */
export const isShared = (mac: string): boolean => SHARED.test(mac);
