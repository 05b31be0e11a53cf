import { Snapshot } from '../../../agent/snmp/evaluate/snapshot.ts';
import type { SnmpValue } from '../../../agent/snmp/value.ts';

const NUMBERS: Readonly<Record<string, 'integer' | 'counter32' | 'gauge' | 'timeticks'>> = {
  2: 'integer',
  65: 'counter32',
  66: 'gauge',
  67: 'timeticks',
};

/** A walk as snmpsim records it: `OID|TAG|VALUE` on each line, the tag in decimal, with an `x` where the value is hexadecimal. */
export function readRecording(file: Buffer): Snapshot {
  const lines = file.toString('latin1').split(/\r?\n/);
  return new Snapshot(
    new Map(
      lines.flatMap((line): [string, SnmpValue][] => {
        const [, oid, tag, hex, text = ''] = /^\.?([\d.]+)\|(\d+)(x?)(?::[^|]*)?\|(.*)$/s.exec(line) ?? [];
        const octets = hex ? Buffer.from(text, 'hex') : Buffer.from(text, 'latin1');
        const value = tag === undefined ? undefined : readValue(tag, text, octets, hex === 'x');
        return oid !== undefined && value ? [[oid, value]] : [];
      }),
    ),
  );
}

function readValue(tag: string, text: string, octets: Buffer, isHex: boolean): SnmpValue | undefined {
  const number = NUMBERS[tag];
  if (number) return { type: number, value: Number(text) };
  switch (tag) {
    case '4':
      return { type: 'octets', value: octets };
    case '6':
      return { type: 'oid', value: text.replace(/^\./, '') };
    case '64':
      return { type: 'ip', value: isHex ? octets.join('.') : text };
    case '68':
      return { type: 'opaque', value: octets };
    case '70':
      return { type: 'counter64', value: BigInt(text) };
    default:
      return undefined;
  }
}
