import { describe, expect, it } from 'vitest';
import { profile } from '../../../../agent/snmp/profiles/airfiber-ltu.ts';
import { readSnapshot } from '../read-snapshot.ts';

describe('Ubiquiti LTU', () => {
  it('reads its stations', () => {
    const reading = readSnapshot(
      {
        '1.3.6.1.2.1.1.2.0': 'oid:1.3.6.1.4.1.10002.1',
        '1.3.6.1.4.1.41112.1.10.1.3.2.0': 'LTU-LR',
        '1.3.6.1.4.1.41112.1.10.1.3.4.0': 'v2.1.1',
        '1.3.6.1.4.1.41112.1.10.1.3.6.0': 14,
        '1.3.6.1.4.1.41112.1.10.1.2.1.0': 1,
        '1.3.6.1.4.1.41112.1.10.1.4.1.3.2.4': 150000,
        '1.3.6.1.4.1.41112.1.10.1.4.1.5.2.4': -58,
      },
      [profile],
    );
    expect(reading.identity).toMatchObject({ model: 'LTU-LR', version: 'v2.1.1' });
    expect(reading.cpu).toMatchObject([{ name: 'Processor', usedPercent: 14 }]);
    expect(reading.sensors?.map(({ kind, name, value, status }) => [kind, name, value, status])).toEqual([
      ['state', 'Radio Role', 1, 'ok'],
      ['rate', 'TX Rate', 150000000, 'ok'],
      ['power', 'RX Power Chain 0', -58, 'ok'],
    ]);
  });
});
