import { describe, expect, it } from 'vitest';
import { profile } from '../../../../agent/snmp/profiles/ruckus-ap.ts';
import { readSnapshot } from '../read-snapshot.ts';

describe('Ruckus standalone access points', () => {
  it('reads its radios', () => {
    const reading = readSnapshot(
      {
        '1.3.6.1.2.1.1.2.0': 'oid:1.3.6.1.4.1.25053.3.1.4.47',
        '1.3.6.1.4.1.25053.1.1.2.1.1.1.1.0': 'R600',
        '1.3.6.1.4.1.25053.1.1.2.1.1.1.2.0': 'S1',
        '1.3.6.1.4.1.25053.1.1.3.1.1.1.1.1.3.1': '110.0',
        '1.3.6.1.4.1.25053.1.1.11.1.1.1.1.0': 4,
        '1.3.6.1.4.1.25053.1.1.12.1.1.1.3.1.2.1': 5,
        '1.3.6.1.4.1.25053.1.1.12.1.1.1.3.1.2.2': 8,
        '1.3.6.1.4.1.25053.1.1.12.1.1.1.2.1.8.1': -91,
      },
      [profile],
    );
    expect(reading.identity).toMatchObject({ kind: 'access-point', model: 'R600', version: '110.0', serial: 'S1' });
    expect(reading.cpu).toMatchObject([{ name: 'Processor', usedPercent: 4 }]);
    expect(reading.sensors?.map(({ kind, name, value, status }) => [kind, name, value, status])).toEqual([
      ['clients', 'Clients: radio 1', 5, 'ok'],
      ['clients', 'Clients: radio 2', 8, 'ok'],
      ['noise-floor', 'Noise floor: radio 1', -91, 'ok'],
    ]);
  });
});
