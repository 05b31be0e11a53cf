import { describe, expect, it } from 'vitest';
import { profile } from '../../../../agent/snmp/profiles/aruba-instant.ts';
import { readSnapshot } from '../read-snapshot.ts';

describe('Aruba Instant', () => {
  it('names a radio by its access point, and counts what the cluster has', () => {
    const reading = readSnapshot(
      {
        '1.3.6.1.2.1.1.2.0': 'oid:1.3.6.1.4.1.14823.1.2.71',
        '1.3.6.1.2.1.1.1.0': 'ArubaOS (MODEL: 305), Version 8.6.0.4',
        '1.3.6.1.4.1.14823.2.3.3.1.1.4.0': '8.6.0.4',
        '1.3.6.1.4.1.14823.2.3.3.1.2.1.1.2.0.17.34.51.68.85': 'till',
        '1.3.6.1.4.1.14823.2.3.3.1.2.1.1.4.0.17.34.51.68.85': 'CN1',
        '1.3.6.1.4.1.14823.2.3.3.1.2.1.1.7.0.17.34.51.68.85': 9,
        '1.3.6.1.4.1.14823.2.3.3.1.2.1.1.8.0.17.34.51.68.85': 40,
        '1.3.6.1.4.1.14823.2.3.3.1.2.1.1.10.0.17.34.51.68.85': 100,
        '1.3.6.1.4.1.14823.2.3.3.1.2.1.1.11.0.17.34.51.68.85': 2,
        '1.3.6.1.4.1.14823.2.3.3.1.2.2.1.4.0.17.34.51.68.85.1': 388,
        '1.3.6.1.4.1.14823.2.3.3.1.2.2.1.6.0.17.34.51.68.85.1': 94,
      },
      [profile],
    );
    expect(reading.identity).toMatchObject({ kind: 'access-point', model: '305', version: '8.6.0.4', serial: 'CN1' });
    expect(reading.cpu).toMatchObject([{ name: 'CN1', usedPercent: 9 }]);
    expect(reading.memory).toMatchObject([{ name: 'till [CN1]', usedPercent: 60 }]);
    expect(reading.sensors?.map(({ kind, name, value, status }) => [kind, name, value, status])).toEqual([
      ['state', 'till (CN1)', 2, 'critical'],
      ['frequency', 'CN1 Radio 1', 5660, 'ok'],
      ['noise-floor', 'CN1 Radio 1', -94, 'ok'],
      ['clients', 'Total Clients', 0, 'ok'],
      ['ap-count', 'Total APs', 1, 'ok'],
    ]);
  });
});
