import { describe, expect, it } from 'vitest';
import { profile } from '../../../../agent/snmp/profiles/aerohive.ts';
import { readSnapshot } from '../read-snapshot.ts';

describe('Aerohive', () => {
  it('drops the name of the system from its version', () => {
    const reading = readSnapshot(
      {
        '1.3.6.1.2.1.1.2.0': 'oid:1.3.6.1.4.1.26928',
        '1.3.6.1.4.1.26928.1.2.6.0': 'AP130',
        '1.3.6.1.4.1.26928.1.2.5.0': '01301',
        '1.3.6.1.4.1.26928.1.2.12.0': 'HiveOS 10.0r8',
        '1.3.6.1.4.1.26928.1.2.3.0': 6,
        '1.3.6.1.4.1.26928.1.2.4.0': 57,
        '1.3.6.1.4.1.26928.1.2.9.0': 11,
        '1.3.6.1.4.1.26928.1.1.1.2.1.1.1.1.5': 'wifi0',
        '1.3.6.1.4.1.26928.1.1.1.2.1.5.1.1.5': 6,
      },
      [profile],
    );
    expect(reading.identity).toMatchObject({
      kind: 'access-point',
      model: 'AP130',
      version: '10.0r8',
      serial: '01301',
    });
    expect(reading.memory).toMatchObject([{ name: 'Memory', usedPercent: 57 }]);
    expect(reading.sensors?.map(({ kind, name, value, status }) => [kind, name, value, status])).toEqual([
      ['clients', 'Clients', 11, 'ok'],
      ['frequency', 'Frequency wifi0', 2437, 'ok'],
    ]);
  });
});
