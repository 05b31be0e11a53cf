import type { Point } from '../../protocol/messages.ts';
import type { CheckStatus } from '../../protocol/status.ts';
import type { Say } from '../words.ts';
import { lineRateOf } from './line-rate.ts';
import type { Rates } from './rates.ts';
import { identitiesOf } from './read/counters.ts';
import type { DeviceLook } from './read/read-device.ts';
import type { DeviceFamily, DeviceReading, Interface, Sensor, SensorStatus } from './reading.ts';

/** What one poll of a device found. */
export interface Polled extends Pick<DeviceLook, 'reading' | 'faults'> {
  /** Per second, by what identifies an interface; none at the first poll. */
  rates: ReadonlyMap<string, Rates>;
  /** How long it took, milliseconds, and how many values came. */
  tookMs: number;
  values: number;
}

export interface Attention {
  /** Interfaces that must be up, by name or alias. */
  uplinks: readonly string[];
  /** Interfaces, sensors and supplies nobody wants to hear of, by name. */
  ignore: readonly string[];
}

/** Points a report takes from one device, at most. */
const POINTS_MAX = 1900;
const TEXT_MAX = 512;
const STATUS_CODES: Readonly<Record<SensorStatus, number>> = { ok: 0, warning: 1, critical: 2, unknown: 3 };
const NANOSECONDS_PER_MINUTE = 6e10;

/** What a poll is to a report: points under Telegraf's names where it has them, and statuses. */
export function report(
  polled: Polled,
  { uplinks, ignore }: Attention,
  say: Say,
): { points: Point[]; statuses: CheckStatus[] } {
  const isWanted = ({ name }: { name: string }) => !ignore.includes(name);
  const { reading } = polled;
  const isWhole = polled.faults.length === 0;
  const wanted: DeviceReading = {
    ...reading,
    ...(reading.interfaces && { interfaces: reading.interfaces.filter(isWanted) }),
    ...(reading.sensors && { sensors: reading.sensors.filter(isWanted) }),
    ...(reading.supplies && { supplies: reading.supplies.filter(isWanted) }),
  };
  return {
    points: finish([...ownPoints(polled), ...hostPoints(wanted), ...otherPoints(wanted, polled.rates)]),
    statuses: [
      answering(polled, say),
      ...uplinks.map((name) => uplink(name, polled, say)),
      // What could not be read may be what is broken.
      ...[...hardware(wanted, say), ...supplies(wanted, say)].filter(({ status }) => isWhole || status !== 'ok'),
    ],
  };
}

/** A point as it was found: with what is not known, under a name another may have, of any length. */
interface Found {
  m: string;
  t?: Readonly<Record<string, string>>;
  f: Readonly<Record<string, number | undefined>>;
}

function ownPoints({ reading, faults, tookMs, values }: Polled): Found[] {
  const f = { response_ms: Math.round(tookMs), values, faults: faults.length, uptime: reading.uptimeS };
  return [{ m: 'snmp', f }];
}

/** What hosts have too, so that the same rules judge it. */
function hostPoints({ cpu = [], memory = [], storage = [] }: DeviceReading): Found[] {
  const [main] = memory;
  const busy = cpu.reduce((sum, { usedPercent }) => sum + usedPercent, 0) / (cpu.length || 1);
  return [
    ...(cpu.length > 0 ? [{ m: 'cpu', t: { cpu: 'cpu-total' }, f: { usage_active: busy } }] : []),
    ...(cpu.length > 1
      ? cpu.map((each) => ({ m: 'cpu', t: { cpu: each.name }, f: { usage_active: each.usedPercent } }))
      : []),
    ...(main ? [{ m: 'mem', f: { used_percent: main.usedPercent, total: main.totalBytes } }] : []),
    ...storage.map((each) => ({
      m: 'disk',
      t: { path: each.name },
      f: { used_percent: each.usedPercent, total: each.totalBytes },
    })),
  ];
}

function otherPoints(reading: DeviceReading, rates: Polled['rates']): Found[] {
  const { interfaces = [], sensors = [], supplies: left = [] } = reading;
  const names = identitiesOf(interfaces);
  return [
    ...upsPoints(reading),
    ...interfaces.map((each) => interfacePoint(each, names.get(each) as string, rates)),
    ...sensors.map(({ kind, name, unit, value, status }) => ({
      m: 'snmp_sensor',
      t: { kind, name, ...(unit !== '' && { unit }) },
      f: { value, status_code: STATUS_CODES[status] },
    })),
    ...left.map(({ name, kind, leftPercent }) => ({
      m: 'printer_supply',
      t: { name, kind },
      f: { left_percent: leftPercent },
    })),
  ];
}

function interfacePoint(each: Interface, identity: string, rates: Polled['rates']): Found {
  const { alias, status, isEnabled, speedBps } = each;
  const lineBps = lineRateOf(each);
  const rate = rates.get(identity) ?? {};
  const bits = (octets: number | undefined) => (octets === undefined ? undefined : octets * 8);
  const used = (octets: number | undefined) =>
    octets !== undefined && lineBps !== undefined && lineBps > 0 ? Math.min(100, (octets * 800) / lineBps) : undefined;
  return {
    m: 'interface',
    t: { name: identity, ...(alias !== undefined && alias !== identity && { alias }) },
    f: {
      oper_status: status === 'up' ? 1 : 2,
      admin_status: isEnabled ? 1 : 2,
      speed_bps: speedBps,
      in_bps: bits(rate.inOctets),
      in_utilization: used(rate.inOctets),
      out_bps: bits(rate.outOctets),
      out_utilization: used(rate.outOctets),
      in_packets: rate.inPackets,
      out_packets: rate.outPackets,
      in_errors: rate.inErrors,
      out_errors: rate.outErrors,
      in_discards: rate.inDiscards,
      out_discards: rate.outDiscards,
    },
  };
}

/** How profiles call what a UPS feeds its load from, and how they say that it is its battery, whatever they call it. */
const OUTPUT = /^output (source|status)$/i;
const ON_BATTERY = /^(on )?battery$/i;
/** Of NUT's flags: on line, on battery. */
const FLAG_ON_LINE = 8;
const FLAG_ON_BATTERY = 16;

/** A UPS under the names NUT's have, so that one rule judges both. */
function upsPoints({ identity, sensors = [] }: DeviceReading): Found[] {
  if (identity.kind !== 'ups') return [];
  const first = (kind: Sensor['kind'], name = /./) =>
    sensors.find((sensor) => sensor.kind === kind && name.test(sensor.name))?.value;
  const minutes = first('runtime', /remain|run|auto/i) ?? first('runtime');
  const output = sensors.find(({ kind, name, label }) => kind === 'state' && label && OUTPUT.test(name));
  const isOnBattery = sensors.some(({ kind, label = '' }) => kind === 'state' && ON_BATTERY.test(label));
  const f = {
    status_flags: isOnBattery ? FLAG_ON_BATTERY : output && FLAG_ON_LINE,
    battery_charge_percent: first('charge'),
    load_percent: first('load'),
    time_left_ns: minutes === undefined ? undefined : minutes * NANOSECONDS_PER_MINUTE,
    battery_voltage: first('voltage', /batter/i),
    input_voltage: first('voltage', /input/i),
    output_voltage: first('voltage', /output/i),
    internal_temp: first('temperature'),
  };
  return [{ m: 'upsd', f }];
}

/** Whether it answers, and all of it. */
function answering({ faults }: Polled, say: Say): CheckStatus {
  const [first] = faults;
  if (!first) return { check: 'snmp', status: 'ok' };
  const { fr, en } = first.fault.words;
  const parts = [...new Set(faults.map(({ part }) => part))].join(', ');
  const text = say({
    fr: `N’a pas pu être lu\u202f: ${parts}. ${capital(fr)}.`,
    en: `Could not be read: ${parts}. ${capital(en)}.`,
  });
  return { check: 'snmp', status: 'warning', text: text.slice(0, TEXT_MAX) };
}

function uplink(name: string, { reading: { interfaces = [] }, faults }: Polled, say: Say): CheckStatus {
  const check = `uplink:${name}`.slice(0, 128);
  const found = interfaces.find((each) => each.name === name || each.alias === name);
  if (!found) {
    const text =
      faults.length > 0
        ? say({
            fr: `L’interface « ${name} » n’a pas été trouvée\u202f: les interfaces n’ont pas pu être toutes lues.`,
            en: `The interface “${name}” was not found: the interfaces could not all be read.`,
          })
        : say({ fr: `Il n’y a pas d’interface « ${name} ».`, en: `There is no interface “${name}”.` });
    return { check, status: 'unknown', text };
  }
  if (found.status === 'up') return { check, status: 'ok' };
  const text = found.isEnabled
    ? say({ fr: `L’interface ${name} est coupée.`, en: `The interface ${name} is down.` })
    : say({ fr: `L’interface ${name} est désactivée.`, en: `The interface ${name} is disabled.` });
  return { check, status: 'critical', text };
}

/** What the device itself says of its parts, the worst first. */
const CHECKS: Partial<Record<DeviceFamily, string>> = { ups: 'ups', printer: 'printer' };

function hardware({ identity, sensors = [] }: DeviceReading, say: Say): CheckStatus[] {
  const judged = sensors.filter(({ kind, status, label }) => status !== 'unknown' || (kind === 'state' && label));
  if (judged.length === 0) return [];
  const check = (identity.kind && CHECKS[identity.kind]) ?? 'hardware';
  const of = (status: SensorStatus) => judged.filter((sensor) => sensor.status === status);
  const [critical, warning] = [of('critical'), of('warning')];
  if (critical.length + warning.length === 0) return [{ check, status: 'ok' }];
  const list = [...critical, ...warning].map((sensor) => tellSensor(sensor, say)).join(', ');
  const text = say({ fr: `L’équipement signale\u202f: ${list}.`, en: `The device reports: ${list}.` });
  return [{ check, status: critical.length > 0 ? 'critical' : 'warning', text: shortened(text) }];
}

function tellSensor({ kind, name, value, unit, label }: Sensor, say: Say): string {
  if (label === undefined && !Number.isFinite(value)) return name;
  const told = kind === 'state' ? (label ?? value) : `${Math.round(value * 10) / 10}\u00a0${unit}`.trim();
  return say({ fr: `${name}\u202f: ${told}`, en: `${name}: ${told}` });
}

function supplies({ supplies: all = [] }: DeviceReading, say: Say): CheckStatus[] {
  if (all.length === 0) return [];
  const [empty, low] = [
    all.filter(({ status }) => status === 'critical'),
    all.filter(({ status }) => status === 'warning'),
  ];
  if (empty.length + low.length === 0) return [{ check: 'supplies', status: 'ok' }];
  const list = [...empty, ...low]
    .map(({ name, leftPercent }) => {
      const left = Number.isFinite(leftPercent) ? Math.round(leftPercent as number) : '';
      return left === '' ? name : say({ fr: `${name} ${left}\u202f%`, en: `${name} ${left}%` });
    })
    .join(', ');
  const text = say({ fr: `Consommables à remplacer\u202f: ${list}.`, en: `Supplies to be replaced: ${list}.` });
  return [{ check: 'supplies', status: empty.length > 0 ? 'critical' : 'warning', text: shortened(text) }];
}

const shortened = (text: string): string => (text.length <= TEXT_MAX ? text : `${text.slice(0, TEXT_MAX - 1)}…`);
const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

const TAG_MAX = 256;

/** By what tag one is told from another, `among` those of one other tag: two of one name would answer for each other. */
const NAMED_BY: Readonly<Record<string, { by: string; among?: string }>> = {
  cpu: { by: 'cpu' },
  disk: { by: 'path' },
  interface: { by: 'name' },
  printer_supply: { by: 'name' },
  snmp_sensor: { by: 'name', among: 'kind' },
};

/** As a report may have them. Names are given before any is left out, so that each keeps its own. */
function finish(found: readonly Found[]): Point[] {
  const uses = new Map<string, number>();
  return found
    .map(({ m, t = {}, f }) => ({ m, t: distinct(m, t, uses), f: finite(f) }))
    .filter(({ f }) => Object.keys(f).length > 0)
    .slice(0, POINTS_MAX)
    .map(({ m, t, f }) => ({ m, ...(Object.keys(t).length > 0 && { t }), f }));
}

/** Tags with a name no other point has, and none too long. `uses`: how many wanted each name. */
function distinct(m: string, t: NonNullable<Found['t']>, uses: Map<string, number>): Record<string, string> {
  const tags = Object.fromEntries(Object.entries(t).map(([key, value]) => [key, value.slice(0, TAG_MAX)]));
  const { by, among = '' } = NAMED_BY[m] ?? {};
  if (by === undefined) return tags;
  const { [by]: name = '', [among]: group } = tags;
  const keyOf = (named: string) => JSON.stringify([m, group, named]);
  let named = name;
  for (let n = uses.get(keyOf(name)) ?? 0; uses.has(keyOf(named)); ) {
    n += 1;
    uses.set(keyOf(name), n);
    const suffix = ` #${n}`;
    named = `${name.slice(0, TAG_MAX - suffix.length)}${suffix}`;
  }
  uses.set(keyOf(named), 1);
  return { ...tags, [by]: named };
}

const finite = (fields: Found['f']): Record<string, number> =>
  Object.fromEntries(
    Object.entries(fields).filter(
      (pair): pair is [string, number] => pair[1] !== undefined && Number.isFinite(pair[1]),
    ),
  );
