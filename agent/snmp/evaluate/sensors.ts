import type { SensorRule } from '../profile.ts';
import { SENSOR_UNITS, type Sensor, type SensorStatus } from '../reading.ts';
import { codeIn, columnOf, readNumber } from './number.ts';
import { isSkipped } from './skip.ts';
import type { Row, Snapshot } from './snapshot.ts';
import { nameOf } from './usage.ts';

type Measured = Pick<Sensor, 'value' | 'status' | 'label'>;

export function readSensors(rule: SensorRule, snapshot: Snapshot): Sensor[] {
  const oid = columnOf(rule.value);
  const rows = snapshot.rows(oid).filter((row) => !isSkipped(rule.skip, snapshot, row));
  if (rule.count) return [sensor(rule, { value: rows.length, status: 'ok' }, snapshot, { oid, index: '' })];
  const all = rows.flatMap((row) => {
    const measured = measure(rule, snapshot, row);
    return measured ? [sensor(rule, measured, snapshot, row)] : [];
  });
  if (rule.first) return byName(all).map(([first]) => first);
  return rule.sum ? byName(all).map((alike) => summed(rule, alike)) : all;
}

type Alike = [Sensor, ...Sensor[]];

const byName = (sensors: readonly Sensor[]) => [...Map.groupBy(sensors, ({ name }) => name).values()] as Alike[];

/** It stands for the column where all its rows have the one name, or for its first row. */
function summed(rule: SensorRule, alike: Alike): Sensor {
  const [first] = alike;
  const oid = rule.name.includes('{') ? first.oid : columnOf(rule.value);
  return { ...first, oid, value: alike.reduce((sum, { value }) => sum + value, 0) };
}

function sensor(rule: SensorRule, measured: Measured, snapshot: Snapshot, row: Pick<Row, 'oid' | 'index'>): Sensor {
  return {
    kind: rule.kind,
    name: nameOf(rule.name, rule.kind, snapshot, row),
    unit: rule.unit ?? SENSOR_UNITS[rule.kind],
    oid: row.oid,
    ...measured,
  };
}

function measure(rule: SensorRule, snapshot: Snapshot, row: Row): Measured | undefined {
  if (rule.bits) return bitsOf(rule.bits, row);
  return rule.states ? stateOf(rule, rule.states, snapshot, row) : measureOf(rule, snapshot, row);
}

const GRAVITY: readonly SensorStatus[] = ['ok', 'unknown', 'warning', 'critical'];

/** All that is set, and the gravest of it; the value is the octets as one number. */
function bitsOf(bits: NonNullable<SensorRule['bits']>, { value: { value } }: Row): Measured | undefined {
  if (!(value instanceof Uint8Array) || value.length === 0) return undefined;
  const isSet = (at: number) => ((value[at >> 3] ?? 0) & (0x80 >> (at & 7))) !== 0;
  const set = bits.filter((_, at) => isSet(at));
  const worst = Math.max(0, ...set.map(([, status]) => GRAVITY.indexOf(status)));
  return {
    value: value.slice(0, 4).reduce((number, octet) => number * 256 + octet, 0),
    status: GRAVITY[worst] as SensorStatus,
    label: set.map(([label]) => label).join(', ') || 'normal',
  };
}

/** Codes are numbers, or the words some devices say: those count in the order they are listed in. */
function stateOf(
  rule: SensorRule,
  states: NonNullable<SensorRule['states']>,
  snapshot: Snapshot,
  row: Row,
): Measured | undefined {
  const [code, number] = [codeIn(rule.value, snapshot, row), readNumber(rule.value, snapshot, row)];
  if (code === undefined || code === '') return undefined;
  const keys = Object.keys(states);
  const known = keys.find((key) => key.toLowerCase() === code.toLowerCase()) ?? keys.find((key) => key === `${number}`);
  const state = known === undefined ? undefined : states[known];
  if (number === undefined && isNumeric(code)) return undefined;
  const [label, status] = state ?? [code, 'unknown'];
  return { value: number ?? keys.indexOf(known ?? ''), label, status };
}

const isNumeric = (code: string) => /^-?\d+(\.\d+)?$/.test(code);

function measureOf(rule: SensorRule, snapshot: Snapshot, row: Row): Measured | undefined {
  const value = readNumber(rule.value, snapshot, row);
  return value === undefined ? undefined : { value, status: judge(value, rule.limits, snapshot, row) };
}

/** By the device's own limits; a pair of which the lower is not below the higher was never set. */
function judge(value: number, limits: SensorRule['limits'], snapshot: Snapshot, row: Row): SensorStatus {
  if (!limits) return 'ok';
  const read = (limit: (typeof limits)['low']) =>
    limit === undefined || typeof limit === 'number' ? limit : readNumber(limit, snapshot, row);
  if (isOutside(value, read(limits.low), read(limits.high))) return 'critical';
  return isOutside(value, read(limits.lowWarning), read(limits.highWarning)) ? 'warning' : 'ok';
}

function isOutside(value: number, low: number | undefined, high: number | undefined): boolean {
  if (low !== undefined && high !== undefined && low >= high) return false;
  return (low !== undefined && value < low) || (high !== undefined && value > high);
}
