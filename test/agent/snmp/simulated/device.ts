/** What a simulated device answers at one OID; a number that has a pace moves by as much in a second, from its start on. */
export type SimulatedValue =
  | { type: 'integer' | 'counter32' | 'gauge' | 'timeticks' | 'counter64'; value: number; perSecond?: number }
  | { type: 'octets'; value: Uint8Array }
  | { type: 'oid'; value: string };

/** All it answers, by OID. */
export type SimulatedDevice = ReadonlyMap<string, SimulatedValue>;

export type Entries = Iterable<readonly [string, SimulatedValue]>;

export const integer = (value: number): SimulatedValue => ({ type: 'integer', value });
export const gauge = (value: number): SimulatedValue => ({ type: 'gauge', value });
export const counter32 = (perSecond: number): SimulatedValue => ({ type: 'counter32', value: 0, perSecond });
export const counter64 = (perSecond: number): SimulatedValue => ({ type: 'counter64', value: 0, perSecond });
export const ticks = (value: number, perSecond = 0): SimulatedValue => ({ type: 'timeticks', value, perSecond });
export const text = (value: string): SimulatedValue => ({ type: 'octets', value: Buffer.from(value) });
export const octets = (...value: number[]): SimulatedValue => ({ type: 'octets', value: Uint8Array.from(value) });
export const oid = (value: string): SimulatedValue => ({ type: 'oid', value });

/** A table: each row by its index, each column by its number below the entry. */
export function table<Row>(
  entry: string,
  rows: ReadonlyMap<string, Row>,
  columns: Readonly<Record<number, (row: Row, index: string) => SimulatedValue>>,
): Entries {
  return Object.entries(columns).flatMap(([column, tell]) =>
    Array.from(rows, ([index, row]) => [`${entry}.${column}.${index}`, tell(row, index)] as const),
  );
}

/** Rows 1, 2, 3 … */
export const numbered = <Row>(rows: readonly Row[]): ReadonlyMap<string, Row> =>
  new Map(rows.map((row, at) => [String(at + 1), row]));

export const device = (...parts: readonly Entries[]): SimulatedDevice => new Map(parts.flatMap((part) => [...part]));

/** SNMPv2-MIB's system group, under the number that is set aside for examples (RFC 5612). */
export function system(model: number, description: string, name: string): Entries {
  const SYSTEM = '1.3.6.1.2.1.1';
  return [
    [`${SYSTEM}.1.0`, text(description)],
    [`${SYSTEM}.2.0`, oid(`1.3.6.1.4.1.32473.1.${model}`)],
    [`${SYSTEM}.3.0`, ticks(0, 100)],
    [`${SYSTEM}.4.0`, text('noc@shop.example')],
    [`${SYSTEM}.5.0`, text(name)],
    [`${SYSTEM}.6.0`, text('Back office')],
  ];
}
