import { expect, test } from 'vitest';
import { profile } from '../../../../agent/snmp/profiles/truenas.ts';
import { readSnapshot } from '../read-snapshot.ts';

const TRUENAS = '1.3.6.1.4.1.50536.1';
const SYSTEM = {
  '1.3.6.1.2.1.1.1.0': 'TrueNAS-12.0-U8. Hardware: amd64 Intel(R) Xeon(R) E5. Software: FreeBSD 12.2-RELEASE-p12',
};

test('pools and datasets in units of their own', () => {
  const { identity, storage, sensors } = readSnapshot(
    {
      ...SYSTEM,
      [`${TRUENAS}.1.1.1.2.1`]: 'tank',
      [`${TRUENAS}.1.1.1.3.1`]: 4096,
      [`${TRUENAS}.1.1.1.4.1`]: 1000,
      [`${TRUENAS}.1.1.1.5.1`]: 400,
      [`${TRUENAS}.1.1.1.7.1`]: 1,
      [`${TRUENAS}.2.1.1.2.1`]: 'tank/data',
      [`${TRUENAS}.2.1.1.3.1`]: 4096,
      [`${TRUENAS}.2.1.1.4.1`]: 800,
      [`${TRUENAS}.2.1.1.6.1`]: 600,
    },
    [profile],
  );
  expect(identity).toMatchObject({ kind: 'nas', version: '12.0-U8', model: 'amd64 Intel(R) Xeon(R) E5' });
  expect(storage).toMatchObject([
    { name: 'tank', usedPercent: 40, totalBytes: 4_096_000 },
    { name: 'tank/data', usedPercent: 25 },
  ]);
  expect(sensors).toMatchObject([{ name: 'ZPool: tank', label: 'degraded', status: 'critical' }]);
});

test('the later table tells the health in a word', () => {
  const { sensors, storage } = readSnapshot(
    {
      ...SYSTEM,
      [`${TRUENAS}.1.1.1.2.1`]: 'tank',
      [`${TRUENAS}.1.1.1.3.1`]: 'ONLINE',
      [`${TRUENAS}.1.1.1.4.1`]: ['counter64', 123],
      [`${TRUENAS}.1.1.1.7.1`]: ['counter64', 5],
    },
    [profile],
  );
  expect(sensors).toMatchObject([{ name: 'ZPool: tank', label: 'online', status: 'ok' }]);
  expect(storage).toBeUndefined();
});
