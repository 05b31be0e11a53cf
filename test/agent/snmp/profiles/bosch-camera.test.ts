import { expect, test } from 'vitest';
import { profile } from '../../../../agent/snmp/profiles/bosch-camera.ts';
import { readSnapshot } from '../read-snapshot.ts';

const SYSTEM = '1.3.6.1.4.1.3967.1.1';

test('a camera on Net-SNMP’s sysObjectID', () => {
  const reading = readSnapshot(
    {
      '1.3.6.1.2.1.1.2.0': 'oid:1.3.6.1.4.1.8072.3.2.10',
      [`${SYSTEM}.1.5.0`]: '9.80',
      [`${SYSTEM}.1.7.0`]: 'Bosch',
      [`${SYSTEM}.5.1.0`]: 'FLEXIDOME 9',
      [`${SYSTEM}.7.1.1.1`]: 455,
      [`${SYSTEM}.9.1.1.1`]: 80,
      [`${SYSTEM}.10.0`]: 129,
      [`${SYSTEM}.13.1.1.1`]: 3550,
      '1.3.6.1.4.1.3967.1.3.1.1.1.1': 1,
    },
    [profile],
  );
  expect(reading).toMatchObject({
    identity: { kind: 'camera', vendor: 'Bosch', model: 'FLEXIDOME 9', version: '9.80' },
    cpu: [{ usedPercent: 20 }],
    sensors: [
      { kind: 'temperature', value: 45.5 },
      { kind: 'humidity', value: 35.5 },
      { kind: 'power', value: 12.9 },
      { name: 'Video signal 1', status: 'critical' },
    ],
  });
});
