import { expect, test } from 'vitest';
import { statesFirst } from '../../../../agent/snmp/evaluate/states-first.ts';
import type { Sensor } from '../../../../agent/snmp/reading.ts';

const sensor = (kind: Sensor['kind'], name: string): Sensor => ({
  kind,
  name,
  unit: '',
  oid: name,
  value: 1,
  status: 'ok',
});

test('states come first, each kind in its own order', () => {
  const reading = {
    identity: {},
    profiles: [],
    sensors: [sensor('fanspeed', 'a'), sensor('state', 'b'), sensor('temperature', 'c'), sensor('state', 'd')],
  };
  expect(statesFirst(reading).sensors?.map(({ name }) => name)).toEqual(['b', 'd', 'a', 'c']);
});

test('a device without sensors has none', () => {
  expect(statesFirst({ identity: {}, profiles: [] })).not.toHaveProperty('sensors');
});
