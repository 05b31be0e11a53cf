import { expect, test } from 'vitest';
import { profile as upsMib } from '../../../../agent/snmp/profiles/ups-mib.ts';
import type { Sensor } from '../../../../agent/snmp/reading.ts';
import { disproved } from '../../../../agent/snmp/traps/disproved.ts';

const RAISED = ['trap:upsTrapOnBattery', 'trap:upsTrapAlarmEntryAdded:3', 'trap:apc-5'].map((check) => ({
  check,
  status: 'critical' as const,
}));
const [SOURCE, ALARMS] = ['1.3.6.1.2.1.33.1.4.1.0', '1.3.6.1.2.1.33.1.6.1.0'] as const;
const sensor = (oid: string, value: number, status: Sensor['status']): Sensor => ({
  kind: 'state',
  name: 'x',
  unit: '',
  oid,
  value,
  status,
});
const look = (...sensors: Sensor[]) => ({ identity: {}, profiles: [], sensors });

test('a UPS that is fed by the mains is on battery no longer, and without alarms has none', () => {
  expect(disproved(RAISED, look(sensor(SOURCE, 3, 'ok')))).toEqual(['trap:upsTrapOnBattery']);
  expect(disproved(RAISED, look(sensor(ALARMS, 0, 'ok')))).toEqual(['trap:upsTrapAlarmEntryAdded:3']);
});

test('what the look does not tell, or confirms, stays', () => {
  expect(disproved(RAISED, look())).toEqual([]);
  expect(disproved(RAISED, look(sensor(SOURCE, 5, 'critical'), sensor(ALARMS, 1, 'warning')))).toEqual([]);
});

test('what is looked at is what the profile of UPS-MIB reads', () => {
  const read = upsMib.sensors?.map(({ value }) => (typeof value === 'string' ? value : value.oid));
  expect(read).toEqual(expect.arrayContaining([SOURCE, ALARMS]));
});
