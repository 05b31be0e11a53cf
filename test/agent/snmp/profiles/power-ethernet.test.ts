import { expect, test } from 'vitest';
import { profile } from '../../../../agent/snmp/profiles/power-ethernet.ts';
import { readSnapshot } from '../read-snapshot.ts';

const MAIN = '1.3.6.1.2.1.105.1.3.1.1';
const DETECTION = '1.3.6.1.2.1.105.1.1.1.6.1';

test('what is given, and to which ports', () => {
  const { sensors } = readSnapshot(
    {
      [`${MAIN}.2.1`]: ['gauge', 370],
      [`${MAIN}.3.1`]: 1,
      [`${MAIN}.4.1`]: ['gauge', 400],
      [`${DETECTION}.1`]: 2,
      [`${DETECTION}.2`]: 3,
      [`${DETECTION}.3`]: 4,
    },
    [profile],
  );
  expect(sensors).toMatchObject([
    { kind: 'power', name: 'PoE budget 1', value: 370, status: 'ok' },
    { kind: 'power', name: 'PoE used 1', value: 400, status: 'critical' },
    { kind: 'state', name: 'PoE 1', status: 'ok' },
    { kind: 'state', name: 'PoE port 1.2', label: 'delivering power', status: 'ok' },
    { kind: 'state', name: 'PoE port 1.3', label: 'fault', status: 'warning' },
  ]);
});
