import { expect, test } from 'vitest';
import { profile } from '../../../../agent/snmp/profiles/dell-powerconnect.ts';
import { readSnapshot } from '../read-snapshot.ts';

const OBJECT_ID = '1.3.6.1.2.1.1.2.0';
const DESCR = '1.3.6.1.2.1.1.1.0';
const DELL = '1.3.6.1.4.1.674.10895';
const FASTPATH = `${DELL}.5000.2.6132.1.1`;

test('its load, and the temperatures of each unit', () => {
  const reading = readSnapshot(
    {
      [OBJECT_ID]: `oid:${DELL}.3058`,
      [DESCR]: 'Dell Networking N9999P, 6.5.1.1, Linux 3.7',
      [`${DELL}.3000.1.2.100.8.1.4.1`]: 'TAG9',
      [`${FASTPATH}.1.1.4.9.0`]: '    5 Secs ( 12.3456%)   60 Secs ( 20.1%)  300 Secs ( 21.0%)',
      [`${FASTPATH}.1.1.4.1.0`]: 250,
      [`${FASTPATH}.1.1.4.2.0`]: 1000,
      [`${FASTPATH}.43.1.8.1.4.1.0`]: 1,
      [`${FASTPATH}.43.1.8.1.5.1.0`]: 41,
      [`${FASTPATH}.43.1.2.0`]: 40,
      [`${DELL}.3000.1.2.110.7.2.1.2.1`]: 'PSU 1',
      [`${DELL}.3000.1.2.110.7.2.1.3.1`]: 6,
    },
    [profile],
  );
  expect(reading).toMatchObject({
    identity: { kind: 'switch', model: 'Dell Networking N9999P', version: '6.5.1.1', serial: 'TAG9' },
    cpu: [{ usedPercent: 12.3456 }],
    memory: [{ usedPercent: 75, totalBytes: 1_024_000 }],
    sensors: [
      { name: 'Temperature sensor 1.0', label: 'normal', status: 'ok' },
      { kind: 'temperature', value: 41, status: 'warning' },
      { name: 'PSU 1', status: 'critical' },
    ],
  });
});

test('before there were stacks, the temperature stood where a state stands now', () => {
  const { sensors } = readSnapshot({ [OBJECT_ID]: `oid:${DELL}.3030`, [`${FASTPATH}.43.1.8.1.4.0`]: 36 }, [profile]);
  expect(sensors).toMatchObject([{ kind: 'temperature', value: 36 }]);
});
