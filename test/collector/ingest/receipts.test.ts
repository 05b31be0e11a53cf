import { Check } from 'typebox/schema';
import { beforeEach, expect, test } from 'vitest';
import { decode } from '../../../collector/ingest/decode.ts';
import { Receipts } from '../../../collector/ingest/receipts.ts';
import type { Cursor } from '../../../collector/ports.ts';
import { Receipt } from '../../../protocol/messages.ts';
import { agentTopic } from '../../../protocol/topics.ts';
import { createFakeClock, type FakeClock } from '../../agent/fake-clock.ts';

const TILL = 'demo/lyon/till-1';
const BOOT = 'bootaaaa';

let clock: FakeClock;
let startedAt: number;
let receipts: Receipts;
let told: { topic: string; after: number; boot: string; seen: [number, number][] }[];
let failure: Error | undefined;

beforeEach(() => {
  clock = createFakeClock();
  startedAt = clock.now();
  told = [];
  failure = undefined;
  receipts = new Receipts({
    publish: (topic, payload) => {
      const receipt: unknown = JSON.parse(payload);
      if (!Check(Receipt, receipt)) throw new Error(`no receipt: ${payload}`);
      expect(receipt.at).toBe(clock.now());
      told.push({ topic, after: clock.now() - startedAt, boot: receipt.boot, seen: receipt.seen });
      return failure ? Promise.reject(failure) : Promise.resolve();
    },
    now: clock.now,
    after: clock.after,
  });
});

const cursor = (...seen: [number, number][]): Cursor => ({ agent: TILL, boot: BOOT, seen });
/** Every second number, so that none joins another. */
const apart = (count: number): [number, number][] => Array.from({ length: count }, (_, i) => [2 * i + 1, 2 * i + 1]);

test('what was committed is told within 250 ms, once', async () => {
  receipts.note([cursor([1, 400], [402, 402])]);
  expect(told).toEqual([]);
  await clock.advance(10_000);
  expect(told).toEqual([
    {
      topic: 'vigie/v1/demo/lyon/till-1/receipt',
      after: 250,
      boot: BOOT,
      seen: [
        [1, 400],
        [402, 402],
      ],
    },
  ]);
});

test('an agent that is busy has one receipt a second, which says the newest', async () => {
  for (let commits = 1; commits <= 40; commits += 1) {
    receipts.note([cursor([1, commits])]);
    await clock.advance(50);
  }
  await clock.advance(10_000);
  expect(told.map(({ after, seen }) => [after, seen])).toEqual([
    [250, [[1, 5]]],
    [1250, [[1, 25]]],
    [2250, [[1, 40]]],
  ]);
});

test('agents do not wait for one another; runs of one agent take turns', async () => {
  receipts.note([cursor([1, 1]), { agent: TILL, boot: 'bootbbbb', seen: [[7, 9]] }]);
  receipts.note([{ agent: 'demo/lyon/till-2', boot: 'bootcccc', seen: [[1, 2]] }]);
  await clock.advance(10_000);
  expect(told.map(({ after, topic, boot }) => [after, topic.split('/')[4], boot])).toEqual([
    [250, 'till-1', BOOT],
    [250, 'till-2', 'bootcccc'],
    [1250, 'till-1', 'bootbbbb'],
  ]);
});

test('what a cursor learns after it was given is not told: it may not be committed', async () => {
  const growing = cursor([1, 3]);
  receipts.note([growing]);
  receipts.noteSeen(growing, 2);
  (growing.seen as [number, number][]).splice(0, 1, [1, 4], [6, 6]);
  await clock.advance(250);
  expect(told.map(({ seen }) => seen)).toEqual([[[1, 3]]]);
});

test('of a torn run the 64 newest ranges are told', async () => {
  receipts.note([cursor(...apart(100))]);
  await clock.advance(250);
  expect(told[0]?.seen).toEqual(apart(100).slice(-64));
});

test('whoever sends again what was seen is told of that very number, also far back', async () => {
  receipts.note([cursor(...apart(100))]);
  receipts.noteSeen(cursor(...apart(100)), 5);
  receipts.noteSeen(cursor(...apart(100)), 199);
  receipts.note([cursor(...apart(101))]);
  await clock.advance(250);
  expect(told.map(({ seen }) => seen)).toEqual([[[5, 5], ...apart(101).slice(-62)]]);
});

test('many of them are told over several receipts', async () => {
  const torn = cursor(...apart(300));
  const lacking = new Set(Array.from({ length: 150 }, (_, i) => 2 * i + 1));
  while (lacking.size > 0) {
    for (const seq of lacking) receipts.noteSeen(torn, seq);
    await clock.advance(1000);
    const { seen } = told.at(-1) ?? { seen: [] };
    expect(seen.length).toBeLessThanOrEqual(64);
    for (const seq of lacking) if (seen.some(([from, to]) => from <= seq && seq <= to)) lacking.delete(seq);
  }
  expect(told).toHaveLength(3);
});

test('an asked range that has grown together with others is told as one', async () => {
  receipts.noteSeen(cursor([1, 3], [5, 6]), 2);
  receipts.note([cursor([1, 8])]);
  await clock.advance(250);
  expect(told[0]?.seen).toEqual([[1, 8]]);
});

test('a number that was not seen asks for nothing of its own', async () => {
  receipts.noteSeen(cursor(...apart(100)), 6);
  await clock.advance(250);
  expect(told[0]?.seen).toEqual(apart(100).slice(-64));
});

test('one that does not get through harms nothing; the next says it all', async () => {
  failure = new Error('not connected');
  receipts.note([cursor([1, 3])]);
  await clock.advance(1000);
  failure = undefined;
  receipts.note([cursor([1, 4])]);
  await clock.advance(1000);
  expect(told.map(({ seen }) => seen)).toEqual([[[1, 3]], [[1, 4]]]);
});

test('a host whose clock is set back still sends', async () => {
  receipts.note([cursor([1, 1])]);
  await clock.advance(250);
  clock.set(clock.now() - 3_600_000);
  receipts.note([cursor([1, 2])]);
  await clock.advance(1000);
  expect(told.map(({ seen }) => seen)).toEqual([[[1, 1]], [[1, 2]]]);
});

test('of an agent that starts over and over only the last runs are kept in mind', async () => {
  for (let run = 0; run < 1000; run += 1) {
    receipts.note([{ agent: TILL, boot: `bootaaaa${run}`, seen: [[1, 1]] }]);
  }
  await clock.advance(100_000);
  expect(told).toHaveLength(32);
  expect(told.at(-1)?.boot).toBe('bootaaaa999');
});

test('closing tells what waits, and then nothing more', async () => {
  receipts.note([cursor([1, 1])]);
  await clock.advance(250);
  receipts.note([cursor([1, 2]), { agent: TILL, boot: 'bootbbbb', seen: [[1, 1]] }]);
  receipts.close();
  expect(told.map(({ boot, seen }) => [boot, seen])).toEqual([
    [BOOT, [[1, 1]]],
    [BOOT, [[1, 2]]],
    ['bootbbbb', [[1, 1]]],
  ]);
  receipts.note([cursor([1, 3])]);
  await clock.advance(10_000);
  expect(told).toHaveLength(3);
});

test('a receipt that anyone sends to a collector is no message of a device', () => {
  const payload = Buffer.from(JSON.stringify({ v: 1, boot: BOOT, seen: [[1, 9]], at: 0 }));
  const message = { topic: agentTopic(TILL, 'receipt'), payload, retain: false, client: 'vigie:demo/lyon/till-1' };
  expect(decode(message)).toEqual({ kind: 'refused', reason: 'unknown-topic' });
});
