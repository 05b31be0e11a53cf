import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createDelivery, type Delivery, type Publish } from '../../agent/delivery.ts';
import { type Outbox, openOutbox } from '../../agent/outbox/outbox.ts';
import { createFakeClock, type FakeClock } from './fake-clock.ts';

const STALE_MS = 90_000;
let folder: string;
let clock: FakeClock;
let outbox: Outbox;
let delivery: Delivery;
let seq: number;
let sent: { seq: number; historical?: boolean; done: (error?: Error) => void; isForgotten: boolean }[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vigie-delivery-'));
  clock = createFakeClock();
  outbox = openOutbox({ folder, maxBytes: 1e7, maxAgeMs: 1e10, now: clock.now, log: () => {} });
  delivery = createDelivery({ outbox, clock, log: () => {}, staleAfterMs: STALE_MS });
  seq = 0;
  sent = [];
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const report = (count = 1) => {
  for (let made = 0; made < count; made += 1) {
    seq += 1;
    delivery.offer(outbox.append(Buffer.from(JSON.stringify({ v: 1, seq, at: clock.now() })), clock.now()));
  }
};
const publish: Publish = (body, done) => {
  const flight = { ...JSON.parse(Buffer.from(body).toString()), done, isForgotten: false };
  sent.push(flight);
  return () => {
    flight.isForgotten = true;
  };
};
const answering: Publish = (body, done) => {
  const forget = publish(body, done);
  done();
  return forget;
};
const order = () => sent.map((flight) => flight.seq);

test('nothing leaves without a collector; then the newest first and the backlog after, oldest first, at its pace', async () => {
  report(200);
  expect(sent).toEqual([]);
  delivery.open(answering);
  expect(order()).toEqual([200, 1]);
  await clock.advance(1000);
  expect(order()).toEqual([200, ...Array.from({ length: 51 }, (_, index) => index + 1)]);
  await clock.advance(10_000);
  expect(new Set(order()).size).toBe(200);
  expect(sent).toHaveLength(200);
  expect(outbox.stats().reports).toBe(0);
});

test('a new report never waits for the backlog', async () => {
  report(100);
  delivery.open(answering);
  await clock.advance(100);
  report();
  expect(order().at(-1)).toBe(101);
});

test('at most 32 are in flight', async () => {
  delivery.open(publish);
  report(50);
  await clock.advance(5000);
  expect(sent).toHaveLength(32);
  sent[7]?.done();
  expect(sent).toHaveLength(33);
  expect(outbox.stats().reports).toBe(49);
});

test('a report leaves the outbox only when it is acknowledged', async () => {
  delivery.open(publish);
  report();
  expect(outbox.stats().reports).toBe(1);
  sent[0]?.done();
  expect(outbox.stats().reports).toBe(0);
});

test('one that is not acknowledged in time is taken back and sent again after a pause', async () => {
  delivery.open(publish);
  report();
  await clock.advance(30_000);
  expect(sent[0]?.isForgotten).toBe(true);
  expect(sent).toHaveLength(1);
  await clock.advance(5000);
  expect(order()).toEqual([1, 1]);
  sent[0]?.done();
  expect(outbox.stats().reports).toBe(1);
  sent[1]?.done();
  expect(outbox.stats().reports).toBe(0);
});

test('a refusal is tried again, not at once', async () => {
  delivery.open(publish);
  report();
  sent[0]?.done(new Error('refused'));
  await clock.advance(4999);
  expect(sent).toHaveLength(1);
  await clock.advance(1);
  expect(sent).toHaveLength(2);
});

test('after a new connection all that was in flight is sent again, and late answers of the old one count for nothing', async () => {
  delivery.open(publish);
  report(3);
  const old = [...sent];
  delivery.reset();
  for (const flight of old) flight.done();
  expect(outbox.stats().reports).toBe(3);
  sent = [];
  delivery.open(answering);
  await clock.advance(1000);
  expect(order()).toEqual([3, 1, 2]);
});

test('while the collector is gone nothing new leaves, but what left may still be acknowledged', async () => {
  delivery.open(publish);
  report();
  delivery.pause();
  report();
  await clock.advance(1000);
  expect(order()).toEqual([1]);
  sent[0]?.done();
  expect(outbox.stats().reports).toBe(1);
  delivery.open(publish);
  expect(order()).toEqual([1, 2]);
});

test('what is old is marked historical, the rest is not', async () => {
  report();
  await clock.advance(STALE_MS - 1);
  report();
  await clock.advance(2);
  delivery.open(answering);
  await clock.advance(100);
  expect(sent.map((flight) => [flight.seq, flight.historical])).toEqual([
    [2, undefined],
    [1, true],
  ]);
});
