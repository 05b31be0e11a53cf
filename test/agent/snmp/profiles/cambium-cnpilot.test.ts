import { describe, expect, it } from 'vitest';
import { profile } from '../../../../agent/snmp/profiles/cambium-cnpilot.ts';
import { readSnapshot } from '../read-snapshot.ts';

describe('Cambium cnPilot', () => {
  it('reads its clients in all and by radio', () => {
    const reading = readSnapshot(
      {
        '1.3.6.1.2.1.1.2.0': 'oid:1.3.6.1.4.1.17713.22',
        '1.3.6.1.4.1.17713.22.1.1.1.5.0': 'cnPilot e410',
        '1.3.6.1.4.1.17713.22.1.1.1.4.0': 'W1',
        '1.3.6.1.4.1.17713.22.1.1.1.8.0': '4.2',
        '1.3.6.1.4.1.17713.22.1.1.1.14.0': 20,
        '1.3.6.1.4.1.17713.22.1.2.1.5.0': 8,
        '1.3.6.1.4.1.17713.22.1.2.1.16.0': '-95',
      },
      [profile],
    );
    expect(reading.identity).toMatchObject({
      kind: 'access-point',
      model: 'cnPilot e410',
      version: '4.2',
      serial: 'W1',
    });
    expect(reading.sensors?.map(({ kind, name, value, status }) => [kind, name, value, status])).toEqual([
      ['clients', 'Clients', 20, 'ok'],
      ['clients', 'Clients, radio 0', 8, 'ok'],
      ['noise-floor', 'Noise Floor, radio 0', -95, 'ok'],
    ]);
  });
});
