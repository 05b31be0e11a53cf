import { expect, test } from 'vitest';
import { profile } from '../../../../agent/snmp/profiles/allied-telesis.ts';
import { readSnapshot } from '../read-snapshot.ts';

const OBJECT_ID = '1.3.6.1.2.1.1.2.0';
const DESCR = '1.3.6.1.2.1.1.1.0';
const MIBS = '1.3.6.1.4.1.207.8.4.4';

test('what it is and what it measures', () => {
  const reading = readSnapshot(
    {
      [OBJECT_ID]: 'oid:1.3.6.1.4.1.207.1.14.999',
      [DESCR]: 'Allied Telesis router/switch, Software (AlliedWare Plus) Version 5.5.1-1.2',
      [`${MIBS}.3.21.1.1.5.1.1`]: 'AT-x999-28GTX',
      [`${MIBS}.3.21.1.1.8.1.1`]: 'A9',
      [`${MIBS}.3.3.8.1.4.1`]: 13,
      [`${MIBS}.3.3.3.0`]: 13,
      [`${MIBS}.3.12.1.1.4.1.1.1`]: 'Fan 1',
      [`${MIBS}.3.12.1.1.5.1.1.1`]: 3000,
      [`${MIBS}.3.12.1.1.6.1.1.1`]: 4000,
      [`${MIBS}.3.12.1.1.7.1.1.1`]: 1,
      [`${MIBS}.3.28.1.5.1.3.5025.1`]: 5000,
      '1.3.6.1.2.1.31.1.1.1.1.5025': 'port1.0.25',
    },
    [profile],
  );
  expect(reading).toMatchObject({
    identity: { kind: 'switch', model: 'AT-x999-28GTX', version: '5.5.1-1.2', serial: 'A9' },
    sensors: [
      { kind: 'fanspeed', name: 'Fan 1', value: 3000, status: 'critical' },
      { kind: 'state', name: 'Fan 1', label: 'failed', status: 'critical' },
      { kind: 'dbm', name: 'port1.0.25 channel 1 RX power', value: expect.closeTo(-3.01, 2) },
    ],
  });
  expect(reading.cpu).toEqual([{ name: 'Processor 1', usedPercent: 13 }]);
});
