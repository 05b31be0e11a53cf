import { describe, expect, it } from 'vitest';
import { profile } from '../../../../agent/snmp/profiles/sierra-airlink.ts';
import { readSnapshot } from '../read-snapshot.ts';

describe('Sierra Wireless AirLink', () => {
  it('reads its signal and its board', () => {
    const reading = readSnapshot(
      {
        '1.3.6.1.2.1.1.2.0': 'oid:1.3.6.1.4.1.20542.9.1',
        '1.3.6.1.4.1.20542.9.1.1.1.4.0': '4.14.0',
        '1.3.6.1.4.1.20542.9.1.1.1.261.0': -67,
        '1.3.6.1.4.1.20542.9.1.1.1.266.0': '12.15',
        '1.3.6.1.4.1.20542.9.1.1.1.267.0': 41,
      },
      [profile],
    );
    expect(reading.identity).toMatchObject({ kind: 'router', version: '4.14.0' });
    expect(reading.sensors?.map(({ kind, name, value, status }) => [kind, name, value, status])).toEqual([
      ['rssi', 'RSSI', -67, 'ok'],
      ['voltage', 'Power In', 12.15, 'ok'],
      ['temperature', 'Board Temperature', 41, 'ok'],
    ]);
  });
});
