import { expect, test } from 'vitest';
import { profile } from '../../../../agent/snmp/profiles/lancom-switch.ts';
import { readSnapshot } from '../read-snapshot.ts';

const OBJECT_ID = '1.3.6.1.2.1.1.2.0';
const DESCR = '1.3.6.1.2.1.1.1.0';
const LANCOM = '1.3.6.1.4.1.2356';

test('what it is, its parts and what it powers', () => {
  const reading = readSnapshot(
    {
      [OBJECT_ID]: `oid:${LANCOM}.14.1.99`,
      [DESCR]: 'LANCOM GS-9999P+ 3.30.0471RU2',
      [`${LANCOM}.14.1.1.1.22.0`]: 40,
      [`${LANCOM}.100.1.1.3.1.5.1.0`]: 3,
      [`${LANCOM}.14.2.13.1.2.1.4.1`]: 61,
    },
    [profile],
  );
  expect(reading).toMatchObject({
    identity: { kind: 'switch', model: 'GS-9999P+', version: '3.30.0471RU2' },
    sensors: [
      { kind: 'temperature', value: 40 },
      { name: 'Fan 1.0', status: 'critical' },
      { kind: 'power', name: 'PoE 1 used', value: 61 },
    ],
  });
});
