import { describe, expect, it } from 'vitest';
import { profile } from '../../../../agent/snmp/profiles/airfiber.ts';
import { readSnapshot } from '../read-snapshot.ts';

describe('Ubiquiti airFiber', () => {
  it('reads its link, and warns of a poor modulation', () => {
    const reading = readSnapshot(
      {
        '1.3.6.1.2.1.1.2.0': 'oid:1.3.6.1.4.1.10002.1',
        '1.3.6.1.2.1.1.1.0': 'Linux 3.10 #1',
        '1.2.840.10036.3.1.2.1.3.5': 'AF-24',
        '1.3.6.1.4.1.41112.1.3.1.1.5.1': 24100,
        '1.3.6.1.4.1.41112.1.3.2.1.4.1': 1234,
        '1.3.6.1.4.1.41112.1.3.2.1.2.1': 1,
      },
      [profile],
    );
    expect(reading.identity).toMatchObject({ model: 'Ubiquiti AF AF-24' });
    expect(reading.sensors?.map(({ kind, name, value, status }) => [kind, name, value, status])).toEqual([
      ['frequency', 'Tx Frequency', 24100, 'ok'],
      ['distance', 'Distance', 1.234, 'ok'],
      ['state', 'Tx Modulation Rate', 1, 'warning'],
    ]);
  });
});
