import { expect, test } from 'vitest';
import { profile } from '../../../../agent/snmp/profiles/riello.ts';
import { readSnapshot } from '../read-snapshot.ts';

test('the card and the UPS it is in', () => {
  const { identity, sensors = [] } = readSnapshot(
    {
      '1.3.6.1.2.1.1.2.0': 'oid:1.3.6.1.4.1.5491.6',
      '1.3.6.1.2.1.1.1.0': 'NetMan plus',
      '1.3.6.1.2.1.33.1.1.2.0': 'MDT 30',
      '1.3.6.1.2.1.33.1.1.3.0': 'SWM033',
      '1.3.6.1.4.1.5491.10.1.10.8.0': 27,
    },
    [profile],
  );
  expect(identity).toMatchObject({ kind: 'ups', vendor: 'Riello', model: 'NetMan plus MDT 30', version: 'SWM033' });
  expect(sensors.map(({ kind, value, status }) => [kind, value, status])).toEqual([['temperature', 27, 'ok']]);
});
