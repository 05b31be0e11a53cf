import { compareOids } from '../../../../agent/snmp/client/oid.ts';
import type { SimulatedDevice, SimulatedValue } from './device.ts';

const TAGS = { integer: 2, octets: 4, oid: 6, counter32: 65, gauge: 66, timeticks: 67, counter64: 70 } as const;

/** A device as snmpsim reads it: a line for each OID, in their order; what moves does so by its module `numeric`. */
export const snmprecOf = (device: SimulatedDevice): string =>
  [...device]
    .sort(([a], [b]) => compareOids(a, b))
    .map(([oid, value]) => `${oid}|${lineOf(value)}\n`)
    .join('');

function lineOf(value: SimulatedValue): string {
  const tag = TAGS[value.type];
  if (value.type === 'octets') return `${tag}x|${Buffer.from(value.value).toString('hex')}`;
  if (value.type === 'oid' || !value.perSecond) return `${tag}|${value.value}`;
  return `${tag}:numeric|rate=${value.perSecond},initial=${value.value}`;
}
