import { expect, test } from 'vitest';
import { profile } from '../../../../agent/snmp/profiles/huawei.ts';
import { type Answers, readSnapshot } from '../read-snapshot.ts';

const HUAWEI = '1.3.6.1.4.1.2011';
const ENTITY = '1.3.6.1.2.1.47.1.1.1.1';
const STATE = `${HUAWEI}.5.25.31.1.1.1.1`;
const OPTICAL = `${HUAWEI}.5.25.31.1.1.3.1`;
const SYS_DESCR =
  'S5720-28P-SI-AC\nHuawei Versatile Routing Platform Software\nVRP (R) software, Version 5.170 (S5720 V200R019C10SPC500)';
const read = (answers: Answers, sysDescr = SYS_DESCR) =>
  readSnapshot({ '1.3.6.1.2.1.1.1.0': sysDescr, '1.3.6.1.2.1.1.2.0': `oid:${HUAWEI}.2.23.999`, ...answers }, [profile]);

test('the board with a threshold has a CPU, the one with memory has memory, others have neither', () => {
  const reading = read({
    [`${ENTITY}.5.9`]: 3,
    [`${ENTITY}.11.9`]: 'ESN1',
    [`${ENTITY}.7.9`]: 'Board 0',
    [`${STATE}.2.9`]: 3,
    [`${STATE}.5.9`]: 14,
    [`${STATE}.6.9`]: 90,
    [`${STATE}.7.9`]: 31,
    [`${STATE}.9.9`]: 512,
    [`${STATE}.5.10`]: 0,
    [`${STATE}.6.10`]: 0,
    [`${STATE}.7.10`]: 0,
    [`${STATE}.9.10`]: 0,
  });
  expect(reading).toMatchObject({
    identity: { kind: 'switch', vendor: 'Huawei', model: 'S5720', version: 'V200R019C10SPC500', serial: 'ESN1' },
  });
  expect(reading.cpu).toEqual([{ name: 'Board 0', usedPercent: 14 }]);
  expect(reading.memory).toEqual([{ name: 'Board 0', usedPercent: 31, totalBytes: 512 }]);
});

test('temperature, light in microwatts or hundredths of dBm, and bias current in either unit', () => {
  const { sensors } = read({
    [`${ENTITY}.7.1`]: 'Gi0/0/1',
    [`${ENTITY}.7.2`]: 'Gi0/0/2',
    [`${STATE}.11.1`]: 45,
    [`${STATE}.12.1`]: 40,
    [`${STATE}.11.2`]: 2147483647,
    [`${OPTICAL}.7.1`]: 6,
    [`${OPTICAL}.8.1`]: 500,
    [`${OPTICAL}.7.2`]: 6000,
    [`${OPTICAL}.8.2`]: -550,
  });
  expect(sensors).toMatchObject([
    { kind: 'temperature', name: 'Gi0/0/1', value: 45, status: 'critical' },
    { kind: 'current', name: 'Gi0/0/2', value: 0.006 },
    { kind: 'current', name: 'Gi0/0/1', value: 0.006 },
    { kind: 'dbm', name: 'Gi0/0/1 Rx', value: expect.closeTo(-3.01, 2) },
    { kind: 'dbm', name: 'Gi0/0/2 Rx', value: -5.5 },
  ]);
});

test('fans, supplies and stack', () => {
  const { sensors } = read({
    [`${HUAWEI}.5.25.31.1.1.10.1.7.0.1`]: 2,
    [`${HUAWEI}.5.25.31.1.1.18.1.6.0.1`]: 2,
    [`${HUAWEI}.5.25.183.1.20.1.3.0`]: 1,
    [`${HUAWEI}.5.25.183.1.21.1.5.0.1`]: 2,
  });
  expect(sensors).toMatchObject([
    { name: 'Slot 0 fan 1', status: 'critical' },
    { name: 'Power supply 0.1', status: 'critical' },
    { name: 'Stack unit 0', label: 'master', status: 'ok' },
    { name: 'Stack unit 0 port 1', status: 'critical' },
  ]);
});

test('a modem that is not there has no signal', () => {
  const wan = `${HUAWEI}.5.25.241.1.2.1.1`;
  expect(read({ [`${wan}.11.5`]: 4, [`${wan}.35.5`]: 0 }).sensors).toMatchObject([
    { name: 'Modem 5', label: 'offline' },
  ]);
  expect(read({ [`${wan}.11.5`]: 1, [`${wan}.35.5`]: -71 }).sensors).toMatchObject([
    { status: 'ok' },
    { kind: 'rssi', value: -71 },
  ]);
});

test('a router is one by its description', () => {
  expect(read({}, 'Huawei AR169 Huawei Versatile Routing Platform Software').identity.kind).toBe('router');
});
