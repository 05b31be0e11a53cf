import { describe, expect, it } from 'vitest';
import { profile } from '../../../../agent/snmp/profiles/draytek.ts';
import { readSnapshot } from '../read-snapshot.ts';

describe('DrayTek Vigor', () => {
  it('is told by its description', () => {
    const reading = readSnapshot(
      {
        '1.3.6.1.2.1.1.2.0': 'oid:1.3.6.1.4.1.7367',
        '1.3.6.1.2.1.1.1.0': 'DrayTek Corporation, Router Model: Vigor2865, Version: 4.4.0, Build',
        '1.3.6.1.4.1.7367.3.7.0': 67,
      },
      [profile],
    );
    expect(reading.identity).toMatchObject({ kind: 'router', model: 'Vigor2865', version: '4.4.0' });
    expect(reading.memory).toMatchObject([{ name: 'Memory', usedPercent: 67 }]);
  });
});
