import { expect, test } from 'vitest';
import { profile as camera } from '../../../../agent/snmp/profiles/camera.ts';
import { profile } from '../../../../agent/snmp/profiles/hanwha.ts';
import { readSnapshot } from '../read-snapshot.ts';

const identityOf = (sysName: string) =>
  readSnapshot({ '1.3.6.1.2.1.1.2.0': 'oid:1.3.6.1.4.1.36849.1.2.9', '1.3.6.1.2.1.1.5.0': sysName }, [profile, camera])
    .identity;

test('the name it came with is its model', () => {
  expect(identityOf('XNV-8080R')).toMatchObject({ kind: 'camera', vendor: 'Hanwha Vision', model: 'XNV-8080R' });
  expect(identityOf('Entrance').model).toBeUndefined();
});
