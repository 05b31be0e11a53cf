import { describe, expect, it } from 'vitest';
import { profile } from '../../../../agent/snmp/profiles/mimosa.ts';
import { readSnapshot } from '../read-snapshot.ts';

describe('Mimosa', () => {
  it('reads its chains and streams', () => {
    const reading = readSnapshot(
      {
        '1.3.6.1.2.1.1.2.0': 'oid:1.3.6.1.4.1.43356.1.1.1',
        '1.3.6.1.4.1.43356.2.1.2.1.2.0': '1001',
        '1.3.6.1.4.1.43356.2.1.2.1.3.0': '1.4.6',
        '1.3.6.1.4.1.43356.2.1.2.6.1.1.3.1': -525,
        '1.3.6.1.4.1.43356.2.1.2.6.2.1.2.1': 390,
        '1.3.6.1.4.1.43356.2.1.2.7.3.0': 125,
      },
      [profile],
    );
    expect(reading.identity).toMatchObject({ version: '1.4.6', serial: '1001' });
    expect(reading.sensors?.map(({ kind, name, value, status }) => [kind, name, value, status])).toEqual([
      ['power', 'Rx Power, chain 1', -52.5, 'ok'],
      ['rate', 'Stream 1 Tx Rate', 390000000, 'ok'],
      ['error-ratio', 'Tx Packet Error Ratio', 1.25, 'ok'],
    ]);
  });
});
