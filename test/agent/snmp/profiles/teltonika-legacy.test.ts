import { describe, expect, it } from 'vitest';
import { profile } from '../../../../agent/snmp/profiles/teltonika-legacy.ts';
import { readSnapshot } from '../read-snapshot.ts';

describe('Teltonika RutOS before version 7', () => {
  it('reads the one modem of the older tree', () => {
    const reading = readSnapshot(
      {
        '1.3.6.1.2.1.1.2.0': 'oid:1.3.6.1.4.1.8072.3.2.10',
        '1.3.6.1.4.1.48690.1.5.0': '11016',
        '1.3.6.1.4.1.48690.1.6.0': '231020000000000',
        '1.3.6.1.4.1.48690.1.7.0': 'RUT240',
        '1.3.6.1.4.1.48690.2.14.0': 'RUT2XX_R_00.01.07',
        '1.3.6.1.4.1.48690.2.5.0': 'SFR',
        '1.3.6.1.4.1.48690.2.7.0': 'disconnected',
        '1.3.6.1.4.1.48690.2.4.0': '-71',
        '1.3.6.1.4.1.48690.2.9.0': 385,
      },
      [profile],
    );
    expect(reading.identity).toMatchObject({ model: 'RUT240', version: 'RUT2XX_R_00.01.07', serial: '11016' });
    expect(reading.sensors?.map(({ kind, name, value, status }) => [kind, name, value, status])).toEqual([
      ['temperature', 'Module Temp', 38.5, 'ok'],
      ['signal', 'Signal Level', -71, 'ok'],
      ['state', 'Connection State (SFR)', 1, 'critical'],
    ]);
  });
});
