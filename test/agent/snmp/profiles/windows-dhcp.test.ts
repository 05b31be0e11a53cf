import { expect, test } from 'vitest';
import { profile } from '../../../../agent/snmp/profiles/windows-dhcp.ts';
import { readSnapshot } from '../read-snapshot.ts';

const DHCP = '1.3.6.1.4.1.311.1.3';
const host = { '1.3.6.1.2.1.1.2.0': 'oid:1.3.6.1.4.1.311.1.1.3.1.2' };
const scope = {
  [`${DHCP}.2.1.1.2.10.1.0.0`]: 40,
  [`${DHCP}.2.1.1.3.10.1.0.0`]: 200,
  [`${DHCP}.2.1.1.4.10.1.0.0`]: 1,
};

test('where the service runs its scopes are told', () => {
  const { sensors } = readSnapshot({ ...host, ...scope, [`${DHCP}.1.1.0`]: 'Mon Nov 3 2025' }, [profile]);
  expect(sensors?.map(({ name, value }) => [name, value])).toEqual([
    ['DHCP addresses allocated - 10.1.0.0', 40],
    ['DHCP addresses free - 10.1.0.0', 200],
    ['DHCP addresses pending - 10.1.0.0', 1],
  ]);
});

test('where it does not, the profile is none of the host’s', () => {
  expect(readSnapshot(host, [profile]).profiles).toEqual([]);
});
