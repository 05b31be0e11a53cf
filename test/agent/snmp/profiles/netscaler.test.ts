import { expect, test } from 'vitest';
import { profile } from '../../../../agent/snmp/profiles/netscaler.ts';
import { readSnapshot } from '../read-snapshot.ts';

const ROOT = '1.3.6.1.4.1.5951.4.1.1';

test('identity, load, and the other node', () => {
  const reading = readSnapshot(
    {
      '1.3.6.1.2.1.1.2.0': 'oid:1.3.6.1.4.1.5951.1',
      [`${ROOT}.1.0`]: 'NetScaler NS13.0: Build 76.31.nc, Date: 2021',
      [`${ROOT}.41.2.0`]: 33,
      [`${ROOT}.41.4.0`]: 2,
      [`${ROOT}.41.6.1.1.4.99`]: 'cpu0',
      [`${ROOT}.41.6.1.2.4.99`]: 6,
      [`${ROOT}.23.24.0`]: 7,
      [`${ROOT}.46.12.0`]: 55,
    },
    [profile],
  );
  expect(reading).toMatchObject({
    identity: { vendor: 'Citrix', version: 'NS13.0' },
    cpu: [{ name: 'cpu0', usedPercent: 6 }],
    memory: [{ usedPercent: 33, totalBytes: 2 * 1_048_576 }],
    sensors: [
      { kind: 'state', name: 'High availability of this node', status: 'critical' },
      { kind: 'count', name: 'Client connections', value: 55 },
    ],
  });
});
