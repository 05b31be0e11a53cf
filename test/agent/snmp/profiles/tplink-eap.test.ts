import { expect, test } from 'vitest';
import { profile } from '../../../../agent/snmp/profiles/tplink-eap.ts';
import { readSnapshot } from '../read-snapshot.ts';

test('an access point is told by its own tree', () => {
  const { identity, sensors } = readSnapshot(
    {
      '1.3.6.1.2.1.1.2.0': 'oid:1.3.6.1.4.1.8072.3.2.10',
      '1.3.6.1.4.1.11863.10.1.10.3.0': 'EAP225',
      '1.3.6.1.4.1.11863.10.1.10.5.0': '5.0.9',
      '1.3.6.1.4.1.11863.10.1.1.1.0': 13,
    },
    [profile],
  );
  expect(identity).toMatchObject({ kind: 'access-point', model: 'EAP225', version: '5.0.9' });
  expect(sensors).toMatchObject([{ kind: 'clients', value: 13 }]);
});
