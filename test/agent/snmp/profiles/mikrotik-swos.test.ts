import { expect, test } from 'vitest';
import { profile } from '../../../../agent/snmp/profiles/mikrotik-swos.ts';
import { readSnapshot } from '../read-snapshot.ts';

const OBJECT_ID = '1.3.6.1.2.1.1.2.0';
const DESCR = '1.3.6.1.2.1.1.1.0';
const MIKROTIK = '1.3.6.1.4.1.14988';

test('a switch, with the health that RouterOS tells of as well', () => {
  const reading = readSnapshot(
    {
      [OBJECT_ID]: `oid:${MIKROTIK}.2`,
      [DESCR]: 'CSS999-24G-2S+ SwOS v2.13',
      [`${MIKROTIK}.1.1.3.10.0`]: 365,
    },
    [profile],
  );
  expect(reading).toMatchObject({
    identity: { kind: 'switch', vendor: 'MikroTik', model: 'CSS999-24G-2S+', version: '2.13' },
    sensors: [{ kind: 'temperature', value: 36.5 }],
  });
});
