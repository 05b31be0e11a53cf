import { expect, test } from 'vitest';
import { profile } from '../../../../agent/snmp/profiles/netgear.ts';
import { readSnapshot } from '../read-snapshot.ts';

const OBJECT_ID = '1.3.6.1.2.1.1.2.0';
const DESCR = '1.3.6.1.2.1.1.1.0';
const ROOT = '1.3.6.1.4.1.4526.11';

test('what it is, its load and its parts', () => {
  const reading = readSnapshot(
    {
      [OBJECT_ID]: 'oid:1.3.6.1.4.1.4526.100.4.99',
      [DESCR]: 'GS999T ProSafe 24-port, 6.0.1.2, B1.0',
      [`${ROOT}.1.1.1.4.0`]: 'SN9',
      [`${ROOT}.1.1.4.9.0`]: '    5 Secs (  7.5%)   60 Secs (  8.1%)  300 Secs (  9.2%)',
      [`${ROOT}.43.1.6.1.3.1.0`]: 3,
      [`${ROOT}.43.1.6.1.4.1.0`]: 4200,
      [`${ROOT}.43.1.7.1.3.1.0`]: 1,
      [`${ROOT}.43.1.18.1.2.25`]: '33.4',
      [`${ROOT}.43.1.18.1.2.26`]: '0.0',
    },
    [profile],
  );
  expect(reading).toMatchObject({
    identity: { kind: 'switch', model: 'GS999T', version: '6.0.1.2', serial: 'SN9' },
    cpu: [{ usedPercent: 7.5 }],
    sensors: [
      { kind: 'state', name: 'Fan 1.0', label: 'failed', status: 'critical' },
      { kind: 'fanspeed', value: 4200 },
      { kind: 'state', name: 'Power supply 1.0', label: 'not present', status: 'ok' },
      { kind: 'temperature', name: 'Port 25 optics', value: 33.4 },
    ],
  });
  expect(reading.sensors).toHaveLength(4);
});
