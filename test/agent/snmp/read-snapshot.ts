import { evaluate } from '../../../agent/snmp/evaluate/evaluate.ts';
import { chooseProfiles } from '../../../agent/snmp/evaluate/match.ts';
import { Snapshot } from '../../../agent/snmp/evaluate/snapshot.ts';
import type { SnmpProfile } from '../../../agent/snmp/profile.ts';
import type { DeviceReading } from '../../../agent/snmp/reading.ts';
import type { SnmpValue } from '../../../agent/snmp/value.ts';

/**
 * What a device answers, OID by OID. A number is an integer and a text octets; an OID as a text is an OID where it follows
 * `oid:`, and `hex:` gives octets their bytes. Any other type stands before its value.
 */
export type Answers = Readonly<Record<string, number | string | readonly [SnmpValue['type'], number | string]>>;

/** Reads answers of our own making with those of the profiles that apply to them. */
export function readSnapshot(answers: Answers, profiles: readonly SnmpProfile[]): DeviceReading {
  const snapshot = snapshotOf(answers);
  return evaluate(chooseProfiles(profiles, snapshot), snapshot);
}

export const snapshotOf = (answers: Answers): Snapshot =>
  new Snapshot(new Map(Object.entries(answers).map(([oid, answer]) => [oid, readAnswer(answer)])));

function readAnswer(answer: Answers[string]): SnmpValue {
  if (typeof answer === 'number') return { type: 'integer', value: answer };
  if (typeof answer === 'string') {
    if (answer.startsWith('oid:')) return { type: 'oid', value: answer.slice(4) };
    if (answer.startsWith('hex:'))
      return { type: 'octets', value: Buffer.from(answer.slice(4).replace(/ /g, ''), 'hex') };
    return { type: 'octets', value: Buffer.from(answer) };
  }
  const [type, value] = answer;
  if (type === 'octets' || type === 'opaque') return { type, value: Buffer.from(String(value)) };
  if (type === 'oid' || type === 'ip') return { type, value: String(value) };
  return type === 'counter64' ? { type, value: BigInt(value) } : { type, value: Number(value) };
}
