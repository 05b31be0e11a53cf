import { describe, expect, it } from 'vitest';
import { profile } from '../../../../agent/snmp/profiles/airos.ts';
import { readSnapshot } from '../read-snapshot.ts';

describe('Ubiquiti airMAX', () => {
  it('reads its link, and a temperature that is told too high', () => {
    const reading = readSnapshot(
      {
        '1.3.6.1.2.1.1.2.0': 'oid:1.3.6.1.4.1.10002.1',
        '1.3.6.1.2.1.1.1.0': 'Linux 2.6.33 #1',
        '1.2.840.10036.3.1.2.1.3.5': 'NanoStation M5',
        '1.2.840.10036.3.1.2.1.4.5': 'XW.ar934x.v6.3.2',
        '1.3.6.1.4.1.41112.1.4.1.1.4.1': 5500,
        '1.3.6.1.4.1.41112.1.4.1.1.7.1': 2500,
        '1.3.6.1.4.1.41112.1.4.5.1.15.1': 3,
        '1.3.6.1.4.1.41112.1.4.6.1.7.1': 125,
        '1.3.6.1.4.1.41112.1.4.8.3.0': 1250,
        '1.3.6.1.4.1.41112.1.4.8.4.0': 420000000,
      },
      [profile],
    );
    expect(reading.identity).toMatchObject({ kind: 'access-point', model: 'NanoStation M5', version: '6.3.2' });
    expect(reading.cpu).toMatchObject([{ name: 'Processor', usedPercent: 12.5 }]);
    expect(reading.sensors?.map(({ kind, name, value, status }) => [kind, name, value, status])).toEqual([
      ['frequency', 'Radio Frequency', 5500, 'ok'],
      ['distance', 'Distance', 2.5, 'ok'],
      ['clients', 'Clients', 3, 'ok'],
      ['utilization', 'Airtime', 12.5, 'ok'],
      ['temperature', 'Temperature', 42, 'ok'],
    ]);
  });
});
