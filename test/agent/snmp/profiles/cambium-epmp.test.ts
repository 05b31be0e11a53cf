import { describe, expect, it } from 'vitest';
import { profile } from '../../../../agent/snmp/profiles/cambium-epmp.ts';
import { readSnapshot } from '../read-snapshot.ts';

describe('Cambium ePMP', () => {
  it('reads its link, and misses the sync', () => {
    const reading = readSnapshot(
      {
        '1.3.6.1.2.1.1.2.0': 'oid:1.3.6.1.4.1.17713.21',
        '1.3.6.1.4.1.17713.21.1.1.1.0': '4.7.1',
        '1.3.6.1.4.1.17713.21.1.1.31.0': 'W1',
        '1.3.6.1.4.1.17713.21.2.1.64.0': 125,
        '1.3.6.1.4.1.17713.21.1.1.7.0': 2,
        '1.3.6.1.4.1.17713.21.1.2.10.0': 14,
      },
      [profile],
    );
    expect(reading.identity).toMatchObject({ version: '4.7.1', serial: 'W1' });
    expect(reading.cpu).toMatchObject([{ name: 'Processor', usedPercent: 12.5 }]);
    expect(reading.sensors?.map(({ kind, name, value, status }) => [kind, name, value, status])).toEqual([
      ['state', 'GPS Status', 2, 'critical'],
      ['clients', 'Client Count', 14, 'ok'],
    ]);
  });
});
