import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import type { Report } from '../../protocol/messages.ts';
import { type FakeCollector, startFakeCollector } from '../agent/fake-collector.ts';
import { simulatedPrinter } from '../agent/snmp/simulated/printer.ts';
import { beatsOf, seriesOf } from '../agent/snmp/simulated/samples.ts';
import { COMMUNITY, SNMPSIM, startSnmpsim } from '../agent/snmp/simulated/snmpsim.ts';
import { portsOf, simulatedSwitch } from '../agent/snmp/simulated/switch.ts';
import { simulatedUps } from '../agent/snmp/simulated/ups.ts';
import { freePort } from '../support/free-port.ts';
import { isInstalled } from '../support/real-server.ts';
import { runBuiltAgent } from '../support/vigie-process.ts';
import { until } from './until.ts';

const EVERY_S = 5;
const PORTS = 48;
const SOON_MS = 60_000;

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

/** Three simulated devices on the loopback, and a built agent that asks them. */
async function startStore() {
  const folder = mkdtempSync(join(tmpdir(), 'vigie-snmp-store-'));
  closers.push(() => rmSync(folder, { recursive: true, force: true }));
  const simulate = async (device: Parameters<typeof startSnmpsim>[0]) => {
    const port = await freePort();
    const simulator = await startSnmpsim(device, port);
    closers.push(() => simulator.close());
    return { port, simulator };
  };
  const devices = {
    'switch-1': await simulate(simulatedSwitch('switch-1', PORTS)),
    'ups-1': await simulate(simulatedUps('ups-1')),
    'printer-1': await simulate(simulatedPrinter('printer-1')),
  };
  const collector = await startFakeCollector();
  closers.push(() => collector.close());
  await collector.setPresent(true);
  const [config, community] = [join(folder, 'agent.yaml'), join(folder, 'community')];
  writeFileSync(community, `${COMMUNITY}\n`, { mode: 0o600 });
  writeFileSync(
    config,
    JSON.stringify({
      ...{ chain: 'c', store: 's', device: 'gw', server: `mqtt://127.0.0.1:${collector.port}` },
      ...{ dataDir: join(folder, 'data'), central: false, inventory: false, intervalS: EVERY_S },
      checks: [{ type: 'system' }],
      snmp: { credentials: { lan: { version: '2c', communityFile: community } }, everyS: EVERY_S },
      snmpDevices: Object.entries(devices).map(([name, { port }]) => ({
        ...{ name, host: '127.0.0.1', port, credential: 'lan', timeoutMs: 500 },
        ...(name === 'switch-1' && { uplinks: ['ge-0/1'] }),
      })),
    }),
  );
  const agent = runBuiltAgent([`--config=${config}`]);
  closers.push(() => agent.end('SIGTERM'));
  await agent.says(/connected/);
  return { collector, devices };
}

const reportsOf = ({ heard }: FakeCollector, device: string): Report[] =>
  heard.reports.filter((report) => report.device === device);

/** Resolves when each of them has reported so often after now. */
function reported(collector: FakeCollector, devices: readonly string[], times: number): Promise<unknown> {
  const before = devices.map((device) => reportsOf(collector, device).length);
  return until(
    () => devices.every((device, at) => reportsOf(collector, device).length >= Number(before[at]) + times),
    SOON_MS,
    () => `not ${times} reports of ${devices.join(', ')}`,
  );
}

const median = (values: readonly number[]) =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] as number;

/** What each up port of the switch tells is what its simulation moves; nothing is told that no port carries. */
function expectRates(reports: readonly Report[], samplesAtLeast: number): void {
  const series = seriesOf(reports);
  for (const { name, alias, isUp, in: octetsIn, out } of portsOf(PORTS)) {
    for (const [field, octets] of Object.entries({ in_bps: octetsIn, out_bps: out })) {
      const samples = series.get(`interface${JSON.stringify({ name, ...(alias && { alias }) })}.${field}`) ?? [];
      const values = samples.map(({ value }) => value);
      expect(values.length, name).toBeGreaterThanOrEqual(samplesAtLeast);
      if (!isUp) {
        expect(new Set(values), name).toEqual(new Set([0]));
        continue;
      }
      expect(Math.abs(median(values) / (octets * 8) - 1), `${name} ${field}`).toBeLessThan(0.05);
      for (const value of values) {
        expect(value, `${name} ${field}`).toBeGreaterThan(octets * 8 * 0.6);
        expect(value, `${name} ${field}`).toBeLessThan(octets * 8 * 1.4);
      }
    }
  }
}

test.skipIf(!isInstalled(SNMPSIM))(
  'every sample of three devices arrives once, in order and right, while one is away for a while and one starts anew',
  async () => {
    const { collector, devices } = await startStore();
    const names = Object.keys(devices);
    const presences = () => collector.heard.statuses.filter(({ by }) => by === 'gw').map(({ online }) => online);
    await reported(collector, names, 5);
    expect(presences()).toEqual([true, true, true]);
    expectRates(reportsOf(collector, 'switch-1'), 3);
    const series = new Map(names.map((name) => [name, [...seriesOf(reportsOf(collector, name)).keys()]]));
    expect(series.get('ups-1')).toEqual(
      expect.arrayContaining(['upsd{}.battery_charge_percent', 'upsd{}.load_percent']),
    );
    expect(series.get('printer-1')).toContain('printer_supply{"name":"Yellow toner","kind":"toner"}.left_percent');

    // It hangs, as if its cable were out, until that is told; then it is back.
    devices['printer-1'].simulator.freeze();
    await until(() => presences().at(-1) === false, SOON_MS, 'the printer is not told to be away');
    devices['printer-1'].simulator.thaw();
    // Meanwhile the switch starts anew: its counters and its uptime begin at nought.
    await devices['switch-1'].simulator.kill();
    await devices['switch-1'].simulator.start();
    const restartedAt = Date.now();
    await reported(collector, names, 4);
    expect(presences()).toEqual([true, true, true, false, true]);

    // The first look after the start tells no rates; those after it do.
    const ofSwitch = reportsOf(collector, 'switch-1');
    expectRates(ofSwitch, 5);
    expect(ofSwitch.some(({ at, points }) => at >= restartedAt && !points.some(({ f }) => 'in_bps' in f))).toBe(true);
    for (const report of collector.heard.reports) {
      for (const { m, f } of report.points) {
        for (const [field, value] of Object.entries(f)) expect(value, `${m} ${field}`).not.toBeLessThan(0);
      }
    }

    // One numbering for all that the agent tells: nothing is missing, twice or out of turn.
    const [first] = collector.heard.reports;
    expect(collector.heard.reports.map(({ seq }) => seq)).toEqual(
      collector.heard.reports.map((_, at) => Number(first?.seq) + at),
    );
    // The one that was left alone has a report for each of its moments, and every series in each of them.
    const [, ...ofUps] = reportsOf(collector, 'ups-1');
    const beats = beatsOf(
      ofUps.map(({ at }) => at),
      EVERY_S * 1000,
    );
    expect(beats.map(({ beat }) => beat)).toEqual(ofUps.map((_, at) => at));
    for (const [name, samples] of seriesOf(ofUps)) {
      const isRate = name.startsWith('interface') && /\.(in|out)_/.test(name);
      expect(samples.length, name).toBeGreaterThanOrEqual(ofUps.length - (isRate ? 1 : 0));
    }
  },
  180_000,
);
