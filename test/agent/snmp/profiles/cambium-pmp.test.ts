import { describe, expect, it } from 'vitest';
import { profile } from '../../../../agent/snmp/profiles/cambium-pmp.ts';
import { readSnapshot } from '../read-snapshot.ts';

describe('Cambium PMP', () => {
  it('reads its box and its utilization', () => {
    const reading = readSnapshot(
      {
        '1.3.6.1.2.1.1.2.0': 'oid:1.3.6.1.4.1.161.19.250.256',
        '1.3.6.1.2.1.1.1.0': 'CANOPY 15.1.5 AP-DES',
        '1.3.6.1.4.1.161.19.3.1.3.1.0': 1,
        '1.3.6.1.4.1.161.19.3.3.1.35.0': 39,
        '1.3.6.1.4.1.161.19.3.1.12.1.1.0': 62,
      },
      [profile],
    );
    expect(reading.identity).toMatchObject({ version: '15.1.5' });
    expect(reading.sensors?.map(({ kind, name, value, status }) => [kind, name, value, status])).toEqual([
      ['state', 'GPS Status', 1, 'ok'],
      ['temperature', 'Temperature', 39, 'ok'],
      ['utilization', '1m Downlink Utilization', 62, 'ok'],
    ]);
  });
});

it.each([
  [5795000, 5795],
  [57950, 5795],
])('a frequency told as %j is %j MHz', (told, mhz) => {
  const answers = { '1.3.6.1.2.1.1.2.0': 'oid:1.3.6.1.4.1.161.19.250.256', '1.3.6.1.4.1.161.19.3.1.7.37.0': told };
  expect(readSnapshot(answers, [profile]).sensors).toMatchObject([{ kind: 'frequency', value: mhz, unit: 'MHz' }]);
});
