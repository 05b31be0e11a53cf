import { expect, test } from 'vitest';
import { profile } from '../../../../agent/snmp/profiles/paloalto.ts';
import { type Answers, readSnapshot } from '../read-snapshot.ts';

const COMMON = '1.3.6.1.4.1.25461.2.1.2';
const read = (answers: Answers) =>
  readSnapshot({ '1.3.6.1.2.1.1.2.0': 'oid:1.3.6.1.4.1.25461.2.3.9999', ...answers }, [profile]);

test('identity, sessions against what the table holds, and a pair that is not well', () => {
  expect(
    read({
      [`${COMMON}.2.1.0`]: 'PA-220',
      [`${COMMON}.1.1.0`]: '10.1.6',
      [`${COMMON}.1.3.0`]: '0128',
      [`${COMMON}.1.11.0`]: 'active',
      [`${COMMON}.1.12.0`]: 'non-functional',
      [`${COMMON}.4.1.0`]: 'not-connected',
      [`${COMMON}.3.1.0`]: 101,
      [`${COMMON}.3.2.0`]: 64000,
      [`${COMMON}.3.3.0`]: 65000,
    }),
  ).toMatchObject({
    identity: { kind: 'firewall', model: 'PA-220', version: '10.1.6', serial: '0128' },
    sensors: [
      { name: 'High availability', status: 'ok' },
      { name: 'High availability of the peer', status: 'critical', label: 'not functional' },
      { name: 'Panorama server 1', status: 'warning' },
      { kind: 'count', name: 'Active sessions', value: 65000, status: 'critical' },
      { kind: 'load', name: 'Session table', value: 101 },
    ],
  });
});

test('one that stands alone has no partner to lose', () => {
  expect(read({ [`${COMMON}.1.11.0`]: 'disabled', [`${COMMON}.1.12.0`]: 'unknown' }).sensors).toBeUndefined();
});
