import { expect, test } from 'vitest';
import { profile } from '../../../../agent/snmp/profiles/cisco-firewall.ts';
import { type Answers, readSnapshot } from '../read-snapshot.ts';

const CISCO = '1.3.6.1.4.1.9';
const HARDWARE = `${CISCO}.9.147.1.2.1.1.1`;
const CONNECTIONS = `${CISCO}.9.147.1.2.2.2.1`;
const read = (sysDescr: string, answers: Answers = {}) =>
  readSnapshot({ '1.3.6.1.2.1.1.1.0': sysDescr, '1.3.6.1.2.1.1.2.0': `oid:${CISCO}.1.9999`, ...answers }, [profile]);

test('connections, sessions, and a pair of which one is down', () => {
  const { sensors } = read('Cisco Adaptive Security Appliance Version 9.16(4)', {
    [`${HARDWARE}.2.6`]: 'Primary unit',
    [`${HARDWARE}.3.6`]: 9,
    [`${HARDWARE}.4.6`]: 'Active unit',
    [`${HARDWARE}.2.7`]: 'Secondary unit',
    [`${HARDWARE}.3.7`]: 3,
    [`${HARDWARE}.4.7`]: 'Failed',
    [`${CONNECTIONS}.3.40.6`]: 'connections in use',
    [`${CONNECTIONS}.5.40.6`]: ['gauge', 1200],
    [`${CISCO}.9.392.1.3.35.0`]: ['gauge', 4],
  });
  expect(sensors).toMatchObject([
    { name: 'Primary unit', label: 'active', status: 'ok' },
    { name: 'Secondary unit', label: 'down', status: 'critical' },
    { kind: 'count', name: 'connections in use', value: 1200, oid: `${CONNECTIONS}.5.40.6` },
    { kind: 'count', name: 'SVC sessions', value: 4 },
  ]);
});

test('without a partner nothing of one is told', () => {
  const alone = { [`${HARDWARE}.3.7`]: 3, [`${HARDWARE}.4.7`]: 'not Configured' };
  expect(read('Cisco Adaptive Security Appliance Version 9.16(4)', alone).sensors).toBeUndefined();
});

test('Threat Defense has a version of its own beside that of the ASA in it', () => {
  const { identity } = read('Cisco Firepower Threat Defense, Version 6.6.1 (Build 91), ASA Version 9.14(1)150');
  expect(identity).toMatchObject({ kind: 'firewall', version: '6.6.1 (Build 91)' });
});
