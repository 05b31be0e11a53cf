import { expect, test } from 'vitest';
import { profile as linux } from '../../../../agent/snmp/profiles/linux.ts';
import { profile } from '../../../../agent/snmp/profiles/proxmox.ts';
import { readSnapshot } from '../read-snapshot.ts';

test('a hypervisor by its kernel, a Linux otherwise', () => {
  const { identity } = readSnapshot({ '1.3.6.1.2.1.1.1.0': 'Linux pve1 6.8.12-1-pve #1 SMP x86_64' }, [profile, linux]);
  expect(identity).toMatchObject({ kind: 'hypervisor', vendor: 'Proxmox', version: '6.8.12-1-pve' });
});
