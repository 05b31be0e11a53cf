import { expect, test } from 'vitest';
import { profile } from '../../../../agent/snmp/profiles/huawei-ups-mib.ts';
import { profile as upsMib } from '../../../../agent/snmp/profiles/ups-mib.ts';
import { readSnapshot } from '../read-snapshot.ts';

const HUAWEI = '1.3.6.1.4.1.2011.6.174.1';

test('each phase in the units of its MIB, and UPS-MIB’s not beside it', () => {
  const { identity, sensors = [] } = readSnapshot(
    {
      '1.3.6.1.2.1.1.2.0': 'oid:1.3.6.1.4.1.8072.3.2.10',
      '1.3.6.1.2.1.33.1.2.4.0': 55,
      [`${HUAWEI}.2.100.1.2.1`]: 'UPS9000',
      [`${HUAWEI}.2.100.1.3.1`]: 'V9',
      [`${HUAWEI}.2.100.1.5.1`]: 'H1',
      [`${HUAWEI}.2.101.1.1.1`]: 4,
      [`${HUAWEI}.3.100.1.2.1`]: 2301,
      [`${HUAWEI}.3.100.1.4.1`]: 4998,
      [`${HUAWEI}.4.100.1.6.1`]: 105,
      [`${HUAWEI}.4.100.1.8.1`]: 12,
      [`${HUAWEI}.4.100.1.14.1`]: 333,
      [`${HUAWEI}.6.100.1.2.1`]: -50,
      [`${HUAWEI}.6.100.1.3.1`]: 97,
      [`${HUAWEI}.6.100.1.4.1`]: 1800,
      [`${HUAWEI}.6.100.1.6.1`]: ['gauge', 4_294_967_295],
    },
    [profile, upsMib],
  );
  expect(identity).toMatchObject({ kind: 'ups', vendor: 'Huawei', model: 'UPS9000', version: 'V9', serial: 'H1' });
  expect(sensors.map(({ kind, name, value, status }) => [kind, name, value, status])).toEqual([
    ['state', 'Supply', 4, 'critical'],
    ['voltage', 'Input B', 230.1, 'ok'],
    ['frequency', 'Input', 49.98, 'ok'],
    ['current', 'Output C', 10.5, 'ok'],
    ['power', 'Output A', 1200, 'ok'],
    ['load', 'Output A', 33.3, 'ok'],
    ['current', 'Battery', -5, 'ok'],
    ['charge', 'Battery', 97, 'ok'],
    ['runtime', 'Battery', 30, 'ok'],
  ]);
});
