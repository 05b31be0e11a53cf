import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Check } from 'typebox/schema';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Agent, type AgentIo, startAgent } from '../../agent/agent.ts';
import { systemClock } from '../../agent/clock.ts';
import { validateAgentConfig } from '../../agent/config.ts';
import { createContext } from '../../agent/platform/context.ts';
import { Birth, Report, StatusMessage } from '../../protocol/messages.ts';
import { type FakeCollector, startFakeCollector } from './fake-collector.ts';

let dataDir: string;
let collector: FakeCollector;
const agents = new Set<Agent>();

beforeEach(async () => {
  ran = 0;
  dataDir = mkdtempSync(join(tmpdir(), 'vigie-agent-'));
  collector = await startFakeCollector();
});
afterEach(async () => {
  for (const agent of agents) await agent.stop();
  agents.clear();
  await collector.close();
  rmSync(dataDir, { recursive: true, force: true });
});

async function start(more: Record<string, unknown> = {}, io: Partial<AgentIo> = {}): Promise<Agent> {
  const config = await validateAgentConfig(
    {
      chain: 'demo',
      store: 'lyon',
      device: 'till-1',
      server: `mqtt://127.0.0.1:${collector.port}`,
      dataDir,
      intervalS: 1,
      checks: [{ type: 'system' }, { type: 'mem' }],
      ...more,
    },
    'test',
  );
  const agent = await startAgent(config, { version: '1.2.3', log: () => {}, chance: () => 0, ...io });
  agents.add(agent);
  return agent;
}
async function stop(agent: Agent): Promise<void> {
  agents.delete(agent);
  await agent.stop();
}
let ran = 0;
let onTick = () => {};
/** Counts the ticks of an agent by the runs of its first check. */
const watchTicks = (): Partial<AgentIo> => ({
  context: (name, signal, say) => {
    if (name === 'system') {
      ran += 1;
      onTick();
    }
    return createContext(name, signal, say);
  },
});
/** Resolves when tick `count` begins: the reports of all before it are made. */
const ticks = (count: number) =>
  new Promise<void>((resolve) => {
    onTick = () => ran >= count && resolve();
    onTick();
  });
const identities = () => collector.heard.reports.map(({ boot, seq }) => `${boot}/${seq}`);

test('birth, status and reports as the wire wants them', async () => {
  await collector.setPresent(true);
  const agent = await start({ watches: ['printer-1'] });
  await collector.until(({ reports }) => reports.length >= 2);
  const { births, statuses, reports } = collector.heard;
  expect(births.every((birth) => Check(Birth, birth))).toBe(true);
  expect(statuses.every((status) => Check(StatusMessage, status))).toBe(true);
  expect(reports.every((report) => Check(Report, report))).toBe(true);
  expect(births[0]).toMatchObject({
    boot: agent.boot,
    agent: { version: '1.2.3' },
    intervalS: 1,
    checks: ['system', 'mem'],
    watches: ['printer-1'],
  });
  expect(births[0]?.host.hostname).toMatch(/\S/);
  expect(statuses[0]).toMatchObject({ boot: agent.boot, online: true });
  expect(collector.clients()).toEqual(['vigie:demo/lyon/till-1']);
  expect(reports.map(({ seq }) => seq).slice(0, 2)).toEqual([1, 2]);
  expect(reports[0]?.points.map(({ m }) => m).sort()).toEqual(['internal_agent', 'mem', 'system']);
  expect(reports[0]?.statuses).toHaveLength(2);
});

test('what was raised on devices that nobody asks any more is taken back, once', async () => {
  writeFileSync(join(dataDir, 'snmp-told.json'), '{"switch-1":["uplink:wan","trap:fan:1"]}');
  await collector.setPresent(true);
  const first = await start();
  await collector.until(({ reports }) => reports.length >= 2);
  await stop(first);
  const after = await start();
  await collector.until(({ reports }) => reports.some(({ boot }) => boot === after.boot));
  const over = collector.heard.reports.filter(({ device }) => device !== undefined);
  expect(over).toMatchObject([
    {
      by: 'till-1',
      device: 'switch-1',
      points: [],
      statuses: [
        { check: 'uplink:wan', status: 'ok' },
        { check: 'trap:fan:1', status: 'ok' },
      ],
    },
  ]);
});

test('a goodbye is said, and no will follows it', async () => {
  await collector.setPresent(true);
  const agent = await start();
  await collector.until(({ reports }) => reports.length >= 1);
  await stop(agent);
  const after = await start();
  await collector.until(({ statuses }) => statuses.length === 3);
  expect(collector.heard.statuses.map(({ boot, online, reason }) => [boot, online, reason])).toEqual([
    [agent.boot, true, undefined],
    [agent.boot, false, 'stopped'],
    [after.boot, true, undefined],
  ]);
});

test('a goodbye is said even when nothing has been acknowledged yet', async () => {
  const agent = await start();
  await collector.until(({ births }) => births.length === 1);
  await stop(agent);
  expect(collector.heard.statuses.map(({ online, reason }) => [online, reason])).toEqual([
    [true, undefined],
    [false, 'stopped'],
  ]);
});

test('a cut connection leaves the will of this boot; the agent is back within about a second', async () => {
  await collector.setPresent(true);
  const agent = await start();
  await collector.until(({ statuses }) => statuses.length === 1);
  collector.cut();
  await collector.until(({ statuses }) => statuses.length === 3);
  expect(collector.heard.statuses.map(({ online, reason }) => [online, reason])).toEqual([
    [true, undefined],
    [false, 'lost'],
    [true, undefined],
  ]);
  expect(new Set(collector.heard.statuses.map(({ boot }) => boot))).toEqual(new Set([agent.boot]));
  expect(collector.heard.births).toHaveLength(2);
});

test('reports are kept while no collector is there, over a restart too, and each arrives exactly once', async () => {
  const first = await start({}, { clock: { ...systemClock, now: () => Date.now() - 100_000 }, ...watchTicks() });
  await ticks(4);
  expect(collector.heard.births).toHaveLength(1);
  expect(collector.heard.reports).toEqual([]);
  await stop(first);

  const second = await start();
  await collector.setPresent(true);
  const of = ({ boot }: Agent) => collector.heard.reports.filter((report) => report.boot === boot);
  await collector.until(() => of(first).length >= 3 && of(second).length >= 2);
  expect(new Set(identities()).size).toBe(identities().length);
  expect(
    of(first)
      .map(({ seq }) => seq)
      .sort(),
  ).toEqual([1, 2, 3]);
  expect(of(first).every(({ historical }) => historical === true)).toBe(true);
  expect(of(second).every(({ historical }) => historical === undefined)).toBe(true);
});

test('what was not acknowledged is sent again on the next connection, unchanged', async () => {
  await collector.setPresent(true);
  collector.holdAcknowledgements = true;
  await start();
  await collector.until(({ reports }) => reports.length >= 1);
  collector.holdAcknowledgements = false;
  collector.cut();
  const [lost] = identities();
  await collector.until(() => identities().filter((identity) => identity === lost).length === 2);
  const twice = collector.heard.reports.filter(({ seq }) => seq === 1);
  expect(twice[1]).toEqual(twice[0]);
});

test('a collector that leaves stops the reports; its return brings them', async () => {
  await collector.setPresent(true);
  await start({}, watchTicks());
  await collector.until(({ reports }) => reports.length >= 1);
  await collector.setPresent(false);
  const before = collector.heard.reports.length;
  await ticks(ran + 2);
  expect(collector.heard.reports.length).toBe(before);
  await collector.setPresent(true);
  await collector.until(({ reports }) => reports.length >= before + 2);
  expect(new Set(identities()).size).toBe(identities().length);
});

test('a broker that is away stops nothing: the agent waits for it and stops when told', async () => {
  const { port } = collector;
  await collector.close();
  const agent = await start({ server: `mqtt://127.0.0.1:${port}` });
  collector = await startFakeCollector(port);
  await collector.setPresent(true);
  await collector.until(({ reports }) => reports.length >= 1);
  expect(collector.heard.births[0]?.boot).toBe(agent.boot);
});

test('a stop is bounded even when the broker answers nothing any more', async () => {
  const agent = await start();
  await collector.until(({ births }) => births.length === 1);
  collector.holdAcknowledgements = true;
  await stop(agent);
  await collector.until(({ statuses }) => statuses.at(-1)?.reason === 'stopped');
});

test('what was dropped is told in the next birth, once', async () => {
  let now = 1_800_000_000_000;
  const clock = { ...systemClock, now: () => now };
  const hour = { outbox: { maxAgeH: 1 } };
  const offline = await start(hour, { clock, ...watchTicks() });
  await ticks(3);
  await stop(offline);
  now += 2 * 3_600_000;
  await collector.setPresent(true);
  const back = await start(hour, { clock });
  // Its report comes after the birth is acknowledged.
  await collector.until(({ reports }) => reports.some(({ boot }) => boot === back.boot));
  await stop(back);
  const later = await start(hour, { clock });
  await collector.until(({ births }) => births.some(({ boot }) => boot === later.boot));
  const gaps = collector.heard.births.map(({ gap }) => gap);
  expect(gaps).toEqual([undefined, { reports: 2, from: 1_800_000_000_000, to: 1_800_000_000_000 }, undefined]);
});

describe('where the collector gives receipts', () => {
  const AGENT = 'demo/lyon/till-1';
  const countOf = (identity: string) => identities().filter((each) => each === identity).length;
  /** The newest report says how many wait: itself is not among them. */
  const waitingAtLast = () =>
    collector.heard.reports.at(-1)?.points.find(({ m }) => m === 'internal_agent')?.f.outbox_reports;

  test('reports stay in the outbox until their receipt', async () => {
    await collector.setPresent(true, true);
    const { boot } = await start();
    await collector.until(({ reports }) => reports.length >= 4);
    expect(waitingAtLast()).toBe(3);
    await collector.sendReceipt(AGENT, { boot, seen: [[1, 4]] });
    await collector.until(() => waitingAtLast() === 0);
    expect(new Set(identities()).size).toBe(identities().length);
  });

  test('what a broker had acknowledged and forgot is sent again on the next connection, and not what has its receipt', async () => {
    await collector.setPresent(true, true);
    const { boot } = await start();
    await collector.until(({ reports }) => reports.length >= 3);
    await collector.sendReceipt(AGENT, { boot, seen: [[1, 1]] });
    await collector.until(({ reports }) => reports.length >= 4);
    collector.cut();
    await collector.until(() => countOf(`${boot}/2`) === 2 && countOf(`${boot}/3`) === 2);
    expect(countOf(`${boot}/1`)).toBe(1);
  });

  test('after a restart a receipt for the run before still counts', async () => {
    await collector.setPresent(true, true);
    const first = await start();
    await collector.until(({ reports }) => reports.length >= 2);
    await stop(first);
    const { reports } = collector.heard;
    const made = reports.length;
    const second = await start();
    await collector.until(() => reports.length >= made + 3);
    expect(countOf(`${first.boot}/1`)).toBe(2);
    await collector.sendReceipt(AGENT, { boot: first.boot, seen: [[1, 1000]] });
    await collector.sendReceipt(AGENT, { boot: second.boot, seen: [[1, 1]] });
    const own = () => reports.filter(({ boot }) => boot === second.boot).at(-1)?.seq ?? 0;
    // All but its own: the first of them has its receipt, the last is the one that says so.
    await collector.until(() => waitingAtLast() === own() - 2);
  });
});
