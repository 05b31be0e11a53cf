import { expect, test } from 'vitest';
import { profile } from '../../../../agent/snmp/profiles/fortiswitch.ts';
import { readSnapshot } from '../read-snapshot.ts';

const OBJECT_ID = '1.3.6.1.2.1.1.2.0';
const SYSTEM = '1.3.6.1.4.1.12356.106.4.1';

test('what it is, its load and its power supplies', () => {
  const reading = readSnapshot(
    {
      [OBJECT_ID]: 'oid:1.3.6.1.4.1.12356.106.1.999',
      [`${SYSTEM}.1.0`]: 'FortiSwitch-999E-POE v6.4.3,build0452',
      [`${SYSTEM}.2.0`]: 22,
      [`${SYSTEM}.3.0`]: 200,
      [`${SYSTEM}.4.0`]: 800,
      '1.3.6.1.4.1.12356.100.1.1.1.0': 'S999',
      '1.3.6.1.2.1.99.1.1.1.1.7': 12,
      '1.3.6.1.2.1.99.1.1.1.5.7': 3,
      '1.3.6.1.2.1.47.1.1.1.1.7.7': 'PSU1',
    },
    [profile],
  );
  expect(reading).toMatchObject({
    identity: { kind: 'switch', model: 'FortiSwitch-999E-POE', version: '6.4.3', serial: 'S999' },
    cpu: [{ usedPercent: 22 }],
    memory: [{ usedPercent: 25, totalBytes: 819_200 }],
    sensors: [{ name: 'PSU1', status: 'critical' }],
  });
});
