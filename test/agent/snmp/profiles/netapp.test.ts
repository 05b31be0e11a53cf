import { expect, test } from 'vitest';
import { profile } from '../../../../agent/snmp/profiles/netapp.ts';
import { readSnapshot } from '../read-snapshot.ts';

const NETAPP = '1.3.6.1.4.1.789.1';

test('file systems beyond 32 bits, and failed parts counted', () => {
  const { identity, storage, sensors } = readSnapshot(
    {
      '1.3.6.1.2.1.1.2.0': 'oid:1.3.6.1.4.1.789.2.5',
      [`${NETAPP}.1.2.0`]: 'NetApp Release 9.7P8: Wed Oct 14',
      [`${NETAPP}.1.5.0`]: 'FAS2650',
      [`${NETAPP}.5.4.1.2.1`]: '/vol/data/',
      [`${NETAPP}.5.4.1.29.1`]: ['counter64', 10_000_000_000],
      [`${NETAPP}.5.4.1.30.1`]: ['counter64', 4_000_000_000],
      [`${NETAPP}.2.4.2.0`]: 1,
      [`${NETAPP}.6.4.7.0`]: 0,
    },
    [profile],
  );
  expect(identity).toMatchObject({ kind: 'nas', model: 'FAS2650', version: '9.7P8' });
  expect(storage).toMatchObject([{ name: '/vol/data/', usedPercent: 40 }]);
  expect(sensors).toMatchObject([
    { name: 'Failed fans', status: 'warning' },
    { name: 'Failed disks', status: 'ok' },
  ]);
});
