import { expect, test } from 'vitest';
import { profile } from '../../../../agent/snmp/profiles/hikvision.ts';
import { readSnapshot } from '../read-snapshot.ts';

const CAMERA = '1.3.6.1.4.1.39165.1';
const RECORDER = '1.3.6.1.4.1.50001.1';

test('a camera, which has no sysObjectID and tells numbers as texts', () => {
  const reading = readSnapshot(
    {
      [`${CAMERA}.1.0`]: 'DS-2CD9999',
      [`${CAMERA}.3.0`]: 'V5.5.0 build 1',
      [`${CAMERA}.7.0`]: '27 PERCENT',
      [`${CAMERA}.8.0`]: '32 GB',
      [`${CAMERA}.9.0`]: '80 PERCENT',
      [`${CAMERA}.11.0`]: '50 PERCENT',
    },
    [profile],
  );
  expect(reading).toMatchObject({
    identity: { kind: 'camera', vendor: 'Hikvision', model: 'DS-2CD9999', version: 'V5.5.0 build 1' },
    cpu: [{ usedPercent: 27 }],
    memory: [{ usedPercent: 50 }],
    storage: [{ usedPercent: 80 }],
  });
});

test('a recorder and its disks', () => {
  const reading = readSnapshot(
    {
      '1.3.6.1.2.1.1.2.0': 'oid:1.3.6.1.4.1.50001',
      [`${RECORDER}.3.0`]: 'H9',
      [`${RECORDER}.100.0`]: 2,
      [`${RECORDER}.220.0`]: 256,
      [`${RECORDER}.221.0`]: 5,
      [`${RECORDER}.241.1.2.1.0`]: 'SATA 1',
      [`${RECORDER}.241.1.3.1.0`]: 3,
      [`${RECORDER}.241.1.4.1.0`]: 250,
      [`${RECORDER}.241.1.5.1.0`]: 1000,
    },
    [profile],
  );
  expect(reading).toMatchObject({
    identity: { kind: 'nvr', model: 'NVR', serial: 'H9' },
    memory: [{ usedPercent: 5, totalBytes: 256 * 1024 ** 2 }],
    storage: [{ name: 'Disk 1 SATA 1', usedPercent: 75 }],
    sensors: [{ name: 'Disk 1 SATA 1', label: 'SMART failed', status: 'critical' }],
  });
});
