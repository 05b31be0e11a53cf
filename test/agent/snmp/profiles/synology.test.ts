import { expect, test } from 'vitest';
import { profile as linux } from '../../../../agent/snmp/profiles/linux.ts';
import { profile } from '../../../../agent/snmp/profiles/synology.ts';
import { readSnapshot } from '../read-snapshot.ts';

const SYNOLOGY = '1.3.6.1.4.1.6574';

test('a Linux by its sysObjectID, a Synology by what it answers', () => {
  const { identity, sensors } = readSnapshot(
    {
      '1.3.6.1.2.1.1.1.0': 'Linux nas 4.4.59+ #25426 SMP x86_64',
      '1.3.6.1.2.1.1.2.0': 'oid:1.3.6.1.4.1.8072.3.2.10',
      [`${SYNOLOGY}.1.5.1.0`]: 'DS920+',
      [`${SYNOLOGY}.1.5.2.0`]: '2080XXX',
      [`${SYNOLOGY}.1.5.3.0`]: 'DSM 7.1-42962',
      [`${SYNOLOGY}.1.1.0`]: 1,
      [`${SYNOLOGY}.2.1.1.2.0`]: 'Disk 1',
      [`${SYNOLOGY}.2.1.1.3.0`]: 'WD40',
      [`${SYNOLOGY}.2.1.1.5.0`]: 5,
      [`${SYNOLOGY}.2.1.1.6.0`]: 37,
      [`${SYNOLOGY}.3.1.1.2.0`]: 'Volume 1',
      [`${SYNOLOGY}.3.1.1.3.0`]: 11,
      [`${SYNOLOGY}.4.2.1.0`]: 'OB DISCHRG',
    },
    [profile, linux],
  );
  expect(identity).toMatchObject({ kind: 'nas', model: 'DS920+', version: '7.1-42962', serial: '2080XXX' });
  expect(sensors).toMatchObject([
    { name: 'System', status: 'ok' },
    { name: 'Disk 1 WD40', label: 'crashed', status: 'critical' },
    { kind: 'temperature', name: 'Disk 1 WD40', value: 37 },
    { name: 'Volume 1', label: 'degraded', status: 'critical' },
    { name: 'UPS', label: 'on battery', status: 'warning' },
  ]);
});
