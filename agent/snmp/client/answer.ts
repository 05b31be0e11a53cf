import snmp, { type Varbind } from 'net-snmp';
import type { SnmpValue } from '../value.ts';
import { isOid } from './oid.ts';

/** What was told for one OID. Without a value: there is none there, or of a type that means nothing. */
export interface Answer {
  oid: string;
  value?: SnmpValue;
  /** Nothing is there: noSuchObject, noSuchInstance, endOfMibView. */
  isEnd?: true;
  /** Nor is anything behind it: endOfMibView. */
  isEndOfAll?: true;
}

const { ObjectType } = snmp;
const ENDS: ReadonlySet<number> = new Set([
  ObjectType.NoSuchObject,
  ObjectType.NoSuchInstance,
  ObjectType.EndOfMibView,
]);
const NUMBERS: Readonly<Record<number, 'integer' | 'counter32' | 'gauge' | 'timeticks'>> = {
  [ObjectType.Integer]: 'integer',
  [ObjectType.Counter]: 'counter32',
  [ObjectType.Gauge]: 'gauge',
  [ObjectType.TimeTicks]: 'timeticks',
};
const OCTETS: Readonly<Record<number, 'octets' | 'opaque'>> = {
  [ObjectType.OctetString]: 'octets',
  [ObjectType.Opaque]: 'opaque',
};
const COUNTER64_BYTES_MAX = 9;

export function answerOf({ oid, type, value }: Varbind): Answer {
  if (ENDS.has(type)) return { oid, isEnd: true, ...(type === ObjectType.EndOfMibView && { isEndOfAll: true }) };
  const read = readValue(type, value);
  return { oid, ...(read && { value: read }) };
}

/** Bytes may be anything: what does not fit its type is no value. */
function readValue(type: number, value: unknown): SnmpValue | undefined {
  const number = NUMBERS[type];
  if (number !== undefined) return typeof value === 'number' ? { type: number, value } : undefined;
  if (typeof value === 'string') return textValue(type, value);
  if (!(value instanceof Uint8Array)) return undefined;
  const octets = OCTETS[type];
  // A copy: the datagram it was cut from is not kept for it.
  if (octets !== undefined) return { type: octets, value: new Uint8Array(value) };
  return type === ObjectType.Counter64 ? counter64(value) : undefined;
}

function textValue(type: number, value: string): SnmpValue | undefined {
  if (type === ObjectType.IpAddress) return { type: 'ip', value };
  return type === ObjectType.OID && isOid(value) ? { type: 'oid', value } : undefined;
}

function counter64(bytes: Uint8Array): SnmpValue | undefined {
  if (bytes.length === 0 || bytes.length > COUNTER64_BYTES_MAX) return undefined;
  return { type: 'counter64', value: BigInt.asUintN(64, BigInt(`0x${Buffer.from(bytes).toString('hex')}`)) };
}
