import { describe, expect, it } from 'vitest';
import { profile } from '../../../../agent/snmp/profiles/fortiap.ts';
import { readSnapshot } from '../read-snapshot.ts';

describe('FortiAP', () => {
  it('reads clients, temperature and how it is powered', () => {
    const reading = readSnapshot(
      {
        '1.3.6.1.2.1.1.2.0': 'oid:1.3.6.1.4.1.12356.120.1',
        '1.3.6.1.4.1.12356.120.1.1.0': 'FP231F-v7.0',
        '1.3.6.1.4.1.12356.120.1.2.0': 'FP231F1',
        '1.3.6.1.4.1.12356.120.3.4.0': 7,
        '1.3.6.1.4.1.12356.120.3.43.0': 9,
        '1.3.6.1.4.1.12356.120.3.44.0': 48,
      },
      [profile],
    );
    expect(reading.identity).toMatchObject({ kind: 'access-point', version: 'FP231F-v7.0', serial: 'FP231F1' });
    expect(reading.sensors?.map(({ kind, name, value, status }) => [kind, name, value, status])).toEqual([
      ['clients', 'Clients', 9, 'ok'],
      ['temperature', 'Temperature', 48, 'ok'],
      ['state', 'Operating PoE Mode', 7, 'critical'],
    ]);
  });
});
