import { expect, test } from 'vitest';
import { profile } from '../../../../agent/snmp/profiles/extreme-voss.ts';
import { readSnapshot } from '../read-snapshot.ts';

const OBJECT_ID = '1.3.6.1.2.1.1.2.0';
const DESCR = '1.3.6.1.2.1.1.1.0';
const RAPID_CITY = '1.3.6.1.4.1.2272';

test('below both its numbers, with its load and its parts', () => {
  const answers = {
    [OBJECT_ID]: 'oid:1.3.6.1.4.1.1916.2.999',
    [DESCR]: 'VSP-9999-24 (8.1.5.0)',
    [`${RAPID_CITY}.1.1.7.0`]: '8.1.5.0',
    [`${RAPID_CITY}.1.4.2.0`]: 'V9',
    [`${RAPID_CITY}.1.85.10.1.1.3.1`]: 25,
    [`${RAPID_CITY}.1.85.10.1.1.6.1`]: 300,
    [`${RAPID_CITY}.1.85.10.1.1.7.1`]: 700,
    [`${RAPID_CITY}.1.4.7.1.1.2.1`]: 3,
    [`${RAPID_CITY}.1.101.1.1.2.1.2.1`]: 'CPU',
    [`${RAPID_CITY}.1.101.1.1.2.1.3.1`]: 80,
    [`${RAPID_CITY}.1.101.1.1.2.1.4.1`]: 75,
    [`${RAPID_CITY}.1.101.1.1.2.1.5.1`]: 90,
  };
  const read = {
    identity: { model: 'VSP-9999-24', version: '8.1.5.0', serial: 'V9' },
    cpu: [{ usedPercent: 25 }],
    memory: [{ usedPercent: 30 }],
    sensors: [
      { kind: 'temperature', name: 'CPU', value: 80, status: 'warning' },
      { name: 'Fan 1', status: 'critical' },
    ],
  };
  expect(readSnapshot(answers, [profile])).toMatchObject(read);
  expect(readSnapshot({ ...answers, [OBJECT_ID]: `oid:${RAPID_CITY}.999` }, [profile])).toMatchObject(read);
});
