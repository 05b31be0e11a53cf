import { describe, expect, it } from 'vitest';
import { profile } from '../../../../agent/snmp/profiles/arubaos.ts';
import { readSnapshot } from '../read-snapshot.ts';

describe('Aruba controllers', () => {
  it('reads its processors, its supplies and a temperature within a text', () => {
    const reading = readSnapshot(
      {
        '1.3.6.1.2.1.1.2.0': 'oid:1.3.6.1.4.1.14823.1.1.36',
        '1.3.6.1.2.1.1.1.0': 'ArubaOS (MODEL: Aruba7010), Version 8.6.0.4',
        '1.3.6.1.4.1.14823.2.2.1.1.1.12.0': 'CG1',
        '1.3.6.1.4.1.14823.2.2.1.2.1.13.1.2.1': 'Supervisor',
        '1.3.6.1.4.1.14823.2.2.1.2.1.13.1.3.1': 11,
        '1.3.6.1.4.1.14823.2.2.1.2.1.15.1.2.1': 1000,
        '1.3.6.1.4.1.14823.2.2.1.2.1.15.1.3.1': 400,
        '1.3.6.1.4.1.14823.2.2.1.2.1.15.1.4.1': 600,
        '1.3.6.1.4.1.14823.2.2.1.2.1.18.1.2.2': 2,
        '1.3.6.1.4.1.14823.2.2.1.2.1.10.0': '46.25 degrees Celsius (Normal)',
        '1.3.6.1.4.1.14823.2.2.1.1.3.2.0': 17,
      },
      [profile],
    );
    expect(reading.identity).toMatchObject({
      kind: 'wireless-controller',
      model: 'Aruba7010',
      version: '8.6.0.4',
      serial: 'CG1',
    });
    expect(reading.cpu).toMatchObject([{ name: 'Supervisor', usedPercent: 11 }]);
    expect(reading.memory).toMatchObject([{ name: 'Memory', usedPercent: 40 }]);
    expect(reading.sensors?.map(({ kind, name, value, status }) => [kind, name, value, status])).toEqual([
      ['state', 'Power supply 2', 2, 'critical'],
      ['temperature', 'CPU temperature', 46.25, 'ok'],
      ['clients', 'Client Count', 17, 'ok'],
    ]);
  });
});
