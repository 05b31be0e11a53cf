import { expect, test } from 'vitest';
import { profile } from '../../../../agent/snmp/profiles/meru.ts';
import { readSnapshot } from '../read-snapshot.ts';

const MERU = '1.3.6.1.4.1.15983.1.1';

test('the controller and its access points', () => {
  const { identity, cpu, memory, storage, sensors } = readSnapshot(
    {
      '1.3.6.1.2.1.1.2.0': 'oid:1.3.6.1.4.1.15983.1.1.9',
      [`${MERU}.3.1.14.10.0`]: 24,
      [`${MERU}.3.1.14.13.0`]: 23,
      [`${MERU}.3.1.14.16.0`]: 22,
      [`${MERU}.4.1.1.19.0`]: 'MC9000',
      [`${MERU}.4.1.1.21.0`]: 1,
      [`${MERU}.4.1.1.27.0`]: '8.5-1',
      [`${MERU}.4.1.1.32.0`]: 'M1',
      [`${MERU}.4.2.1.1.2.7`]: 'Till',
      [`${MERU}.4.2.1.1.26.7`]: 2,
    },
    [profile],
  );
  expect(identity).toMatchObject({ kind: 'wireless-controller', model: 'MC9000', version: '8.5-1', serial: 'M1' });
  expect([cpu, memory, storage].map((part) => part?.[0]?.usedPercent)).toEqual([23, 22, 24]);
  expect(sensors?.map(({ name, status }) => [name, status])).toEqual([
    ['Controller', 'ok'],
    ['Access point Till', 'critical'],
  ]);
});
