import { expect, test } from 'vitest';
import { profile } from '../../../../agent/snmp/profiles/netonix.ts';
import { readSnapshot } from '../read-snapshot.ts';

const OBJECT_ID = '1.3.6.1.2.1.1.2.0';
const DESCR = '1.3.6.1.2.1.1.1.0';
const NETONIX = '1.3.6.1.4.1.46242';

test('what it measures and powers', () => {
  const reading = readSnapshot(
    {
      [OBJECT_ID]: 'oid:1.3.6.1.4.1.8072.3.2.10',
      [DESCR]: 'Netonix WS-99-250-AC',
      [`${NETONIX}.1.0`]: '1.5.6',
      [`${NETONIX}.4.1.2.1`]: '3.3V Rail',
      [`${NETONIX}.4.1.3.1`]: 331,
      [`${NETONIX}.5.1.2.1`]: '48V',
      [`${NETONIX}.6.0`]: 412,
    },
    [profile],
  );
  expect(reading).toMatchObject({
    identity: { model: 'WS-99-250-AC', version: '1.5.6' },
    sensors: [
      { kind: 'voltage', name: '3.3V Rail', value: 3.31 },
      { kind: 'state', name: 'Port 1 PoE', label: '48V', status: 'ok' },
      { kind: 'power', value: 41.2 },
    ],
  });
});
