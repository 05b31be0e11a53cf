import { describe, expect, it } from 'vitest';
import { profile } from '../../../../agent/snmp/profiles/sonicwall.ts';
import { readSnapshot } from '../read-snapshot.ts';

describe('SonicWall', () => {
  it('is known by its description where its sysObjectID is not its own', () => {
    const reading = readSnapshot(
      {
        '1.3.6.1.2.1.1.2.0': 'oid:1.0.3.0.6.0.1.0',
        '1.3.6.1.2.1.1.1.0': 'SonicWALL TZ 370 (SonicOS 7.0.1)',
        '1.3.6.1.4.1.8741.2.1.1.1.0': 'TZ 370',
        '1.3.6.1.4.1.8741.2.1.1.2.0': '2CB8ED000000',
        '1.3.6.1.4.1.8741.2.1.1.3.0': 'SonicOS 7.0.1',
        '1.3.6.1.4.1.8741.1.3.1.1.0': 1000,
        '1.3.6.1.4.1.8741.1.3.1.2.0': 1001,
        '1.3.6.1.4.1.8741.1.3.1.3.0': 8,
        '1.3.6.1.4.1.8741.1.3.1.4.0': 36,
      },
      [profile],
    );
    expect(reading.identity).toMatchObject({
      kind: 'firewall',
      model: 'TZ 370',
      version: 'SonicOS 7.0.1',
      serial: '2CB8ED000000',
    });
    expect(reading.cpu).toMatchObject([{ name: 'CPU', usedPercent: 8 }]);
    expect(reading.memory).toMatchObject([{ name: 'Memory Utilization', usedPercent: 36 }]);
    expect(reading.sensors?.map(({ kind, name, value, status }) => [kind, name, value, status])).toEqual([
      ['count', 'Connections', 1001, 'critical'],
    ]);
  });
});
