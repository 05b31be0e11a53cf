import { describe, expect, it } from 'vitest';
import { profile } from '../../../../agent/snmp/profiles/ruckus-unleashed.ts';
import { readSnapshot } from '../read-snapshot.ts';

describe('Ruckus Unleashed', () => {
  it('reads its system', () => {
    const reading = readSnapshot(
      {
        '1.3.6.1.2.1.1.2.0': 'oid:1.3.6.1.4.1.25053.3.1.5.20',
        '1.3.6.1.4.1.25053.1.15.1.1.1.1.9.0': 'R510',
        '1.3.6.1.4.1.25053.1.15.1.1.1.1.15.0': 'S1',
        '1.3.6.1.4.1.25053.1.15.1.1.1.1.18.0': '200.9',
        '1.3.6.1.4.1.25053.1.15.1.1.1.1.20.0': 'FR',
        '1.3.6.1.4.1.25053.1.15.1.1.1.15.1.0': 3,
        '1.3.6.1.4.1.25053.1.15.1.1.1.15.2.0': 25,
        '1.3.6.1.4.1.25053.1.15.1.1.1.15.14.0': 60,
      },
      [profile],
    );
    expect(reading.identity).toMatchObject({
      kind: 'access-point',
      model: 'R510',
      version: '200.9 (FR)',
      serial: 'S1',
    });
    expect(reading.memory).toMatchObject([{ name: 'System Memory', usedPercent: 60 }]);
    expect(reading.sensors?.map(({ kind, name, value, status }) => [kind, name, value, status])).toEqual([
      ['ap-count', 'Connected APs', 3, 'ok'],
      ['clients', 'Clients: Total', 25, 'ok'],
    ]);
  });
});
