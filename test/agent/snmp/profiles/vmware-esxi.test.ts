import { expect, test } from 'vitest';
import { profile as entities } from '../../../../agent/snmp/profiles/entity-mib.ts';
import { profile } from '../../../../agent/snmp/profiles/vmware-esxi.ts';
import { readSnapshot } from '../read-snapshot.ts';

const ENTITY = '1.3.6.1.2.1.47.1.1.1.1';

test('the host is the first entity, though no chassis', () => {
  const { identity } = readSnapshot(
    {
      '1.3.6.1.2.1.1.1.0': 'VMware ESXi 7.0.3 build-1 VMware, Inc. x86_64',
      '1.3.6.1.2.1.1.2.0': 'oid:1.3.6.1.4.1.6876.4.1',
      [`${ENTITY}.5.1`]: 4,
      [`${ENTITY}.2.1`]: 'ACME Server 9',
      [`${ENTITY}.2.2`]: 'Slot 1',
      [`${ENTITY}.11.1`]: 'ABC123',
    },
    [profile, entities],
  );
  expect(identity).toMatchObject({ kind: 'hypervisor', model: 'ACME Server 9', version: '7.0.3', serial: 'ABC123' });
});
