import { expect, test } from 'vitest';
import type { DeviceReading } from '../../../agent/snmp/reading.ts';
import { showReading } from '../../../cli/probe/show-reading.ts';

const reading: DeviceReading = {
  identity: { kind: 'switch', vendor: 'Acme', name: 'sw-1', description: 'Acme\r\n  OS 1' },
  interfaces: [
    { index: 1, name: 'Gi0/1', alias: 'uplink', status: 'up', isEnabled: true, speedBps: 2_500_000_000 },
    { index: 12, name: 'Gi0/12', status: 'down', isEnabled: false },
  ],
  memory: [{ name: 'RAM', usedPercent: 12.5, totalBytes: 2_097_152 }],
  sensors: [
    { kind: 'temperature', name: 'Inlet', value: 23.456, unit: '°C', oid: '1.3.1', status: 'warning' },
    { kind: 'state', name: 'Fan tray', value: 2, unit: '', oid: '1.3.2', status: 'critical', label: 'failed' },
  ],
  supplies: [
    { name: 'Black', kind: 'toner', leftPercent: 8, status: 'warning' },
    { name: 'Drum', kind: 'drum', status: 'ok' },
    { name: 'Waste', kind: 'waste', status: 'unknown' },
  ],
  profiles: ['acme'],
  uptimeS: 93_600,
};

const plain = (lines: string[]) => lines.map((line) => line.replace(/[\u00a0\u202f]/g, ' '));

test('a device is shown part by part, and only what it has', () => {
  expect(plain(showReading(reading, 'en'))).toEqual([
    'Identity',
    '  Name         sw-1',
    '  Kind         switch',
    '  Maker        Acme',
    '  Description  Acme OS 1',
    '  Running for  1 d 2 h',
    '  Read with    acme',
    '',
    'Interfaces',
    '   1  Gi0/1   up            2.5 Gbit/s  uplink',
    '  12  Gi0/12  switched off',
    '',
    'Memory',
    '  RAM  12.5%  of 2 MB',
    '',
    'Sensors',
    '  Inlet     23.46 °C  Warning',
    '  Fan tray    failed  Critical',
    '',
    'Supplies',
    '  Black  8% left    Warning',
    '  Drum   some left  OK',
    '  Waste             Unknown',
  ]);
});

test('in French too', () => {
  const lines = plain(showReading(reading, 'fr'));
  expect(lines).toContain('  Genre             commutateur');
  expect(lines).toContain('  Inlet     23,46 °C  Avertissement');
  expect(lines).toContain('  Drum   il en reste  Correct');
});
