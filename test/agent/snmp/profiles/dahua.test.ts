import { expect, test } from 'vitest';
import { profile } from '../../../../agent/snmp/profiles/dahua.ts';
import { readSnapshot } from '../read-snapshot.ts';

const SYSTEM = '1.3.6.1.4.1.1004849.2.1';
const VOLUME = '1.3.6.1.4.1.1004849.2.4.1.1';

test('a recorder and its volumes', () => {
  const reading = readSnapshot(
    {
      [`${SYSTEM}.1.1.0`]: '3.2',
      [`${SYSTEM}.2.4.0`]: 'D9',
      [`${SYSTEM}.2.6.0`]: 'DHI-NVR9999',
      [`${SYSTEM}.2.8.0`]: 0,
      [`${SYSTEM}.3.0`]: 31,
      [`${VOLUME}.4.1`]: '/dev/sda',
      [`${VOLUME}.5.1`]: 'Normal',
      [`${VOLUME}.6.1`]: 90,
    },
    [profile],
  );
  expect(reading).toMatchObject({
    identity: { kind: 'nvr', vendor: 'Dahua', model: 'DHI-NVR9999', version: '3.2', serial: 'D9' },
    cpu: [{ usedPercent: 31 }],
    storage: [{ name: '/dev/sda', usedPercent: 90 }],
    sensors: [
      { name: 'Device Status', label: 'Bad', status: 'critical' },
      { name: 'Volume /dev/sda', label: 'Normal', status: 'ok' },
    ],
  });
});

test('a camera by its product line', () => {
  const answers = { '1.3.6.1.2.1.1.2.0': 'oid:1.3.6.1.4.1.1004849.2.10.3' };
  expect(readSnapshot(answers, [profile]).identity.kind).toBe('camera');
});
