import { describe, expect, it } from 'vitest';
import { profile } from '../../../../agent/snmp/profiles/airfiber-60.ts';
import { readSnapshot } from '../read-snapshot.ts';

describe('Ubiquiti airFiber 60', () => {
  it('reads both ends of its link', () => {
    const reading = readSnapshot(
      {
        '1.3.6.1.2.1.1.2.0': 'oid:1.3.6.1.4.1.10002.1',
        '1.3.6.1.4.1.41112.1.11.1.2.2.1': 'AF60-LR',
        '1.3.6.1.4.1.41112.1.11.1.2.4.1': 'AF60.v2.6.1.44972',
        '1.3.6.1.4.1.41112.1.11.1.1.1.1.1': 0,
        '1.3.6.1.4.1.41112.1.11.1.3.1.3.1': -52,
        '1.3.6.1.4.1.41112.1.11.1.3.1.18.1': -54,
      },
      [profile],
    );
    expect(reading.identity).toMatchObject({ model: 'AF60-LR', version: 'v2.6.1' });
    expect(reading.sensors?.map(({ kind, name, value, status }) => [kind, name, value, status])).toEqual([
      ['state', 'Radio Role', 0, 'ok'],
      ['rssi', 'Local RSSI', -52, 'ok'],
      ['rssi', 'Remote RSSI', -54, 'ok'],
    ]);
  });
});
