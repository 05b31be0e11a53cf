import { expect, test } from 'vitest';
import { profile } from '../../../../agent/snmp/profiles/huawei-ups.ts';
import { readSnapshot } from '../read-snapshot.ts';

test('frequencies in hundredths', () => {
  const { identity, sensors = [] } = readSnapshot(
    {
      '1.3.6.1.2.1.1.2.0': 'oid:1.3.6.1.4.1.2011.6.174',
      '1.3.6.1.2.1.33.1.1.2.0': 'UPS5000-E',
      '1.3.6.1.2.1.33.1.1.3.0': 'V2',
      '1.3.6.1.2.1.33.1.4.2.0': 5001,
    },
    [profile],
  );
  expect(identity).toMatchObject({ kind: 'ups', model: 'UPS5000-E', version: 'V2' });
  expect(sensors.map(({ kind, value, status }) => [kind, value, status])).toEqual([['frequency', 50.01, 'ok']]);
});
