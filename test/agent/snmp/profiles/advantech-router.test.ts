import { describe, expect, it } from 'vitest';
import { profile } from '../../../../agent/snmp/profiles/advantech-router.ts';
import { readSnapshot } from '../read-snapshot.ts';

describe('Advantech routers', () => {
  it('reads its status and its first modem', () => {
    const reading = readSnapshot(
      {
        '1.3.6.1.2.1.1.2.0': 'oid:1.3.6.1.4.1.30140',
        '1.3.6.1.4.1.30140.6.1.0': 'ICR-3231',
        '1.3.6.1.4.1.30140.6.2.0': '6.3.7',
        '1.3.6.1.4.1.30140.6.3.0': 'ACZ1',
        '1.3.6.1.4.1.30140.3.4.0': 12100,
        '1.3.6.1.4.1.30140.3.5.0': 0,
        '1.3.6.1.4.1.30140.3.8.0': 25,
        '1.3.6.1.4.1.30140.3.10.0': 100,
        '1.3.6.1.4.1.30140.4.32.0': -101,
      },
      [profile],
    );
    expect(reading.identity).toMatchObject({ kind: 'router', model: 'ICR-3231', version: '6.3.7', serial: 'ACZ1' });
    expect(reading.memory).toMatchObject([{ name: 'Memory', usedPercent: 25 }]);
    expect(reading.sensors?.map(({ kind, name, value, status }) => [kind, name, value, status])).toEqual([
      ['voltage', 'Voltage', 12.1, 'ok'],
      ['state', 'RTC battery status', 0, 'critical'],
      ['rsrp', 'Mobile 1 RSRP', -101, 'ok'],
    ]);
  });
});
