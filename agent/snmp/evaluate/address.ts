import { numberOf, type SnmpValue } from '../value.ts';
import type { Row, Snapshot } from './snapshot.ts';

/** Where in a snapshot a rule reads: an OID, and which row of it as seen from the row in hand. */
export interface Address {
  oid: string;
  /** How many numbers of the index, from the end where negative. */
  part?: number;
  /** The column that tells the index. */
  through?: string;
}

const NAMES: Readonly<Record<string, string>> = {
  sysDescr: '1.3.6.1.2.1.1.1.0',
  sysObjectID: '1.3.6.1.2.1.1.2.0',
  sysName: '1.3.6.1.2.1.1.5.0',
};
const WRITTEN = /^(?:[a-zA-Z]+|[\d.]+)(?:@(?:(-?\d+)|->([\d.]+)))?$/;

/** `OID`, `OID@2`, `OID@-1`, `OID@->OTHER`. Throws on what is none of them. */
export function addressOf(written: string): Address {
  const [whole, part, through] = WRITTEN.exec(written) ?? [];
  const [name = ''] = written.split('@');
  const oid = NAMES[name] ?? name;
  if (whole === undefined || !/^\d+(\.\d+)+$/.test(oid)) throw new Error(`not an OID of a profile: ${written}`);
  return { oid, ...(part !== undefined && { part: Number(part) }), ...(through !== undefined && { through }) };
}

/** Every OID that has to be asked for it. */
export const oidsOf = ({ oid, through }: Address): string[] => (through === undefined ? [oid] : [oid, through]);

/** In the same row, or a scalar; an address of its own goes to the row it names only. */
export function lookUp(snapshot: Snapshot, { oid, part, through }: Address, row: Pick<Row, 'index'>) {
  if (part !== undefined) return snapshot.get(`${oid}.${partOf(row.index, part)}`);
  if (through !== undefined) return byReference(snapshot, oid, through, row.index);
  return snapshot.get(`${oid}.${row.index}`) ?? snapshot.get(oid);
}

function byReference(snapshot: Snapshot, oid: string, through: string, index: string): SnmpValue | undefined {
  const reference = snapshot.get(`${through}.${index}`) ?? snapshot.get(through);
  const number = reference && numberOf(reference);
  return number === undefined ? undefined : snapshot.get(`${oid}.${number}`);
}

function partOf(index: string, part: number): string {
  const numbers = index.split('.');
  return (part < 0 ? numbers.slice(part) : numbers.slice(0, part)).join('.');
}
