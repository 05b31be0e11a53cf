import { expect, test } from 'vitest';
import { profile } from '../../../../agent/snmp/profiles/supermicro-superdoctor.ts';
import { readSnapshot } from '../read-snapshot.ts';

const row = (index: number, [name, type, reading, high, low]: readonly [string, number, number, number, number]) =>
  Object.fromEntries(
    [name, type, reading, high, low].map((value, at) => [`1.3.6.1.4.1.10876.2.1.1.1.1.${at + 2}.${index}`, value]),
  );

test('fans below, temperatures above, voltages on either side of their limits', () => {
  const { sensors } = readSnapshot(
    {
      ...row(1, ['Fan1', 0, 300, 0, 700]),
      ...row(2, ['Vcore', 1, 1200, 1500, 800]),
      ...row(3, ['System', 2, 80, 75, 0]),
    },
    [profile],
  );
  expect(sensors).toMatchObject([
    { kind: 'temperature', value: 80, status: 'critical' },
    { kind: 'fanspeed', value: 300, status: 'critical' },
    { kind: 'voltage', value: 1.2, status: 'ok' },
  ]);
});
