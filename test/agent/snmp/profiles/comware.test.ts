import { expect, test } from 'vitest';
import { profile } from '../../../../agent/snmp/profiles/comware.ts';
import { readSnapshot } from '../read-snapshot.ts';

const OBJECT_ID = '1.3.6.1.2.1.1.2.0';
const DESCR = '1.3.6.1.2.1.1.1.0';
const STATE = '1.3.6.1.4.1.25506.2.6.1.1.1.1';
const ENTITY = '1.3.6.1.2.1.47.1.1.1.1';

test('boards are told of, ports that repeat them are not', () => {
  const reading = readSnapshot(
    {
      [OBJECT_ID]: 'oid:1.3.6.1.4.1.25506.11.1.9',
      [DESCR]:
        'HP Comware Platform Software, Software Version 5.20.99 Release 1\r\nHP A1-24G Switch with 2 Slots\r\nCopyright',
      [`${ENTITY}.5.65`]: 9,
      [`${ENTITY}.5.70`]: 10,
      [`${ENTITY}.7.65`]: 'Board',
      [`${STATE}.6.65`]: 0,
      [`${STATE}.6.70`]: 0,
      [`${STATE}.8.65`]: 47,
      [`${STATE}.8.70`]: 0,
      [`${STATE}.12.65`]: 60,
      [`${STATE}.12.70`]: 60,
      [`${STATE}.13.65`]: 55,
      [`${STATE}.19.65`]: 41,
      '1.3.6.1.4.1.25506.2.6.1.2.1.1.2.2': 'CN9',
      '1.3.6.1.4.1.25506.8.35.9.1.1.1.2.1': 2,
      '1.3.6.1.4.1.25506.8.35.9.1.2.1.2.1': 3,
      '1.3.6.1.4.1.25506.2.70.1.1.1.12.26': -512,
      '1.3.6.1.4.1.25506.2.70.1.1.1.12.27': 2147483647,
    },
    [profile],
  );
  expect(reading).toMatchObject({
    identity: { kind: 'switch', model: 'A1-24G Switch with 2 Slots', version: '5.20.99', serial: 'CN9' },
    cpu: [{ name: 'Board', usedPercent: 0 }],
    memory: [{ name: 'Board', usedPercent: 47 }],
    sensors: [
      { name: 'Fan 1', label: 'not active', status: 'critical' },
      { name: 'Power Supply 1', label: 'not installed', status: 'unknown' },
      { name: 'Board', label: 'fan error', status: 'critical' },
      { kind: 'temperature', name: 'Board', value: 60, status: 'warning' },
      { kind: 'dbm', value: -5.12 },
    ],
  });
  expect(reading.cpu).toHaveLength(1);
  expect(reading.sensors).toHaveLength(5);
});

test('the model without what its entity says of the software', () => {
  const { identity } = readSnapshot(
    {
      [OBJECT_ID]: 'oid:1.3.6.1.4.1.25506.1.9',
      [`${ENTITY}.5.2`]: 3,
      [`${ENTITY}.2.2`]: 'H3C E999 Software Version Release 1',
    },
    [profile],
  );
  expect(identity.model).toBe('E999');
});
