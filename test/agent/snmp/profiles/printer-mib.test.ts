import { expect, test } from 'vitest';
import { profile } from '../../../../agent/snmp/profiles/printer-mib.ts';
import { type Answers, readSnapshot } from '../read-snapshot.ts';

const HOST = '1.3.6.1.2.1.25.3';
const PRINTER = '1.3.6.1.2.1.43';
const IS_PRINTER = 'oid:1.3.6.1.2.1.25.3.1.5';

const read = (answers: Answers) => readSnapshot(answers, [profile]);

const supplyRow = (index: number, [name, type, max, level]: [string, number, number, number]): Answers => ({
  [`${PRINTER}.11.1.1.5.1.${index}`]: type,
  [`${PRINTER}.11.1.1.6.1.${index}`]: name,
  [`${PRINTER}.11.1.1.8.1.${index}`]: max,
  [`${PRINTER}.11.1.1.9.1.${index}`]: level,
});
const trayRow = (index: number, [name, max, level]: [string, number, number]): Answers => ({
  [`${PRINTER}.8.2.1.9.1.${index}`]: max,
  [`${PRINTER}.8.2.1.10.1.${index}`]: level,
  [`${PRINTER}.8.2.1.13.1.${index}`]: name,
});

test('a printer is what its device is called, with its serial number', () => {
  const { identity } = read({
    [`${HOST}.2.1.2.1`]: 'oid:1.3.6.1.2.1.25.3.1.3',
    [`${HOST}.2.1.3.1`]: 'CPU board',
    [`${HOST}.2.1.2.2`]: IS_PRINTER,
    [`${HOST}.2.1.3.2`]: 'Acme Laser 9',
    [`${PRINTER}.5.1.1.17.1`]: 'SN 1',
  });
  expect(identity).toEqual({ kind: 'printer', model: 'Acme Laser 9', serial: 'SN 1' });
});

test.each([
  ['Windows', '1.3.6.1.4.1.311.1.1.3.1.2', []],
  ['Net-SNMP beside CUPS', '1.3.6.1.4.1.8072.3.2.10', []],
  ['a label printer', '1.3.6.1.4.1.10642', ['printer-mib']],
])('%s that tells of printer errors', (_, sysObjectID, profiles) => {
  const answers = { '1.3.6.1.2.1.1.2.0': `oid:${sysObjectID}`, [`${HOST}.5.1.2.1`]: 'hex:00' };
  expect(read(answers).profiles).toEqual(profiles);
});

test('supplies: shares, percents without a capacity, some left, unknown', () => {
  const { supplies } = read({
    ...supplyRow(1, ['Black', 3, 12_000, 6000]),
    ...supplyRow(2, ['Cyan', 21, -2, 40]),
    ...supplyRow(3, ['Magenta', 3, -2, -3]),
    ...supplyRow(4, ['Yellow', 3, 100, -2]),
    ...supplyRow(5, ['Waste toner', 4, 100, 0]),
    ...supplyRow(6, ['Odd', 1, -2, 900]),
  });
  expect(supplies).toEqual([
    { name: 'Black', kind: 'toner', leftPercent: 50, status: 'ok' },
    { name: 'Yellow', kind: 'toner', status: 'unknown' },
    { name: 'Waste toner', kind: 'waste', leftPercent: 0, status: 'critical' },
    { name: 'Cyan', kind: 'toner', leftPercent: 40, status: 'ok' },
    { name: 'Magenta', kind: 'toner', status: 'ok' },
  ]);
});

test('an empty tray is a warning, unless it is fed by hand; one that knows no level is left out', () => {
  const { supplies } = read({
    ...supplyRow(1, ['Black', 3, 100, 60]),
    ...trayRow(1, ['Tray 1', 250, 0]),
    ...trayRow(2, ['Manual feed', 1, 0]),
    ...trayRow(3, ['Tray 2', 250, -2]),
    ...trayRow(4, ['Tray 3', 250, -3]),
  });
  expect(supplies?.slice(1)).toEqual([
    { name: 'Tray 1', kind: 'paper', leftPercent: 0, status: 'warning' },
    { name: 'Tray 3', kind: 'paper', status: 'ok' },
    { name: 'Manual feed', kind: 'paper', leftPercent: 0, status: 'ok' },
  ]);
});

test('covers, alerts and pages', () => {
  const { sensors } = read({
    ...supplyRow(1, ['Black', 3, 100, 60]),
    [`${PRINTER}.6.1.1.2.1.1`]: 'Front',
    [`${PRINTER}.6.1.1.3.1.1`]: 3,
    [`${PRINTER}.10.2.1.4.1.1`]: ['counter32', 1234],
    [`${PRINTER}.18.1.1.2.1.7`]: 3,
    [`${PRINTER}.18.1.1.8.1.7`]: 'Paper jam',
    [`${PRINTER}.18.1.1.2.1.8`]: 4,
    [`${PRINTER}.18.1.1.8.1.8`]: 'Sleep mode on',
    [`${PRINTER}.18.1.1.2.1.9`]: 1,
    [`${PRINTER}.18.1.1.8.1.9`]: 'Genuine toner',
    [`${HOST}.5.1.1.1`]: 4,
  });
  expect(sensors?.map(({ name, value, status }) => [name, value, status])).toEqual([
    ['Printer Activity', 4, 'ok'],
    ['Cover Front', 3, 'warning'],
    ['Alert Paper jam', 3, 'critical'],
    ['Pages printed', 1234, 'ok'],
  ]);
});
