import { expect, test } from 'vitest';
import { profile } from '../../../../agent/snmp/profiles/qnap.ts';
import { readSnapshot } from '../read-snapshot.ts';

const QNAP = '1.3.6.1.4.1.24681.1';

test('what it tells in texts', () => {
  const { identity, sensors } = readSnapshot(
    {
      '1.3.6.1.2.1.1.1.0': 'Linux TS-451 5.1.0',
      [`${QNAP}.2.12.0`]: 'TS-451',
      [`${QNAP}.2.5.0`]: '48 C/118 F',
      [`${QNAP}.2.11.1.2.1`]: 'HDD1',
      [`${QNAP}.2.11.1.3.1`]: '37 C/98 F',
      [`${QNAP}.2.11.1.3.2`]: '-- C/-- F',
      [`${QNAP}.2.11.1.4.1`]: -9,
      [`${QNAP}.2.11.1.7.1`]: 'GOOD',
      [`${QNAP}.2.15.1.3.1`]: '1047 RPM',
      [`${QNAP}.2.17.1.2.1`]: '[RAID5 Volume]',
      [`${QNAP}.2.17.1.6.1`]: 'Rebuilding...',
    },
    [profile],
  );
  expect(identity).toMatchObject({ kind: 'nas', vendor: 'QNAP', model: 'TS-451' });
  expect(sensors).toMatchObject([
    { name: 'Disk 1', status: 'critical' },
    { name: 'Disk 1 SMART', status: 'ok' },
    { kind: 'temperature', name: 'CPU', value: 48 },
    { kind: 'temperature', name: 'HDD1', value: 37 },
    { kind: 'fanspeed', value: 1047 },
    { name: '[RAID5 Volume]', label: 'rebuilding', status: 'warning' },
  ]);
});

test('its newer tables', () => {
  const { identity, sensors } = readSnapshot(
    {
      '1.3.6.1.2.1.1.2.0': 'oid:1.3.6.1.4.1.24681',
      [`${QNAP}.4.1.1.1.1.1.2.1.3.1`]: 'TVS-872',
      [`${QNAP}.4.1.1.1.1.1.2.1.4.1`]: 'Q000',
      [`${QNAP}.4.1.1.1.1.2.2.1.4.1`]: -1,
      [`${QNAP}.4.1.1.1.1.5.2.1.6.1`]: -1,
      [`${QNAP}.4.1.1.1.1.5.2.1.5.1`]: 2,
    },
    [profile],
  );
  expect(identity).toMatchObject({ model: 'TVS-872', serial: 'Q000' });
  expect(sensors).toMatchObject([
    { name: 'FAN 1', status: 'critical' },
    { name: 'Disk 1', label: 'abnormal', status: 'critical' },
  ]);
});
