import { describe, expect, it } from 'vitest';
import { profile } from '../../../../agent/snmp/profiles/teltonika.ts';
import { readSnapshot } from '../read-snapshot.ts';

describe('Teltonika RutOS', () => {
  it('reads a modem whose states are words, and volts apart from contacts', () => {
    const reading = readSnapshot(
      {
        '1.3.6.1.2.1.1.2.0': 'oid:1.3.6.1.4.1.8072.3.2.10',
        '1.3.6.1.4.1.48690.1.1.0': '60001',
        '1.3.6.1.4.1.48690.1.2.0': 'RUTX11',
        '1.3.6.1.4.1.48690.1.6.0': 'RUTX_R_00.07.04',
        '1.3.6.1.4.1.48690.2.3.0': 600,
        '1.3.6.1.4.1.48690.2.2.1.9.1': 'not inserted',
        '1.3.6.1.4.1.48690.2.2.1.13.1': 'Orange',
        '1.3.6.1.4.1.48690.2.2.1.15.1': 'Connected',
        '1.3.6.1.4.1.48690.2.2.1.17.1': 420,
        '1.3.6.1.4.1.48690.2.2.1.20.1': '-87',
        '1.3.6.1.4.1.48690.6.2.1.2.1': 'adc0',
        '1.3.6.1.4.1.48690.6.2.1.6.1': '3.30 V',
        '1.3.6.1.4.1.48690.6.2.1.2.2': 'din1',
        '1.3.6.1.4.1.48690.6.2.1.6.2': 'High level',
      },
      [profile],
    );
    expect(reading.identity).toMatchObject({
      kind: 'router',
      model: 'RUTX11',
      version: 'RUTX_R_00.07.04',
      serial: '60001',
    });
    expect(reading.facts).toEqual({ 'modem.operator': 'Orange' });
    expect(reading.sensors?.map(({ kind, name, value, status }) => [kind, name, value, status])).toEqual([
      ['runtime', 'Connection Uptime', 10, 'ok'],
      ['temperature', 'Modem Module Temp', 42, 'ok'],
      ['state', 'SIM State', 1, 'critical'],
      ['state', 'Connection State (Orange)', 0, 'ok'],
      ['signal', 'Signal Level - RSRP', -87, 'ok'],
      ['rsrp', 'Modem 1 RSRP', -87, 'ok'],
      ['state', 'I/O 2 State (din1)', 1, 'ok'],
      ['voltage', 'I/O 1 (adc0)', 3.3, 'ok'],
    ]);
  });
});
