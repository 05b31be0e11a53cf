import { expect, test } from 'vitest';
import { profile } from '../../../../agent/snmp/profiles/linux.ts';
import { profile as proxmox } from '../../../../agent/snmp/profiles/proxmox.ts';
import { readSnapshot } from '../read-snapshot.ts';

const LINUX = {
  '1.3.6.1.2.1.1.1.0': 'Linux till-server 6.1.0-18-amd64 #1 SMP Debian 6.1.76-1 x86_64',
  '1.3.6.1.2.1.1.2.0': 'oid:1.3.6.1.4.1.8072.3.2.10',
};
const EXTEND = '1.3.6.1.4.1.8072.1.3.2.3.1.1';

test('kernel and architecture', () => {
  const { identity } = readSnapshot(LINUX, [profile, proxmox]);
  expect(identity).toMatchObject({ kind: 'server', model: 'Generic x86 64-bit', version: '6.1.0-18-amd64' });
});

test('what the administrator let it print counts more', () => {
  const { identity } = readSnapshot(
    {
      ...LINUX,
      [`${EXTEND}.8.104.97.114.100.119.97.114.101`]: 'PowerBox 5',
      [`${EXTEND}.6.115.101.114.105.97.108`]: 'XY-1',
    },
    [profile],
  );
  expect(identity).toMatchObject({ model: 'PowerBox 5', serial: 'XY-1' });
});
