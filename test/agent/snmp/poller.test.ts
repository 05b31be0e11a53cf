import { describe, expect, test } from 'vitest';
import { SnmpFault } from '../../../agent/snmp/client/fault.ts';
import type { Polled } from '../../../agent/snmp/points.ts';
import type { DevicePoller } from '../../../agent/snmp/poll-device.ts';
import { type PolledDevice, startPoller } from '../../../agent/snmp/poller.ts';
import { createFakeClock } from '../fake-clock.ts';

const POLLED: Polled = { reading: { identity: {}, profiles: [] }, faults: [], rates: new Map(), tookMs: 5, values: 9 };
const silent = (name: string) => new SnmpFault('timeout', name);

/** Devices that answer, are silent, or hang, as the test says. */
function store(names: readonly string[], { maxInFlight = 32, everyS = 30 } = {}) {
  const clock = createFakeClock();
  const asked: { name: string; what: 'poll' | 'probe'; at: number }[] = [];
  const told: string[] = [];
  const polls = new Map<string, number>();
  const manners = new Map<string, 'answers' | 'silent' | 'hangs' | 'refuses' | 'errs' | 'keyless'>();
  let underWay = 0;
  let most = 0;
  const pollerOf = (name: string): DevicePoller => {
    const answer = async (what: 'poll' | 'probe', signal: AbortSignal): Promise<void> => {
      asked.push({ name, what, at: clock.now() });
      underWay += 1;
      most = Math.max(most, underWay);
      const manner = manners.get(name) ?? 'answers';
      await new Promise<void>((resolve) => {
        if (manner === 'hangs') signal.addEventListener('abort', () => resolve());
        else clock.after(manner === 'silent' ? 6000 : 50, resolve);
      });
      underWay -= 1;
      if (manner === 'silent') throw silent(name);
      if (manner === 'errs') throw new SnmpFault('device-error', name);
      if (manner === 'keyless') throw new SnmpFault('credentials', name);
      if (manner === 'refuses') throw new SnmpFault('wrong-password', name);
    };
    return {
      probe: (signal) => answer('probe', signal),
      poll: async (signal) => {
        await answer('poll', signal);
        return POLLED;
      },
    };
  };
  const devices = names.map((name): PolledDevice => ({ name, everyS, poller: pollerOf(name) }));
  const poller = startPoller({
    maxInFlight,
    seed: 'gw',
    clock,
    log: () => {},
    onPolled: (name) => polls.set(name, (polls.get(name) ?? 0) + 1),
    onRefused: (name, fault) => told.push(`${name} ${fault.kind}`),
    onPresence: (name, isThere) => told.push(`${name} ${isThere ? 'here' : 'gone'}`),
  });
  poller.change(devices);
  return { clock, poller, devices, asked, told, polls, manners, mostAtOnce: () => most, underWay: () => underWay };
}
const many = (count: number) => Array.from({ length: count }, (_, i) => `d${i}`);

test('each device is polled at its own moment, and none is missed', async () => {
  const { clock, polls, asked, mostAtOnce } = store(many(100));
  await clock.advance(300_000);
  for (const count of polls.values()) expect(count).toBeGreaterThanOrEqual(10);
  expect(polls.size).toBe(100);
  // A burst would be a hundred in one second.
  const perSecond = new Map<number, number>();
  for (const { at } of asked.filter(({ what }) => what === 'poll'))
    perSecond.set(Math.floor(at / 1000), (perSecond.get(Math.floor(at / 1000)) ?? 0) + 1);
  expect(Math.max(...perSecond.values())).toBeLessThan(25);
  expect(mostAtOnce()).toBeLessThanOrEqual(32);
});

test('no more are asked at once than may be, and one that hangs holds back none of the others', async () => {
  const { clock, polls, manners, mostAtOnce } = store(many(20), { maxInFlight: 2 });
  manners.set('d3', 'hangs');
  await clock.advance(120_000);
  expect(mostAtOnce()).toBe(2);
  expect(polls.has('d3')).toBe(false);
  expect([...polls.values()].every((count) => count >= 3)).toBe(true);
  expect(polls.size).toBe(19);
});

describe('a device that falls silent', () => {
  test('is unreachable after two polls, told once, asked seldom, and back at once when it answers', async () => {
    const { clock, told, asked, manners } = store(['a', 'b', 'c', 'd', 'e']);
    await clock.advance(60_000);
    told.length = 0;
    manners.set('a', 'silent');
    await clock.advance(45_000);
    expect(told).toEqual([]);
    await clock.advance(30_000);
    expect(told).toEqual(['a gone']);
    await clock.advance(3_600_000);
    const before = asked.filter(({ name }) => name === 'a').length;
    await clock.advance(3_600_000);
    expect(asked.filter(({ name }) => name === 'a').length - before).toBeLessThan(31);
    expect(told).toEqual(['a gone']);
    manners.set('a', 'answers');
    await clock.advance(3 * 60_000);
    expect(told).toEqual(['a gone', 'a here']);
  });

  test('but refuses us is there, and its refusal is told', async () => {
    const { clock, told, manners } = store(['a']);
    manners.set('a', 'refuses');
    await clock.advance(70_000);
    expect(told.slice(0, 3)).toEqual(['a here', 'a wrong-password', 'a wrong-password']);
    expect(told).not.toContain('a gone');
  });
});

test('when most fall silent together a few are probed, and all are polled again once one answers', async () => {
  const names = many(30);
  const { clock, asked, manners, told } = store(names);
  await clock.advance(60_000);
  for (const name of names) manners.set(name, 'silent');
  told.length = 0;
  await clock.advance(120_000);
  expect(told.sort()).toEqual(names.map((name) => `${name} gone`).sort());
  asked.length = 0;
  await clock.advance(60_000);
  expect(new Set(asked.map(({ name }) => name)).size).toBeLessThanOrEqual(3);
  for (const name of names) manners.set(name, 'answers');
  told.length = 0;
  await clock.advance(90_000);
  expect(told.filter((line) => line.endsWith('here'))).toHaveLength(30);
});

test('a device that answers is polled whatever the others do, and a new one is asked', async () => {
  const { clock, poller, devices, manners, polls, told } = store(['router', 'a', 'b', 'c', 'd']);
  await clock.advance(60_000);
  for (const name of ['a', 'b', 'c', 'd']) manners.set(name, 'silent');
  await clock.advance(60_000);
  const before = polls.get('router') as number;
  await clock.advance(600_000);
  expect((polls.get('router') as number) - before).toBeGreaterThanOrEqual(19);
  expect(told.filter((line) => line.endsWith('gone')).sort()).toEqual(['a gone', 'b gone', 'c gone', 'd gone']);
  const late = { ...(devices[0] as PolledDevice), name: 'late' };
  poller.change([...devices, late]);
  await clock.advance(60_000);
  expect(told).toContain('late here');
});

test('only silence is silence: what a device answers wrongly, and secrets of ours, are told as such', async () => {
  const { clock, manners, told } = store(['a', 'b']);
  manners.set('a', 'errs');
  manners.set('b', 'keyless');
  await clock.advance(90_000);
  expect(new Set(told)).toEqual(new Set(['a here', 'a device-error', 'b credentials']));
});

test('a trap wakes the poll, also while one is under way, and never twice', async () => {
  const { clock, poller, asked } = store(['a']);
  await clock.advance(10_000);
  asked.length = 0;
  poller.pollNow('a');
  poller.pollNow('a');
  poller.pollNow('a');
  await clock.advance(1000);
  expect(asked).toHaveLength(2);
  poller.pollNow('nobody');
});

test('a device that is not wanted any more is let go at once; the others go on', async () => {
  const { clock, poller, devices, manners, underWay, polls } = store(['a', 'b']);
  manners.set('a', 'hangs');
  await clock.advance(12_000);
  expect(underWay()).toBe(1);
  poller.change(devices.slice(1));
  await clock.advance(60_000);
  expect(underWay()).toBe(0);
  expect(polls.get('b')).toBeGreaterThanOrEqual(2);
  poller.stop();
  const count = polls.get('b');
  await clock.advance(120_000);
  expect(polls.get('b')).toBe(count);
});
