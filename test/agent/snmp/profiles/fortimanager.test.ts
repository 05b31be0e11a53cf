import { describe, expect, it } from 'vitest';
import { profile } from '../../../../agent/snmp/profiles/fortimanager.ts';
import { readSnapshot } from '../read-snapshot.ts';

describe('FortiManager and FortiAnalyzer', () => {
  it('reads the MIB that both products share', () => {
    const reading = readSnapshot(
      {
        '1.3.6.1.2.1.1.2.0': 'oid:1.3.6.1.4.1.12356.102.1.1000',
        '1.3.6.1.4.1.12356.103.2.1.7.0': 'v7.2.4',
        '1.3.6.1.4.1.12356.103.2.1.1.0': 3,
        '1.3.6.1.4.1.12356.103.2.1.2.0': 2000,
        '1.3.6.1.4.1.12356.103.2.1.3.0': 8000,
        '1.3.6.1.4.1.12356.103.2.1.4.0': 10,
        '1.3.6.1.4.1.12356.103.2.1.5.0': 100,
      },
      [profile],
    );
    expect(reading.identity).toMatchObject({ kind: 'appliance', version: 'v7.2.4' });
    expect(reading.memory).toMatchObject([{ name: 'Main Memory', usedPercent: 25 }]);
    expect(reading.storage).toMatchObject([{ name: 'Disk', usedPercent: 10 }]);
  });
});
