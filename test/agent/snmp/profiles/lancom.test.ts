import { describe, expect, it } from 'vitest';
import { profile } from '../../../../agent/snmp/profiles/lancom.ts';
import { readSnapshot } from '../read-snapshot.ts';

describe('LANCOM', () => {
  it('reads its firmware table and its radios', () => {
    const reading = readSnapshot(
      {
        '1.3.6.1.2.1.1.2.0': 'oid:1.3.6.1.4.1.2356.11.8.1790',
        '1.3.6.1.2.1.1.1.0': 'LANCOM 1790VAW 10.50',
        '1.3.6.1.4.1.2356.11.3.1.1.2.1': 'LANCOM 1790VAW',
        '1.3.6.1.4.1.2356.11.3.1.1.3.1': '10.50.0300',
        '1.3.6.1.4.1.2356.11.3.1.1.4.1': '4003',
        '1.3.6.1.4.1.2356.11.1.47.20.0': 44,
        '1.3.6.1.4.1.2356.11.1.3.57.1.1.1.49': 'WLAN-1',
        '1.3.6.1.4.1.2356.11.1.3.57.1.3.1.49': 36,
      },
      [profile],
    );
    expect(reading.identity).toMatchObject({
      kind: 'router',
      model: 'LANCOM 1790VAW',
      version: '10.50.0300',
      serial: '4003',
    });
    expect(reading.sensors?.map(({ kind, name, value, status }) => [kind, name, value, status])).toEqual([
      ['temperature', 'Temperature', 44, 'ok'],
      ['frequency', 'Frequency (WLAN-1)', 5180, 'ok'],
    ]);
  });
});
