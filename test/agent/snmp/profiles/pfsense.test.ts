import { expect, test } from 'vitest';
import { profile as freebsd } from '../../../../agent/snmp/profiles/freebsd.ts';
import { profile } from '../../../../agent/snmp/profiles/pfsense.ts';
import { readSnapshot } from '../read-snapshot.ts';

const PF = '1.3.6.1.4.1.12325.1.200.1';

test.each([
  ['pfSense 2.6.0-RELEASE pfSense FreeBSD 12.3-STABLE amd64', '2.6.0-RELEASE'],
  ['pfSense Plus fw1.example 23.05-RELEASE FreeBSD 14.0-CURRENT amd64', '23.05-RELEASE'],
])('%s', (description, version) => {
  const { identity, sensors } = readSnapshot(
    {
      '1.3.6.1.2.1.1.1.0': description,
      '1.3.6.1.2.1.1.2.0': 'oid:1.3.6.1.4.1.12325.1.1.2.1.1',
      [`${PF}.1.1.0`]: 2,
      [`${PF}.3.1.0`]: ['gauge', 321],
    },
    [profile, freebsd],
  );
  expect(identity).toMatchObject({ kind: 'firewall', vendor: 'Netgate', model: 'amd64', version });
  expect(sensors).toMatchObject([
    { name: 'Packet filter', status: 'critical' },
    { name: 'Firewall states', value: 321 },
  ]);
});
