import { describe, expect, it } from 'vitest';
import { profile } from '../../../../agent/snmp/profiles/cradlepoint.ts';
import { readSnapshot } from '../read-snapshot.ts';

describe('Cradlepoint', () => {
  it('reads its modems', () => {
    const reading = readSnapshot(
      {
        '1.3.6.1.2.1.1.2.0': 'oid:1.3.6.1.4.1.20992.1.1',
        '1.3.6.1.2.1.1.1.0': 'Cradlepoint IBR900-600M, Firmware Version 7.21.40.a',
        '1.3.6.1.4.1.20992.1.2.2.1.2.1': 'Internal LTE',
        '1.3.6.1.4.1.20992.1.2.2.1.5.1': 5,
        '1.3.6.1.4.1.20992.1.2.2.1.4.1': -71,
        '1.3.6.1.4.1.20992.1.1.4.0': 4,
      },
      [profile],
    );
    expect(reading.identity).toMatchObject({ kind: 'router', model: 'IBR900-600M', version: '7.21.40.a' });
    expect(reading.sensors?.map(({ kind, name, value, status }) => [kind, name, value, status])).toEqual([
      ['state', 'mdmStatus - Internal LTE', 5, 'critical'],
      ['state', 'Firmware Upgrade Status', 4, 'warning'],
      ['dbm', 'Signal Strength - Internal LTE', -71, 'ok'],
    ]);
  });
});
