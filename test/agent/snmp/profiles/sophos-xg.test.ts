import { describe, expect, it } from 'vitest';
import { profile } from '../../../../agent/snmp/profiles/sophos-xg.ts';
import { readSnapshot } from '../read-snapshot.ts';

describe('Sophos XG', () => {
  it('judges cluster, licences, services and access points', () => {
    const reading = readSnapshot(
      {
        '1.3.6.1.2.1.1.2.0': 'oid:1.3.6.1.4.1.2604.5',
        '1.3.6.1.4.1.2604.5.1.1.2.0': 'XGS2100',
        '1.3.6.1.4.1.2604.5.1.1.3.0': '19.5.1',
        '1.3.6.1.4.1.2604.5.1.1.4.0': 'X1',
        '1.3.6.1.4.1.2604.5.1.4.5.0': 4,
        '1.3.6.1.4.1.2604.5.1.5.2.1.0': 4,
        '1.3.6.1.4.1.2604.5.1.5.3.1.0': 3,
        '1.3.6.1.4.1.2604.5.1.3.1.0': 1,
        '1.3.6.1.4.1.2604.5.1.3.8.0': 5,
        '1.3.6.1.4.1.2604.5.1.7.1.1.5.2.65.80': 1,
        '1.3.6.1.4.1.2604.5.1.7.1.1.1.2.65.80': 'AP',
      },
      [profile],
    );
    expect(reading.identity).toMatchObject({ kind: 'firewall', model: 'XGS2100', version: '19.5.1', serial: 'X1' });
    expect(reading.sensors?.map(({ kind, name, value, status }) => [kind, name, value, status])).toEqual([
      ['state', 'HA peer appliance state', 4, 'critical'],
      ['state', 'Network Protection registration Lic status', 4, 'critical'],
      ['state', 'Web Protection registration Lic status', 3, 'ok'],
      ['state', 'POP3 service', 1, 'ok'],
      ['state', 'DNS service', 5, 'critical'],
      ['state', 'Access point AP', 1, 'critical'],
    ]);
  });
});
