import { describe, expect, it } from 'vitest';
import { profile } from '../../../../agent/snmp/profiles/fortimail.ts';
import { readSnapshot } from '../read-snapshot.ts';

describe('FortiMail', () => {
  it('reads the system and the queues', () => {
    const reading = readSnapshot(
      {
        '1.3.6.1.2.1.1.2.0': 'oid:1.3.6.1.4.1.12356.105',
        '1.3.6.1.4.1.12356.105.1.1.0': 'FortiMail-VM',
        '1.3.6.1.4.1.12356.105.1.2.0': 'FEVM1',
        '1.3.6.1.4.1.12356.105.1.3.0': 'v7.0',
        '1.3.6.1.4.1.12356.105.1.6.0': 5,
        '1.3.6.1.4.1.12356.105.1.103.2.1.2.1': 'incoming',
        '1.3.6.1.4.1.12356.105.1.103.2.1.3.1': 12,
      },
      [profile],
    );
    expect(reading.identity).toMatchObject({ model: 'FortiMail-VM', version: 'v7.0', serial: 'FEVM1' });
    expect(reading.sensors?.map(({ kind, name, value, status }) => [kind, name, value, status])).toEqual([
      ['count', 'Mail queue incoming', 12, 'ok'],
    ]);
  });
});
