/** Numeric OIDs without a leading dot. */

const OID = /^\d{1,10}(\.\d{1,10}){0,127}$/;

export const isOid = (text: string): boolean => OID.test(text);

/** True when `oid` is a row of the column, not the column itself. */
export const isBelow = (oid: string, column: string): boolean => oid.startsWith(`${column}.`);

/** Below 0 when `a` comes first, as SNMP sorts: number by number. */
export function compareOids(a: string, b: string): number {
  const left = a.split('.');
  const right = b.split('.');
  const shared = Math.min(left.length, right.length);
  for (let at = 0; at < shared; at++) {
    const difference = Number(left[at]) - Number(right[at]);
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
}
