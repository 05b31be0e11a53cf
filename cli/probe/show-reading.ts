import type { DeviceReading, Interface, Sensor, Supply, Usage } from '../../agent/snmp/reading.ts';
import type { Locale } from '../../protocol/inventory.ts';
import { formatOf, wordsOf } from '../../protocol/words/index.ts';
import { words } from '../words/index.ts';
import { table } from './table.ts';

/** A device as a person reads it: what it has, part by part, as lines. */
export function showReading(reading: DeviceReading, locale: Locale): string[] {
  const { parts } = words(locale).probe;
  const sections: [string, string[]][] = [
    [parts.identity, table(identityRows(reading, locale))],
    [
      parts.interfaces,
      table(
        (reading.interfaces ?? []).map((one) => interfaceRow(one, locale)),
        [0, 3],
      ),
    ],
    [
      parts.cpu,
      table(
        (reading.cpu ?? []).map((one) => usageRow(one, locale)),
        [1],
      ),
    ],
    [
      parts.memory,
      table(
        (reading.memory ?? []).map((one) => usageRow(one, locale)),
        [1],
      ),
    ],
    [
      parts.storage,
      table(
        (reading.storage ?? []).map((one) => usageRow(one, locale)),
        [1],
      ),
    ],
    [
      parts.sensors,
      table(
        (reading.sensors ?? []).map((one) => sensorRow(one, locale)),
        [1],
      ),
    ],
    [parts.supplies, table((reading.supplies ?? []).map((one) => supplyRow(one, locale)))],
  ];
  return sections
    .filter(([, rows]) => rows.length > 0)
    .flatMap(([title, rows], at) => [...(at > 0 ? [''] : []), title, ...rows.map((row) => `  ${row}`)]);
}

function identityRows({ identity, uptimeS, profiles }: DeviceReading, locale: Locale): string[][] {
  const { identity: labels, kinds } = words(locale).probe;
  const { kind, description, ...told } = identity;
  const rows: [string, string | undefined][] = [
    [labels.name, told.name],
    [labels.kind, kind && kinds[kind]],
    [labels.vendor, told.vendor],
    [labels.model, told.model],
    [labels.version, told.version],
    [labels.serial, told.serial],
    [labels.location, told.location],
    [labels.description, description?.replace(/\s+/g, ' ')],
    [labels.uptime, uptimeS === undefined ? undefined : formatOf(locale).duration(uptimeS)],
    [labels.profiles, profiles.join(', ')],
  ];
  return rows.flatMap(([label, value]) => (value ? [[label, value]] : []));
}

function interfaceRow({ index, name, alias = '', status, isEnabled, speedBps }: Interface, locale: Locale): string[] {
  const { interface: labels, disabled } = words(locale).probe;
  const isOff = !isEnabled && status !== 'up';
  return [String(index), name, isOff ? disabled : labels[status], speedBps ? speed(speedBps, locale) : '', alias];
}

/** Bits per second as they stand on a socket: 100 Mbit/s, 2.5 Gbit/s. */
function speed(bps: number, locale: Locale): string {
  const [factor, unit] = (
    [
      [1e9, 'Gbit/s'],
      [1e6, 'Mbit/s'],
      [1e3, 'kbit/s'],
    ] as const
  ).find(([least]) => bps >= least) ?? [1, 'bit/s'];
  return `${formatOf(locale).number(bps / factor)} ${unit}`;
}

function usageRow({ name, usedPercent, totalBytes }: Usage, locale: Locale): string[] {
  const { percent, bytes } = formatOf(locale);
  return [name, percent(usedPercent), totalBytes === undefined ? '' : words(locale).probe.of(bytes(totalBytes))];
}

function sensorRow({ name, value, unit, label, status }: Sensor, locale: Locale): string[] {
  const amount = `${formatOf(locale).number(value, 2)}${unit === '' ? '' : ` ${unit}`}`;
  return [name, label ?? amount, wordsOf(locale).statuses[status]];
}

function supplyRow({ name, leftPercent, status }: Supply, locale: Locale): string[] {
  const { left, someLeft } = words(locale).probe;
  const isSome = leftPercent === undefined && status === 'ok';
  const told = leftPercent === undefined ? '' : left(formatOf(locale).percent(leftPercent));
  return [name, isSome ? someLeft : told, wordsOf(locale).statuses[status]];
}
