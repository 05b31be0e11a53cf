import { describe, expect, test } from 'vitest';
import { SnmpFault } from '../../../agent/snmp/client/fault.ts';
import { createDevicePoller } from '../../../agent/snmp/poll-device.ts';
import { defineProfile } from '../../../agent/snmp/profile.ts';
import type { SnmpValue } from '../../../agent/snmp/value.ts';

const UPTIME = '1.3.6.1.2.1.1.3.0';
const IF_ENTRY = '1.3.6.1.2.1.2.2.1';
const IF_X_ENTRY = '1.3.6.1.2.1.31.1.1.1';
const TABLE_LAST_CHANGE = '1.3.6.1.2.1.31.1.5.0';
const FAN = '1.3.6.1.4.1.99.1.1';
const NOT_THERE = '1.3.6.1.4.1.99.7.1';
const BOUNDS = { rowsPerColumn: 1000, values: 10_000, durationMs: 10_000 };

const profile = defineProfile({
  name: 'test',
  title: 'Test',
  match: 'any',
  sensors: [
    { kind: 'fanspeed', name: `{${FAN}.2}`, value: `${FAN}.3` },
    { kind: 'temperature', name: 'T', value: NOT_THERE },
  ],
});
const text = (value: string): SnmpValue => ({ type: 'octets', value: Buffer.from(value) });
const counter = (value: number): SnmpValue => ({ type: 'counter64', value: BigInt(value) });

/** A device of two ports and a fan, as a session sees it. */
function device(lead = 0) {
  let atMs = 0;
  const answers = new Map<string, SnmpValue>([
    ['1.3.6.1.2.1.1.1.0', text('Switch')],
    [UPTIME, { type: 'timeticks', value: 100_000 }],
    [TABLE_LAST_CHANGE, { type: 'timeticks', value: 5 }],
    [`${FAN}.2.1`, text('Fan 1')],
    [`${FAN}.3.1`, { type: 'gauge', value: 3000 }],
  ]);
  const addPort = (index: number, name: string, octets: number) => {
    answers.set(`${IF_ENTRY}.8.${index}`, { type: 'integer', value: 1 });
    answers.set(`${IF_X_ENTRY}.1.${index}`, text(name));
    answers.set(`${IF_X_ENTRY}.15.${index}`, { type: 'gauge', value: 1000 });
    answers.set(`${IF_X_ENTRY}.6.${index}`, counter(octets));
  };
  addPort(1, 'lan', 1000);
  addPort(2, 'wan', 5000);
  const asked: string[] = [];
  let faults: SnmpFault[] = [];
  const poller = createDevicePoller({
    profiles: [profile],
    now: () => atMs,
    lead,
    bounds: BOUNDS,
    session: {
      engine: () => undefined,
      async get(oids) {
        asked.push(...oids);
        return new Map(oids.flatMap((oid) => (answers.has(oid) ? [[oid, answers.get(oid) as SnmpValue]] : [])));
      },
      async walk(columns) {
        asked.push(...columns);
        const below = [...answers].filter(([oid]) => columns.some((column) => oid.startsWith(`${column}.`)));
        return { values: new Map(below), faults };
      },
    },
  });
  const pass = (seconds: number, octets: Record<number, number> = {}) => {
    atMs += seconds * 1000;
    const before = answers.get(UPTIME)?.value as number;
    answers.set(UPTIME, { type: 'timeticks', value: before + seconds * 100 });
    for (const [index, count] of Object.entries(octets)) answers.set(`${IF_X_ENTRY}.6.${index}`, counter(count));
  };
  const poll = async () => {
    asked.length = 0;
    return poller.poll(new AbortController().signal);
  };
  const fail = (...all: SnmpFault[]) => {
    faults = all;
  };
  return { poll, poller, pass, asked, answers, addPort, fail };
}

describe('a poll', () => {
  test('asks everything first, and then only what changes and what the device has', async () => {
    const { poll, pass, asked } = device();
    await poll();
    expect(asked).toEqual(expect.arrayContaining([`${FAN}.2`, NOT_THERE, `${IF_X_ENTRY}.1`, `${IF_ENTRY}.10`]));
    pass(30);
    const again = await poll();
    expect(asked).toEqual(expect.arrayContaining([`${FAN}.3`, `${IF_X_ENTRY}.6`, UPTIME]));
    for (const oid of [`${FAN}.2`, NOT_THERE, `${IF_X_ENTRY}.1`, `${IF_ENTRY}.10`]) expect(asked).not.toContain(oid);
    expect(again.reading.sensors).toMatchObject([{ name: 'Fan 1', value: 3000 }]);
    expect(again.reading.interfaces).toMatchObject([{ name: 'lan' }, { name: 'wan' }]);
  });

  test('tells rates from the second one on, of 64-bit counters', async () => {
    const { poll, pass } = device();
    expect((await poll()).rates.size).toBe(0);
    pass(10, { 1: 11_000, 2: 5000 });
    const { rates } = await poll();
    expect(rates.get('lan')).toEqual({ inOctets: 1000 });
    expect(rates.get('wan')).toEqual({ inOctets: 0 });
  });

  test('asks everything anew when rows came, after a restart, and now and then', async () => {
    const { poll, pass, asked, answers, addPort } = device();
    await poll();
    addPort(3, 'new', 7);
    answers.set(TABLE_LAST_CHANGE, { type: 'timeticks', value: 99 });
    pass(120);
    expect((await poll()).reading.interfaces).toHaveLength(3);
    pass(30);
    await poll();
    expect(asked).not.toContain(`${FAN}.2`);
    answers.set(UPTIME, { type: 'timeticks', value: 300 });
    pass(30, { 1: 3 });
    const restarted = await poll();
    expect(asked).toContain(`${FAN}.2`);
    expect(restarted.rates.size).toBe(0);
    pass(30);
    await poll();
    expect(asked).not.toContain(`${FAN}.2`);
    pass(600);
    await poll();
    expect(asked).toContain(`${FAN}.2`);
  });

  test('asks everything the second time as much earlier as it is told to, and then every ten minutes', async () => {
    const { poll, pass, asked } = device(0.75);
    const whole: number[] = [];
    for (let atS = 0; atS <= 1500; atS += 30) {
      await poll();
      if (asked.includes(`${FAN}.2`)) whole.push(atS);
      pass(30);
    }
    expect(whole).toEqual([0, 150, 750, 1350]);
  });

  test('follows ports that were renumbered by their names', async () => {
    const { poll, pass, addPort, answers } = device();
    await poll();
    pass(110);
    await poll();
    pass(10);
    addPort(1, 'wan', 6000);
    addPort(2, 'lan', 1500);
    answers.set(TABLE_LAST_CHANGE, { type: 'timeticks', value: 99 });
    const { rates } = await poll();
    expect(rates.get('wan')?.inOctets).toBe(100);
    expect(rates.get('lan')?.inOctets).toBe(50);
  });

  test('names what a poll could not read, and does not take it for gone without a word', async () => {
    const { poll, pass, fail } = device();
    expect((await poll()).faults).toEqual([]);
    fail(new SnmpFault('timeout', 'sw', { oid: `${IF_ENTRY}.8` }));
    pass(30);
    expect((await poll()).faults).toMatchObject([{ part: 'interfaces', fault: { kind: 'timeout' } }]);
    fail();
    pass(30);
    expect((await poll()).faults).toEqual([]);
  });

  test('a mark that moves all the time is not believed more than every two minutes', async () => {
    const { poll, pass, asked, answers } = device();
    await poll();
    let whole = 0;
    for (let i = 0; i < 20; i++) {
      pass(30);
      answers.set(TABLE_LAST_CHANGE, { type: 'timeticks', value: 1000 + i });
      await poll();
      if (asked.includes(`${FAN}.2`)) whole += 1;
    }
    expect(whole).toBeLessThanOrEqual(5);
  });

  test('a probe asks one thing', async () => {
    const { poller, asked } = device();
    await poller.probe(new AbortController().signal);
    expect(asked).toEqual([UPTIME]);
  });
});
