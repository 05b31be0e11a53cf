import { expect, test } from 'vitest';
import { profile } from '../../../../agent/snmp/profiles/juniper.ts';
import { type Answers, readSnapshot } from '../read-snapshot.ts';

const JUNIPER = '1.3.6.1.4.1.2636';
const OPERATING = `${JUNIPER}.3.1.13.1`;
const DOM = `${JUNIPER}.3.60.1.1.1.1`;
const read = (sysDescr: string, answers: Answers = {}) =>
  readSnapshot({ '1.3.6.1.2.1.1.1.0': sysDescr, '1.3.6.1.2.1.1.2.0': `oid:${JUNIPER}.1.1.1.2.999`, ...answers }, [
    profile,
  ]);
const EX = 'Juniper Networks, Inc. ex2300-24p Ethernet Switch, kernel JUNOS 18.4R2-S7, Build date: 2020';

test('identity, and the routing engine among what operates', () => {
  const reading = read(EX, {
    [`${JUNIPER}.3.1.3.0`]: 'JX1',
    [`${OPERATING}.5.9.1.0.0`]: 'Routing Engine 0',
    [`${OPERATING}.7.9.1.0.0`]: 44,
    [`${OPERATING}.8.9.1.0.0`]: 20,
    [`${OPERATING}.11.9.1.0.0`]: 37,
    [`${OPERATING}.15.9.1.0.0`]: 2,
    [`${OPERATING}.5.4.1.0.0`]: 'FAN 0',
    [`${OPERATING}.7.4.1.0.0`]: 0,
    [`${OPERATING}.8.4.1.0.0`]: 0,
    [`${OPERATING}.11.4.1.0.0`]: 0,
    [`${OPERATING}.15.4.1.0.0`]: 0,
  });
  expect(reading).toMatchObject({
    identity: { kind: 'switch', vendor: 'Juniper', model: 'ex2300-24p', version: '18.4R2-S7', serial: 'JX1' },
    sensors: [{ kind: 'temperature', name: 'Routing Engine 0', value: 44 }],
  });
  expect(reading.cpu).toEqual([{ name: 'Routing Engine 0', usedPercent: 20 }]);
  expect(reading.memory).toEqual([{ name: 'Routing Engine 0', usedPercent: 37, totalBytes: 2 * 1_048_576 }]);
});

test('alarm lamps, field units that are there, and light', () => {
  const { sensors } = read(EX, {
    [`${JUNIPER}.3.4.2.2.1.0`]: 3,
    [`${JUNIPER}.3.4.2.3.1.0`]: 2,
    [`${JUNIPER}.3.1.15.1.5.2.1.0.0`]: 'Power Supply 0',
    [`${JUNIPER}.3.1.15.1.8.2.1.0.0`]: 8,
    [`${JUNIPER}.3.1.15.1.8.2.2.0.0`]: 2,
    '1.3.6.1.2.1.2.2.1.2.501': 'ge-0/1/0',
    [`${DOM}.5.501`]: -542,
    [`${DOM}.6.501`]: 12340,
    [`${DOM}.8.501`]: 80,
    [`${DOM}.21.501`]: 75,
    [`${DOM}.22.501`]: -10,
  });
  expect(sensors).toMatchObject([
    { name: 'Yellow alarm', status: 'warning' },
    { name: 'Red alarm', status: 'ok' },
    { name: 'Power Supply 0', label: 'offline', status: 'critical' },
    { kind: 'temperature', name: 'ge-0/1/0', value: 80, status: 'critical' },
    { kind: 'current', value: 0.01234 },
    { kind: 'dbm', name: 'ge-0/1/0 Rx power', value: -5.42 },
  ]);
});

test('a firewall has service processors and sessions', () => {
  const spu = `${JUNIPER}.3.39.1.12.1.1.1`;
  const reading = read('Juniper Networks, Inc. srx340 internet router, kernel JUNOS 18.4R3', {
    [`${spu}.11.0`]: 'node0',
    [`${spu}.4.0`]: 9,
    [`${spu}.5.0`]: 61,
    [`${spu}.6.0`]: 120,
    [`${spu}.7.0`]: 100,
  });
  expect(reading).toMatchObject({
    identity: { kind: 'firewall', model: 'srx340' },
    cpu: [{ name: 'node0 SPU 0', usedPercent: 9 }],
    memory: [{ name: 'node0 SPU 0', usedPercent: 61 }],
    sensors: [{ kind: 'count', value: 120, status: 'critical' }],
  });
});

test('of a probe only the last test that was completed', () => {
  const lost = `${JUNIPER}.3.50.1.2.1.4.1.97.1.98`;
  expect(read(EX, { [`${lost}.1`]: 5, [`${lost}.2`]: 10, [`${lost}.4`]: 20 }).sensors).toMatchObject([
    { kind: 'loss', value: 10 },
  ]);
});
