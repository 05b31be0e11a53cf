import { expect, test } from 'vitest';
import { profile } from '../../../../agent/snmp/profiles/ruijie.ts';
import { readSnapshot } from '../read-snapshot.ts';

const OBJECT_ID = '1.3.6.1.2.1.1.2.0';
const DESCR = '1.3.6.1.2.1.1.1.0';
const ROOT = '1.3.6.1.4.1.4881.1.1.10.2';

test('what it is, its load and its parts', () => {
  const reading = readSnapshot(
    {
      [OBJECT_ID]: 'oid:1.3.6.1.4.1.4881.1.1.10.1.999',
      [DESCR]: 'Ruijie Gigabit Ethernet Switch (S2999G-E) By Ruijie Networks',
      [`${ROOT}.1.1.2.0`]: 'RGOS 11.4',
      [`${ROOT}.36.1.2.1.2.1`]: 'slot 0',
      [`${ROOT}.36.1.2.1.5.1`]: 8,
      [`${ROOT}.35.1.1.1.3.1`]: 55,
      [`${ROOT}.1.1.44.1.5.1.1`]: 44,
      [`${ROOT}.1.1.41.1.3.1.1`]: 2,
    },
    [profile],
  );
  expect(reading).toMatchObject({
    identity: { kind: 'switch', model: 'S2999G-E', version: 'RGOS 11.4' },
    cpu: [{ name: 'slot 0', usedPercent: 8 }],
    memory: [{ usedPercent: 55 }],
    sensors: [
      { name: 'Power supply 1/1', status: 'critical' },
      { kind: 'temperature', value: 44 },
    ],
  });
});
