import { describe, expect, test } from 'vitest';
import { SnmpFault } from '../../../agent/snmp/client/fault.ts';
import { type Polled, report } from '../../../agent/snmp/points.ts';
import type { DeviceReading, Interface, Sensor } from '../../../agent/snmp/reading.ts';
import { sayIn } from '../../../agent/words.ts';
import { MEASUREMENTS } from '../../../protocol/measurements.ts';

const polled = (reading: Partial<DeviceReading>, more: Partial<Polled> = {}): Polled => ({
  reading: { identity: {}, profiles: [], ...reading },
  faults: [],
  rates: new Map(),
  tookMs: 12.4,
  values: 7,
  ...more,
});
const attention = { uplinks: [] as string[], ignore: [] as string[] };
const say = sayIn('en');
const port = (name: string, more: Partial<Interface> = {}): Interface => ({
  index: 1,
  name,
  status: 'up',
  isEnabled: true,
  speedBps: 1e9,
  ...more,
});
const sensor = (name: string, more: Partial<Sensor> = {}): Sensor => ({
  kind: 'state',
  name,
  value: 1,
  unit: '',
  oid: `1.${name}`,
  status: 'ok',
  ...more,
});
const statusesOf = (reading: Partial<DeviceReading>, more = {}) =>
  report(polled(reading), { ...attention, ...more }, say).statuses;

describe('points', () => {
  test('what a loopback or a tunnel tells of its speed is no line: more passes than that, and no part of it is told', () => {
    for (const type of [24, 131]) {
      const rates = new Map([['lo', { inOctets: 12_500_000 }]]);
      const interfaces = [port('lo', { type, speedBps: 10e6 })];
      const { points } = report(polled({ interfaces }, { rates }), attention, say);
      expect(points.find(({ m }) => m === 'interface')?.f).toEqual({
        ...{ oper_status: 1, admin_status: 1, speed_bps: 10e6, in_bps: 100e6 },
      });
    }
  });

  test('an interface under its name, with rates in bits and in parts of its line', () => {
    const interfaces = [port('Gi1/0/1', { alias: 'till 3' }), port('Gi1/0/2', { status: 'down', isEnabled: false })];
    const rates = new Map([['Gi1/0/1', { inOctets: 12_500_000, outErrors: 2 }]]);
    const { points } = report(polled({ interfaces }, { rates }), attention, say);
    expect(points.filter(({ m }) => m === 'interface')).toEqual([
      {
        m: 'interface',
        t: { name: 'Gi1/0/1', alias: 'till 3' },
        f: { oper_status: 1, admin_status: 1, speed_bps: 1e9, in_bps: 100e6, in_utilization: 10, out_errors: 2 },
      },
      { m: 'interface', t: { name: 'Gi1/0/2' }, f: { oper_status: 2, admin_status: 2, speed_bps: 1e9 } },
    ]);
  });

  test('two interfaces of one name are told apart by alias, or else by index', () => {
    const interfaces = [
      port('eth', { index: 1, alias: 'wan' }),
      port('eth', { index: 2, alias: 'lan' }),
      port('tun', { index: 3 }),
      port('tun', { index: 4 }),
    ];
    const { points } = report(polled({ interfaces }), attention, say);
    const names = points.filter(({ m }) => m === 'interface').map(({ t }) => t?.name);
    expect(names).toEqual(['eth wan', 'eth lan', 'tun #3', 'tun #4']);
  });

  test('what hosts have too bears the names it has there', () => {
    const reading = {
      cpu: [
        { name: 'CPU 1', usedPercent: 20 },
        { name: 'CPU 2', usedPercent: 40 },
      ],
      memory: [{ name: 'Physical', usedPercent: 61, totalBytes: 1024 }],
      storage: [{ name: '/', usedPercent: 50 }],
    };
    expect(report(polled({ ...reading, uptimeS: 5 }), attention, say).points).toEqual([
      { m: 'snmp', f: { response_ms: 12, values: 7, faults: 0, uptime: 5 } },
      { m: 'cpu', t: { cpu: 'cpu-total' }, f: { usage_active: 30 } },
      { m: 'cpu', t: { cpu: 'CPU 1' }, f: { usage_active: 20 } },
      { m: 'cpu', t: { cpu: 'CPU 2' }, f: { usage_active: 40 } },
      { m: 'mem', f: { used_percent: 61, total: 1024 } },
      { m: 'disk', t: { path: '/' }, f: { used_percent: 50 } },
    ]);
  });

  test('a UPS also bears the names NUT’s have', () => {
    const sensors = [
      sensor('Battery charge', { kind: 'charge', value: 97, unit: '%' }),
      sensor('Runtime remaining', { kind: 'runtime', value: 2, unit: 'min' }),
      sensor('Input 1', { kind: 'voltage', value: 231, unit: 'V' }),
    ];
    const { points } = report(polled({ identity: { kind: 'ups' }, sensors }), attention, say);
    expect(points).toContainEqual({
      m: 'upsd',
      f: { battery_charge_percent: 97, time_left_ns: 120e9, input_voltage: 231 },
    });
  });

  test.each([
    ['Output source', 'battery', 16],
    ['Output status', 'on battery', 16],
    ['Output source', 'normal', 8],
    ['Battery status', 'normal', undefined],
  ])('a UPS whose %s is %s says so in NUT’s flags', (name, label, status_flags) => {
    const sensors = [sensor('Load', { kind: 'load', value: 20 }), sensor(name, { kind: 'state', label })];
    const { points } = report(polled({ identity: { kind: 'ups' }, sensors }), attention, say);
    expect(points.find(({ m }) => m === 'upsd')?.f.status_flags).toBe(status_flags);
  });

  test('every point is one the protocol knows, and a tag is never too long', () => {
    const reading: Partial<DeviceReading> = {
      identity: { kind: 'printer' },
      interfaces: [port('x'.repeat(300))],
      sensors: [sensor('Temperature', { kind: 'temperature', unit: '°C' })],
      supplies: [{ name: 'Black', kind: 'toner', leftPercent: 40, status: 'ok' }],
    };
    const rates = new Map([['x'.repeat(300), { inOctets: 1, outOctets: 1, inPackets: 1, inDiscards: 1, inErrors: 0 }]]);
    for (const { m, t = {}, f } of report(polled(reading, { rates }), attention, say).points) {
      const known = MEASUREMENTS[m];
      expect(known, m).toBeDefined();
      expect(Object.keys(known?.fields ?? {})).toEqual(expect.arrayContaining(Object.keys(f)));
      expect(known?.tags).toEqual(expect.arrayContaining(Object.keys(t)));
      for (const tag of Object.values(t)) expect(tag.length).toBeLessThanOrEqual(256);
    }
  });

  test('no number that is none is told, and no point without numbers', () => {
    const reading: Partial<DeviceReading> = {
      uptimeS: Number.POSITIVE_INFINITY,
      interfaces: [port('a', { speedBps: 0 })],
      cpu: [{ name: 'CPU', usedPercent: Number.NaN }],
      storage: [{ name: '/', usedPercent: 10, totalBytes: Number.NaN }],
      sensors: [sensor('Inlet', { kind: 'temperature', value: Number.NaN })],
      supplies: [{ name: 'Black', kind: 'toner', leftPercent: Number.NaN, status: 'ok' }],
    };
    const rates = new Map([['a', { inOctets: 0, outOctets: 5, inErrors: Number.NaN }]]);
    expect(report(polled(reading, { rates, tookMs: Number.NaN }), attention, say).points).toEqual([
      { m: 'snmp', f: { values: 7, faults: 0 } },
      { m: 'disk', t: { path: '/' }, f: { used_percent: 10 } },
      {
        m: 'interface',
        t: { name: 'a' },
        f: { oper_status: 1, admin_status: 1, speed_bps: 0, in_bps: 0, out_bps: 40 },
      },
      { m: 'snmp_sensor', t: { kind: 'temperature', name: 'Inlet' }, f: { status_code: 0 } },
    ]);
  });

  test('two parts of one name are told apart, each by the same name at every poll', () => {
    const fan = (name: string) => sensor(name, { kind: 'fanspeed', unit: 'rpm' });
    const toner = (leftPercent?: number) => ({
      name: 'Toner',
      kind: 'toner',
      status: 'ok' as const,
      ...(leftPercent !== undefined && { leftPercent }),
    });
    const long = 'x'.repeat(300);
    const { points } = report(
      polled({
        cpu: [1, 2].map((usedPercent) => ({ name: 'CPU', usedPercent })),
        storage: ['/', '/', '/', long, long].map((name) => ({ name, usedPercent: 1 })),
        sensors: [fan('Fan'), fan('Fan'), fan('Fan #2'), sensor('Fan')],
        supplies: [toner(), toner(5), { ...toner(6), kind: 'ink' }],
      }),
      attention,
      say,
    );
    const names = (m: string, tag: string) => points.filter((point) => point.m === m).map(({ t }) => t?.[tag]);
    expect(names('cpu', 'cpu')).toEqual(['cpu-total', 'CPU', 'CPU #2']);
    expect(names('disk', 'path')).toEqual(['/', '/ #2', '/ #3', 'x'.repeat(256), `${'x'.repeat(253)} #2`]);
    expect(names('snmp_sensor', 'name')).toEqual(['Fan', 'Fan #2', 'Fan #2 #2', 'Fan']);
    expect(names('printer_supply', 'name')).toEqual(['Toner #2', 'Toner #3']);
  });
});

describe('statuses', () => {
  test('a part that could not be read is named, with the reason', () => {
    const faults = [{ part: 'cisco', fault: new SnmpFault('looping', '10.0.0.2:161', { oid: '1.3.6.1.4.1.9.9' }) }];
    expect(report(polled({}, { faults }), attention, say).statuses).toEqual([
      {
        check: 'snmp',
        status: 'warning',
        text: 'Could not be read: cisco. The walk of this column goes in circles (1.3.6.1.4.1.9.9).',
      },
    ]);
  });

  test('what could not all be read is never said to be well, but what is broken is told', () => {
    const faults = [{ part: 'interfaces', fault: new SnmpFault('timeout', '10.0.0.2:161') }];
    const told = (reading: Partial<DeviceReading>) =>
      report(polled(reading, { faults }), { uplinks: ['wan'], ignore: [] }, say).statuses.slice(1);
    const missing = {
      check: 'uplink:wan',
      status: 'unknown',
      text: 'The interface “wan” was not found: the interfaces could not all be read.',
    };
    const supply = { name: 'Black', kind: 'toner', leftPercent: 0 };
    for (const kind of ['switch', 'ups', 'printer'] as const) {
      const well = { sensors: [sensor('Fan')], supplies: [{ ...supply, status: 'ok' as const }] };
      expect(told({ identity: { kind }, ...well })).toEqual([missing]);
    }
    const broken = { sensors: [sensor('Fan', { status: 'critical' })], supplies: [{ ...supply, status: 'critical' }] };
    expect(told({ ...(broken as Partial<DeviceReading>), interfaces: [port('wan')] })).toMatchObject([
      { check: 'uplink:wan', status: 'ok' },
      { check: 'hardware', status: 'critical' },
      { check: 'supplies', status: 'critical' },
    ]);
  });

  test.each([
    ['up', port('wan'), 'ok', undefined],
    ['down', port('wan', { status: 'down' }), 'critical', 'The interface wan is down.'],
    ['disabled', port('wan', { status: 'down', isEnabled: false }), 'critical', 'The interface wan is disabled.'],
    ['known by its alias', port('Gi0/0', { alias: 'wan' }), 'ok', undefined],
    ['not there', port('lan'), 'unknown', 'There is no interface “wan”.'],
  ])('an uplink that is %s', (_, each, status, text) => {
    const [, told] = statusesOf({ interfaces: [each] }, { uplinks: ['wan'] });
    expect(told).toEqual({ check: 'uplink:wan', status, ...(text && { text }) });
  });

  test('a port nobody named is no fault when it is down', () => {
    expect(statusesOf({ interfaces: [port('Gi1/0/7', { status: 'down' })] })).toEqual([
      { check: 'snmp', status: 'ok' },
    ]);
  });

  test.each([
    ['switch', 'hardware'],
    ['ups', 'ups'],
    ['printer', 'printer'],
  ] as const)('what a %s reports of its parts is the check %s, the worst first', (kind, check) => {
    const sensors = [
      sensor('PSU 1', { status: 'warning', label: 'redundancy lost' }),
      sensor('Fan 2', { status: 'critical', label: 'failed' }),
      sensor('Inlet', { kind: 'temperature', value: 61.25, unit: '°C', status: 'critical' }),
    ];
    expect(statusesOf({ identity: { kind }, sensors })[1]).toEqual({
      check,
      status: 'critical',
      text: 'The device reports: Fan 2: failed, Inlet: 61.3\u00a0°C, PSU 1: redundancy lost.',
    });
    expect(statusesOf({ identity: { kind }, sensors: [sensor('PSU 1')] })[1]).toEqual({ check, status: 'ok' });
  });

  test('what nobody wants to hear of raises nothing', () => {
    const sensors = [sensor('Fan 2', { status: 'critical', label: 'absent' }), sensor('Fan 1')];
    expect(statusesOf({ sensors }, { ignore: ['Fan 2'] })[1]).toEqual({ check: 'hardware', status: 'ok' });
  });

  test('supplies that run out are named with what is left', () => {
    const supplies = [
      { name: 'Cyan', kind: 'toner', leftPercent: 60, status: 'ok' as const },
      { name: 'Black', kind: 'toner', leftPercent: 4, status: 'warning' as const },
      { name: 'Waste', kind: 'waste', status: 'ok' as const },
    ];
    expect(statusesOf({ supplies })[1]).toEqual({
      check: 'supplies',
      status: 'warning',
      text: 'Supplies to be replaced: Black 4%.',
    });
  });
});
