import { expect, test } from 'vitest';
import { profile } from '../../../../agent/snmp/profiles/cisco-wireless.ts';
import { readSnapshot } from '../read-snapshot.ts';

const AIRESPACE = '1.3.6.1.4.1.14179';

test('an AireOS controller: clients by network and in all, access points, load', () => {
  const reading = readSnapshot(
    {
      '1.3.6.1.2.1.1.2.0': `oid:${AIRESPACE}.1.1.4.3`,
      [`${AIRESPACE}.1.1.1.14.0`]: '8.5.151.0',
      [`${AIRESPACE}.1.1.5.1.0`]: 12,
      [`${AIRESPACE}.1.1.5.2.0`]: 1000,
      [`${AIRESPACE}.1.1.5.3.0`]: 400,
      [`${AIRESPACE}.2.1.1.1.2.1`]: 'staff',
      [`${AIRESPACE}.2.1.1.1.38.1`]: ['counter32', 5],
      [`${AIRESPACE}.2.1.1.1.2.2`]: 'guests',
      [`${AIRESPACE}.2.1.1.1.38.2`]: ['counter32', 7],
      '1.3.6.1.4.1.9.9.618.1.8.4.0': ['gauge', 9],
    },
    [profile],
  );
  expect(reading).toMatchObject({
    identity: { version: '8.5.151.0' },
    cpu: [{ usedPercent: 12 }],
    memory: [{ usedPercent: 60, totalBytes: 1_024_000 }],
    sensors: [
      { kind: 'clients', name: 'SSID staff', value: 5 },
      { kind: 'clients', name: 'SSID guests', value: 7 },
      { kind: 'clients', name: 'Clients', value: 12 },
      { kind: 'ap-count', value: 9 },
    ],
  });
});
