import { expect, test } from 'vitest';
import { profile } from '../../../../agent/snmp/profiles/cisco-small-business.ts';
import { type Answers, readSnapshot } from '../read-snapshot.ts';

const PRODUCTS = '1.3.6.1.4.1.9.6.1';
const MIB = `${PRODUCTS}.101`;
const read = (sysDescr: string, answers: Answers = {}, product = `${PRODUCTS}.9999.1`) =>
  readSnapshot({ '1.3.6.1.2.1.1.1.0': sysDescr, '1.3.6.1.2.1.1.2.0': `oid:${product}`, ...answers }, [profile]);

test.each([
  ['CBS350-24P-4G 24-Port Gigabit PoE Managed Switch', 'CBS350-24P-4G'],
  ['SG350-10 10-Port Gigabit Managed Switch', 'SG350-10'],
])('%s is a %s', (sysDescr, model) => {
  expect(read(sysDescr).identity).toMatchObject({ kind: 'switch', vendor: 'Cisco', model });
});

test('a Catalyst 1300 goes by its description, and an access point by its product', () => {
  expect(read('Catalyst 1300 Series Managed Switch', {}, '1.3.6.1.4.1.9.1.9999').identity.kind).toBe('switch');
  const sysDescr = 'Linux 2.6.21, Cisco Small Business WAP321 (WAP321-A-K9), Version 1.0.4.2';
  expect(read(sysDescr, {}, `${PRODUCTS}.32.321.1`).identity).toMatchObject({
    kind: 'access-point',
    model: 'WAP321',
    version: '1.0.4.2',
  });
});

test('unit, fans, supplies, temperature, PoE and suspended ports', () => {
  const reading = read('SG550X-24MP 24-Port', {
    [`${MIB}.53.14.1.2.1`]: '2.5.9.16',
    [`${MIB}.53.14.1.5.1`]: 'DNI1',
    [`${MIB}.1.8.0`]: 23,
    [`${MIB}.83.1.1.1.3.67`]: 1,
    [`${MIB}.83.1.1.1.3.68`]: 5,
    [`${MIB}.83.1.2.1.3.69`]: 6,
    [`${MIB}.53.15.1.10.1`]: 51,
    [`${MIB}.53.15.1.12.1`]: 50,
    [`${MIB}.53.15.1.13.1`]: 60,
    '1.3.6.1.2.1.2.2.1.2.3': 'gigabitethernet1/0/3',
    '1.3.6.1.2.1.2.2.1.8.3': 1,
    [`${MIB}.108.1.1.5.1.3`]: 6400,
    [`${MIB}.43.1.1.24.3`]: 1,
    '1.3.6.1.2.1.2.2.1.2.1000': 'Port-Channel1',
    [`${MIB}.43.1.1.24.1000`]: 2,
  });
  expect(reading).toMatchObject({
    identity: { model: 'SG550X-24MP', version: 'Software 2.5.9.16', serial: 'DNI1' },
    cpu: [{ usedPercent: 23 }],
    sensors: [
      { kind: 'state', name: 'Fan 67', status: 'ok' },
      { kind: 'state', name: 'Power supply 69', status: 'critical' },
      { kind: 'temperature', name: 'Unit 1', value: 51, status: 'warning' },
      { kind: 'power', name: 'gigabitethernet1/0/3 PoE', value: 6.4 },
      { kind: 'state', name: 'gigabitethernet1/0/3 suspended', status: 'critical' },
    ],
  });
});

test('a CPU that is not measured is none', () => {
  expect(read('SG350-10 10-Port', { [`${MIB}.1.8.0`]: 101 }).cpu).toBeUndefined();
});
