import { expect, test } from 'vitest';
import { profile } from '../../../../agent/snmp/profiles/juniper-screenos.ts';
import { readSnapshot } from '../read-snapshot.ts';

const NETSCREEN = '1.3.6.1.4.1.3224';

test('ScreenOS says all of itself in sysDescr', () => {
  const reading = readSnapshot(
    {
      '1.3.6.1.2.1.1.1.0': 'SSG5-Serial version 6.3.0r27.0 (SN: 0162000000, Firewall+VPN)',
      '1.3.6.1.2.1.1.2.0': `oid:${NETSCREEN}.1.51`,
      [`${NETSCREEN}.16.1.3.0`]: 8,
      [`${NETSCREEN}.16.2.1.0`]: 30,
      [`${NETSCREEN}.16.2.2.0`]: 70,
      [`${NETSCREEN}.16.3.2.0`]: 90,
      [`${NETSCREEN}.16.3.3.0`]: 8000,
    },
    [profile],
  );
  expect(reading).toMatchObject({
    identity: { kind: 'firewall', model: 'SSG5-Serial', version: '6.3.0r27.0', serial: '0162000000' },
    cpu: [{ usedPercent: 8 }],
    memory: [{ usedPercent: 30 }],
    sensors: [{ name: 'Sessions', value: 90, status: 'ok' }],
  });
});
