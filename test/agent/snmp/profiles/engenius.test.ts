import { describe, expect, it } from 'vitest';
import { profile } from '../../../../agent/snmp/profiles/engenius.ts';
import { readSnapshot } from '../read-snapshot.ts';

describe('EnGenius', () => {
  it('is told by the name it leaves the factory with', () => {
    const reading = readSnapshot(
      {
        '1.3.6.1.2.1.1.2.0': 'oid:1.3.6.1.4.1.14125.100',
        '1.3.6.1.2.1.1.5.0': 'EAP600',
        '1.3.6.1.4.1.14125.100.1.6.0': '1.0.0',
        '1.3.6.1.4.1.14125.100.1.7.0': 'S1',
        '1.3.6.1.4.1.14125.100.1.8.0': '2.6',
        '1.3.6.1.4.1.14125.100.1.9.0': '1.3',
      },
      [profile],
    );
    expect(reading.identity).toMatchObject({
      kind: 'access-point',
      model: 'EAP600 v1.0.0',
      version: 'Kernel 2.6 / Apps 1.3',
      serial: 'S1',
    });
  });
});
