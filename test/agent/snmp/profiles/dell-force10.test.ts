import { expect, test } from 'vitest';
import { profile } from '../../../../agent/snmp/profiles/dell-force10.ts';
import { readSnapshot } from '../read-snapshot.ts';

const OBJECT_ID = '1.3.6.1.2.1.1.2.0';
const DESCR = '1.3.6.1.2.1.1.1.0';
const CHASSIS = '1.3.6.1.4.1.6027.3.26.1';
const OPTICS = '1.3.6.1.4.1.6027.3.11.1.3.1.1';

test('its load, parts and optics', () => {
  const reading = readSnapshot(
    {
      [OBJECT_ID]: 'oid:1.3.6.1.4.1.6027.1.3.9',
      [DESCR]: 'Dell Real Time Operating System Software\nSoftware Version: 9.14(1.0)\nSeries: S9999-ON',
      [`${CHASSIS}.4.4.1.4.1`]: 9,
      [`${CHASSIS}.4.4.1.6.1`]: 30,
      [`${CHASSIS}.4.6.1.4.1.1`]: 2,
      [`${CHASSIS}.4.7.1.4.1.1`]: 3,
      [`${OPTICS}.2.5`]: 'Te 1/5',
      [`${OPTICS}.8.5`]: '-2.5',
      [`${OPTICS}.18.5`]: '6.5',
    },
    [profile],
  );
  expect(reading).toMatchObject({
    identity: { model: 'S9999-ON', version: '9.14(1.0)' },
    cpu: [{ usedPercent: 9 }],
    memory: [{ usedPercent: 30 }],
    sensors: [
      { name: 'Power supply 1.1', label: 'down', status: 'critical' },
      { name: 'Fan tray 1.1', label: 'absent', status: 'unknown' },
      { kind: 'dbm', name: 'Te 1/5 lane 1 TX power', value: -2.5 },
      { kind: 'current', name: 'Te 1/5 lane 1 TX bias', value: 0.0065 },
    ],
  });
});
