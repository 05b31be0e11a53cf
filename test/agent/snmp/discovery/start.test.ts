import { Check } from 'typebox/schema';
import { expect, test } from 'vitest';
import { DEFAULT_INVENTORY } from '../../../../agent/inventory/options.ts';
import { foundFacts } from '../../../../agent/snmp/discovery/facts.ts';
import type { FoundDevice } from '../../../../agent/snmp/discovery/found.ts';
import { startDiscovery } from '../../../../agent/snmp/discovery/start.ts';
import type { SweepResult } from '../../../../agent/snmp/discovery/sweep.ts';
import { Facts } from '../../../../protocol/facts.ts';
import { createFakeClock } from '../../fake-clock.ts';
import { createFakeContext } from '../../fake-context.ts';

const HOUR = 3_600_000;
const found = (address: string, more: Partial<FoundDevice> = {}): FoundDevice => ({
  address,
  others: [],
  port: 161,
  credential: 'lan',
  macs: [],
  ...more,
});
const swept = (devices: FoundDevice[]): SweepResult => ({ found: devices, gone: [], refusing: [], unreadable: [] });
const os = { hostname: () => 'gw', release: () => '', arch: () => '', cpus: () => [], totalmem: () => 0 };
const context = { ...createFakeContext({}), os: { ...os, networkInterfaces: () => ({}) } };

function discovering(seed: string, sweeps: () => Promise<SweepResult>) {
  const clock = createFakeClock();
  const starts: number[] = [];
  let news = 0;
  const discovery = startDiscovery({
    everyH: 24,
    seed,
    clock,
    log: () => {},
    sweep: () => {
      starts.push(clock.monotonicMs());
      return sweeps();
    },
    onSwept: () => {
      news += 1;
    },
  });
  return {
    clock,
    starts,
    discovery,
    news: () => news,
    gather: () => discovery.collector.gather(context, DEFAULT_INVENTORY),
  };
}

test('not at the start, at a moment of its own within the first hour, then every day', async () => {
  const firsts = new Set<number>();
  for (const seed of ['a/1/gw', 'a/2/gw', 'a/3/gw']) {
    const { clock, starts } = discovering(seed, async () => swept([]));
    await clock.advance(49 * HOUR);
    const [first = 0, ...more] = starts;
    expect(first).toBeGreaterThanOrEqual(600_000);
    expect(first).toBeLessThan(HOUR);
    expect(more).toEqual([first + 24 * HOUR, first + 48 * HOUR]);
    firsts.add(first);
  }
  expect(firsts.size).toBe(3);
});

test('before the first sweep what was found earlier stays; after it what is there now is told', async () => {
  const { clock, gather, news } = discovering('a', async () => swept([found('10.1.0.7', { kind: 'switch' })]));
  expect(await gather()).toEqual({ facts: {}, unread: { found: 'timeout' } });
  await clock.advance(HOUR);
  expect(news()).toBe(1);
  expect((await gather()).facts).toMatchObject({ 'found[10.1.0.7].kind': 'switch' });
});

test('a sweep that fails is tried again the next day, and takes nothing away', async () => {
  let count = 0;
  const { clock, starts, gather, news } = discovering('a', async () => {
    if (count++ === 1) throw new Error('no network');
    return swept([found('10.1.0.7', { model: 'RX-1' })]);
  });
  await clock.advance(49 * HOUR);
  expect([starts.length, news()]).toEqual([3, 2]);
  expect((await gather()).facts).toMatchObject({ 'found[10.1.0.7].model': 'RX-1' });
});

test('when nobody answers any more it is the line, and nothing is taken away', async () => {
  let count = 0;
  const { clock, gather, news } = discovering('a', async () => swept(count++ === 0 ? [found('10.1.0.7')] : []));
  await clock.advance(49 * HOUR);
  expect([count, news()]).toEqual([3, 1]);
  expect((await gather()).facts).toMatchObject({ 'found[10.1.0.7].credential': 'lan' });
});

test('what stops is not told, and sweeps no more', async () => {
  const { clock, discovery, starts, news } = discovering('a', async () => swept([]));
  discovery.stop();
  await clock.advance(48 * HOUR);
  expect([starts.length, news()]).toEqual([0, 0]);
});

test('60 devices at most, the new ones first, and nothing but what facts may be', () => {
  const many = Array.from({ length: 80 }, (_, i) =>
    found(`10.1.0.${i + 1}`, {
      kind: 'switch',
      vendor: 'V'.repeat(400),
      model: 'a\u0000b\n',
      serial: ' ',
      ...(i < 50 && { device: `sw-${i}` }),
    }),
  );
  const facts = Object.fromEntries(Object.entries(foundFacts(many)).filter(([, value]) => value !== undefined));
  const addresses = new Set(Object.keys(facts).map((path) => path.slice(6, path.indexOf(']'))));
  expect(addresses.size).toBe(60);
  expect(addresses.has('10.1.0.80')).toBe(true);
  expect(facts['found[10.1.0.80].model']).toBe('a b');
  expect(facts).not.toHaveProperty(['found[10.1.0.80].serial']);
  expect(Check(Facts, { v: 1, boot: 'abcdefgh', seq: 1, at: 1, facts })).toBe(true);
});
