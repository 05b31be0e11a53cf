import { expect, test } from 'vitest';
import { profile } from '../../../../agent/snmp/profiles/avigilon.ts';
import { readSnapshot } from '../read-snapshot.ts';

const STATUS = '1.3.6.1.4.1.46202.1.1.1';

test('temperature, its sensor, and the card', () => {
  const { identity, sensors } = readSnapshot(
    {
      '1.3.6.1.2.1.1.2.0': 'oid:1.3.6.1.4.1.46202.1',
      [`${STATUS}.1.1.3.1`]: 2,
      [`${STATUS}.1.1.4.1`]: 47,
      [`${STATUS}.5.0`]: 10,
    },
    [profile],
  );
  expect(identity.kind).toBe('camera');
  expect(sensors).toMatchObject([
    { kind: 'temperature', value: 47 },
    { name: 'Temperature Sensor Status 1', status: 'critical' },
    { label: 'Writing failed', status: 'critical', oid: `${STATUS}.5.0` },
  ]);
});
