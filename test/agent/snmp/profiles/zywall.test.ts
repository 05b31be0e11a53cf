import { describe, expect, it } from 'vitest';
import { profile } from '../../../../agent/snmp/profiles/zywall.ts';
import { readSnapshot } from '../read-snapshot.ts';

describe('Zyxel ZyWALL', () => {
  it('cuts the build off its version, and judges the tunnels that are switched on', () => {
    const reading = readSnapshot(
      {
        '1.3.6.1.2.1.1.2.0': 'oid:1.3.6.1.4.1.890.1.6.22',
        '1.3.6.1.4.1.890.1.15.3.1.11.0': 'USG FLEX 100',
        '1.3.6.1.4.1.890.1.15.3.1.6.0': 'V5.31(ABUH.0)ITS-WK30',
        '1.3.6.1.4.1.890.1.15.3.1.12.0': 'S1',
        '1.3.6.1.4.1.890.1.6.22.1.1.0': 9,
        '1.3.6.1.4.1.890.1.6.22.1.2.0': 60,
        '1.3.6.1.4.1.890.1.6.22.2.4.1.2.1': 'centre',
        '1.3.6.1.4.1.890.1.6.22.2.4.1.5.1': 1,
        '1.3.6.1.4.1.890.1.6.22.2.4.1.6.1': 0,
        '1.3.6.1.4.1.890.1.6.22.2.4.1.2.2': 'old',
        '1.3.6.1.4.1.890.1.6.22.2.4.1.5.2': 0,
        '1.3.6.1.4.1.890.1.6.22.2.4.1.6.2': 0,
      },
      [profile],
    );
    expect(reading.identity).toMatchObject({
      kind: 'firewall',
      model: 'USG FLEX 100',
      version: 'V5.31(ABUH.0)',
      serial: 'S1',
    });
    expect(reading.memory).toMatchObject([{ name: 'Memory', usedPercent: 60 }]);
    expect(reading.sensors?.map(({ kind, name, value, status }) => [kind, name, value, status])).toEqual([
      ['state', 'vpn : centre', 0, 'critical'],
    ]);
  });
});

it('runs the access points as well', () => {
  const { identity } = readSnapshot(
    {
      '1.3.6.1.2.1.1.1.0': 'NWA210AX',
      '1.3.6.1.2.1.1.2.0': 'oid:1.3.6.1.4.1.890.1.15',
      '1.3.6.1.4.1.890.1.15.3.1.6.0': 'V6.25(ABTD.7) | 08/04/2022',
    },
    [profile],
  );
  expect(identity).toMatchObject({ kind: 'access-point', model: 'NWA210AX', version: 'V6.25(ABTD.7)' });
});
