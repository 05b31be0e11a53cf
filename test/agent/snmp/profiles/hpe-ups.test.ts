import { expect, test } from 'vitest';
import { profile } from '../../../../agent/snmp/profiles/hpe-ups.ts';
import { readSnapshot } from '../read-snapshot.ts';

const POWER = '1.3.6.1.4.1.232.165';

test('the columns of XUPS-MIB below its own root', () => {
  const { identity, sensors = [] } = readSnapshot(
    {
      '1.3.6.1.2.1.1.2.0': `oid:${POWER}.3`,
      [`${POWER}.3.1.2.0`]: 'HP R1500 G2',
      [`${POWER}.3.1.3.0`]: '1.04',
      [`${POWER}.1.2.7.0`]: '3C81',
      [`${POWER}.3.2.1.0`]: 720,
      [`${POWER}.3.2.4.0`]: 97,
      [`${POWER}.3.4.4.1.2.1`]: 231,
      [`${POWER}.3.4.5.0`]: 5,
    },
    [profile],
  );
  expect(identity).toMatchObject({ kind: 'ups', vendor: 'HPE', model: 'HP R1500 G2', version: '1.04', serial: '3C81' });
  expect(sensors.map(({ kind, value, status }) => [kind, value, status])).toEqual([
    ['runtime', 12, 'ok'],
    ['charge', 97, 'ok'],
    ['voltage', 231, 'ok'],
    ['state', 5, 'critical'],
  ]);
});
