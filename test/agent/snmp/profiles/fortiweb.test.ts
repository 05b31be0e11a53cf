import { describe, expect, it } from 'vitest';
import { profile } from '../../../../agent/snmp/profiles/fortiweb.ts';
import { readSnapshot } from '../read-snapshot.ts';

describe('FortiWeb', () => {
  it('reads the system of its MIB', () => {
    const reading = readSnapshot(
      {
        '1.3.6.1.2.1.1.2.0': 'oid:1.3.6.1.4.1.12356.107.1.1',
        '1.3.6.1.4.1.12356.107.2.1.2.0': 'FortiWeb-VM 7.0.1,build0063',
        '1.3.6.1.4.1.12356.100.1.1.1.0': 'FVVM01',
        '1.3.6.1.4.1.12356.107.2.1.5.0': 7,
        '1.3.6.1.4.1.12356.107.2.1.7.0': 33,
        '1.3.6.1.4.1.12356.107.2.1.8.0': 4096,
      },
      [profile],
    );
    expect(reading.identity).toMatchObject({
      kind: 'appliance',
      model: 'FortiWeb-VM',
      version: '7.0.1',
      serial: 'FVVM01',
    });
    expect(reading.cpu).toMatchObject([{ name: 'Processor', usedPercent: 7 }]);
    expect(reading.memory).toMatchObject([{ name: 'Physical Memory', usedPercent: 33 }]);
  });
});
