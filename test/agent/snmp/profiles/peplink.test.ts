import { describe, expect, it } from 'vitest';
import { profile } from '../../../../agent/snmp/profiles/peplink.ts';
import { readSnapshot } from '../read-snapshot.ts';

describe('Peplink', () => {
  it('reads links and modems below either number of the maker', () => {
    const reading = readSnapshot(
      {
        '1.3.6.1.2.1.1.2.0': 'oid:1.3.6.1.4.1.27662',
        '1.3.6.1.2.1.1.1.0': 'Pepwave MAX BR1 Pro 5G',
        '1.3.6.1.4.1.27662.200.1.1.1.1.1.0': 'MAX BR1 Pro 5G',
        '1.3.6.1.4.1.27662.200.1.1.1.1.2.0': '2934',
        '1.3.6.1.4.1.27662.200.1.1.1.1.3.0': '8.3.0',
        '1.3.6.1.4.1.27662.2.1.2.1.2.1': 'WAN',
        '1.3.6.1.4.1.27662.2.1.2.1.3.1': 2,
        '1.3.6.1.4.1.27662.2.1.2.1.5.1': -9999,
        '1.3.6.1.4.1.27662.200.1.12.1.1.1.7.0': -98,
      },
      [profile],
    );
    expect(reading.identity).toMatchObject({
      kind: 'router',
      model: 'MAX BR1 Pro 5G',
      version: '8.3.0',
      serial: '2934',
    });
    expect(reading.sensors?.map(({ kind, name, value, status }) => [kind, name, value, status])).toEqual([
      ['state', 'WAN', 2, 'critical'],
      ['rsrp', 'RSRP 0', -98, 'ok'],
    ]);
  });
});
