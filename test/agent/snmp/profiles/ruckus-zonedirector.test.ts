import { describe, expect, it } from 'vitest';
import { profile } from '../../../../agent/snmp/profiles/ruckus-zonedirector.ts';
import { readSnapshot } from '../read-snapshot.ts';

describe('Ruckus ZoneDirector', () => {
  it('counts clients of networks, and misses an access point', () => {
    const reading = readSnapshot(
      {
        '1.3.6.1.2.1.1.2.0': 'oid:1.3.6.1.4.1.25053.3.1.5.3',
        '1.3.6.1.4.1.25053.1.2.1.1.1.1.9.0': 'ZD1200',
        '1.3.6.1.4.1.25053.1.2.1.1.1.1.18.0': '10.4',
        '1.3.6.1.4.1.25053.1.2.2.1.1.1.1.1.1.4.115.104.111.112': 'shop',
        '1.3.6.1.4.1.25053.1.2.2.1.1.1.1.1.12.4.115.104.111.112': 7,
        '1.3.6.1.4.1.25053.1.2.2.1.1.2.1.1.2.6.1.2.3.4.5.6': 'till',
        '1.3.6.1.4.1.25053.1.2.2.1.1.2.1.1.3.6.1.2.3.4.5.6': 0,
      },
      [profile],
    );
    expect(reading.identity).toMatchObject({ kind: 'wireless-controller', model: 'ZD1200', version: '10.4' });
    expect(reading.sensors?.map(({ kind, name, value, status }) => [kind, name, value, status])).toEqual([
      ['clients', 'SSID: shop', 7, 'ok'],
      ['state', 'Access point till', 0, 'critical'],
    ]);
  });
});
