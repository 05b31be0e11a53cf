import { describe, expect, it } from 'vitest';
import { profile } from '../../../../agent/snmp/profiles/digi.ts';
import { readSnapshot } from '../read-snapshot.ts';

describe('Digi', () => {
  it('reads what the device tells of itself', () => {
    const reading = readSnapshot(
      {
        '1.3.6.1.2.1.1.2.0': 'oid:1.3.6.1.4.1.332.11.6',
        '1.3.6.1.4.1.332.11.6.1.1.0': 'ConnectPort X4',
        '1.3.6.1.4.1.332.11.6.1.8.0': 200,
        '1.3.6.1.4.1.332.11.6.1.9.0': 50,
      },
      [profile],
    );
    expect(reading.identity).toMatchObject({ kind: 'router', model: 'ConnectPort X4' });
    expect(reading.memory).toMatchObject([{ name: 'Memory', usedPercent: 75 }]);
  });
});
