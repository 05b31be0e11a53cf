import { describe, expect, it } from 'vitest';
import { profile } from '../../../../agent/snmp/profiles/unifi.ts';
import { readSnapshot } from '../read-snapshot.ts';

const NETWORK = '1.3.6.1.4.1.41112.1.6.1.2.1';

describe('UniFi access points', () => {
  it('count the clients of a radio and of a network, and tell a radio once', () => {
    const rows = [
      ['ng', 'shop', 4, 6, 23],
      ['ng', 'guest', 1, 6, 23],
      ['na', 'shop', 14, 157, 26],
    ] as const;
    const answers = Object.fromEntries(
      rows.flatMap(([radio, network, clients, channel, power], row) => [
        [`${NETWORK}.9.${row + 1}`, radio],
        [`${NETWORK}.6.${row + 1}`, network],
        [`${NETWORK}.8.${row + 1}`, clients],
        [`${NETWORK}.4.${row + 1}`, channel],
        [`${NETWORK}.21.${row + 1}`, power],
      ]),
    );
    const { identity, memory, sensors } = readSnapshot(
      {
        '1.3.6.1.2.1.1.1.0': 'U6-Lite 6.5.28',
        '1.3.6.1.2.1.1.2.0': 'oid:1.3.6.1.4.1.8072.3.2.10',
        '1.3.6.1.4.1.41112.1.6.3.3.0': 'U6-Lite',
        '1.3.6.1.4.1.41112.1.6.3.6.0': '6.5.28',
        '1.3.6.1.4.1.10002.1.1.1.1.1.0': 1000,
        '1.3.6.1.4.1.10002.1.1.1.1.2.0': 250,
        ...answers,
      },
      [profile],
    );
    expect(identity).toMatchObject({ kind: 'access-point', model: 'U6-Lite', version: '6.5.28' });
    expect(memory).toMatchObject([{ usedPercent: 75 }]);
    expect(sensors?.map(({ kind, name, value, unit }) => [kind, name, value, unit])).toEqual([
      ['clients', 'Clients (ng)', 5, ''],
      ['clients', 'Clients (na)', 14, ''],
      ['clients', 'SSID: shop', 18, ''],
      ['clients', 'SSID: guest', 1, ''],
      ['frequency', 'Frequency (ng)', 2437, 'MHz'],
      ['frequency', 'Frequency (na)', 5785, 'MHz'],
      ['power', 'Tx Power (ng)', 23, 'dBm'],
      ['power', 'Tx Power (na)', 26, 'dBm'],
    ]);
  });
});
