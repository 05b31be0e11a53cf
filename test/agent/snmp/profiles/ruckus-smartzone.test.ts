import { describe, expect, it } from 'vitest';
import { profile } from '../../../../agent/snmp/profiles/ruckus-smartzone.ts';
import { readSnapshot } from '../read-snapshot.ts';

describe('Ruckus SmartZone', () => {
  it('reads its nodes', () => {
    const reading = readSnapshot(
      {
        '1.3.6.1.2.1.1.2.0': 'oid:1.3.6.1.4.1.25053.3.1.11.1',
        '1.3.6.1.4.1.25053.1.8.1.1.1.1.1.1.3.1': 'SZ100',
        '1.3.6.1.4.1.25053.1.8.1.1.1.1.1.1.9.1': '5.2.1',
        '1.3.6.1.4.1.25053.1.8.1.1.1.1.1.1.19.1': 40,
        '1.3.6.1.4.1.25053.1.4.1.1.1.15.1.0': 42,
        '1.3.6.1.4.1.25053.1.4.1.1.1.15.13.0': 'S1',
      },
      [profile],
    );
    expect(reading.identity).toMatchObject({
      kind: 'wireless-controller',
      model: 'SZ100',
      version: '5.2.1',
      serial: 'S1',
    });
    expect(reading.sensors?.map(({ kind, name, value, status }) => [kind, name, value, status])).toEqual([
      ['ap-count', 'Connected APs', 40, 'ok'],
      ['ap-count', 'Total APs', 42, 'ok'],
    ]);
  });
});
