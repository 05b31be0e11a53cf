import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createDelivery, type Delivery, type Publish } from '../../agent/delivery.ts';
import { type Outbox, openOutbox } from '../../agent/outbox/outbox.ts';
import { createFakeClock, type FakeClock } from './fake-clock.ts';

const STALE_MS = 90_000;
const BOOT = 'bootaaaa';
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
    delivery.offer(outbox.append(Buffer.from(JSON.stringify({ v: 1, boot: BOOT, seq, at: clock.now() })), clock.now()));
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
  delivery.open(answering, false);
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
  delivery.open(answering, false);
  await clock.advance(100);
  report();
  expect(order().at(-1)).toBe(101);
});

test('at most 32 are in flight', async () => {
  delivery.open(publish, false);
  report(50);
  await clock.advance(5000);
  expect(sent).toHaveLength(32);
  sent[7]?.done();
  expect(sent).toHaveLength(33);
  expect(outbox.stats().reports).toBe(49);
});

test('a report leaves the outbox only when it is acknowledged', async () => {
  delivery.open(publish, false);
  report();
  expect(outbox.stats().reports).toBe(1);
  sent[0]?.done();
  expect(outbox.stats().reports).toBe(0);
});

test('one that is not acknowledged in time is taken back and sent again after a pause', async () => {
  delivery.open(publish, false);
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
  delivery.open(publish, false);
  report();
  sent[0]?.done(new Error('refused'));
  await clock.advance(4999);
  expect(sent).toHaveLength(1);
  await clock.advance(1);
  expect(sent).toHaveLength(2);
});

test('after a new connection all that was in flight is sent again, and late answers of the old one count for nothing', async () => {
  delivery.open(publish, false);
  report(3);
  const old = [...sent];
  delivery.reset();
  for (const flight of old) flight.done();
  expect(outbox.stats().reports).toBe(3);
  sent = [];
  delivery.open(answering, false);
  await clock.advance(1000);
  expect(order()).toEqual([3, 1, 2]);
});

test('while the collector is gone nothing new leaves, but what left may still be acknowledged', async () => {
  delivery.open(publish, false);
  report();
  delivery.pause();
  report();
  await clock.advance(1000);
  expect(order()).toEqual([1]);
  sent[0]?.done();
  expect(outbox.stats().reports).toBe(1);
  delivery.open(publish, false);
  expect(order()).toEqual([1, 2]);
});

test('what is no report does not stop the others: it is dropped and counted as damaged', async () => {
  for (const rubbish of ['{"v":1,"boot":"bootaaaa","seq":', 'rubbish', '{}}']) {
    outbox.append(Buffer.from(rubbish), clock.now());
  }
  report(2);
  await clock.advance(STALE_MS + 1);
  delivery.open(answering, false);
  await clock.advance(1000);
  expect(order()).toEqual([2, 1]);
  expect(outbox.stats()).toMatchObject({ reports: 0, damaged: 3, dropped: 3 });
  expect(outbox.gap()).toMatchObject({ reports: 3 });
});

test('what is old is marked historical, the rest is not', async () => {
  report();
  await clock.advance(STALE_MS - 1);
  report();
  await clock.advance(2);
  delivery.open(answering, false);
  await clock.advance(100);
  expect(sent.map((flight) => [flight.seq, flight.historical])).toEqual([
    [2, undefined],
    [1, true],
  ]);
});

describe('with receipts', () => {
  const receive = (...seen: [number, number][]) => delivery.receive({ boot: BOOT, seen });
  const held = () => outbox.stats().reports;
  /** Lets a pace pass for every report there can be. */
  const backlogPasses = () => clock.advance(9000);

  test('what the broker has acknowledged is kept until a receipt names it', async () => {
    delivery.open(answering, true);
    report(3);
    expect(order()).toEqual([1, 2, 3]);
    expect(held()).toBe(3);
    receive([1, 1], [3, 3]);
    expect(held()).toBe(1);
    receive([1, 3]);
    expect(held()).toBe(0);
    await clock.advance(3_600_000);
    expect(sent).toHaveLength(3);
  });

  test('a receipt for another run, or one that comes before its acknowledgement, is taken as it is meant', () => {
    delivery.open(publish, true);
    report();
    delivery.receive({ boot: 'bootother', seen: [[1, 1]] });
    expect(held()).toBe(1);
    receive([1, 1]);
    sent[0]?.done();
    expect(held()).toBe(0);
  });

  test('after a new connection all that has no receipt is sent again; a receipt spares the rest', async () => {
    delivery.open(answering, true);
    report(40);
    await backlogPasses();
    expect(sent).toHaveLength(40);
    delivery.reset();
    sent = [];
    delivery.open(answering, true);
    await clock.advance(100);
    expect(order()).toEqual([40, 1, 2, 3, 4, 5, 6]);
    receive([1, 38]);
    await backlogPasses();
    expect(order()).toEqual([40, 1, 2, 3, 4, 5, 6, 39]);
  });

  test('one that later ones passed by is sent again after a minute, then in growing pauses', async () => {
    delivery.open(answering, true);
    report();
    const first = clock.now();
    const again: number[] = [];
    for (let minute = 0; minute < 16; minute += 1) {
      report();
      receive([2, seq]);
      for (let s = 0; s < 60; s += 1) {
        const before = sent.length;
        await clock.advance(1000);
        if (sent.length > before) again.push(Math.round((clock.now() - first) / 1000));
      }
    }
    expect(sent.filter((flight) => flight.seq === 1)).toHaveLength(5);
    expect(again).toEqual([60, 180, 420, 900]);
    receive([1, seq]);
    expect(held()).toBe(0);
  });

  test('while no receipt comes at all, the oldest and the newest ask again, once a minute, and no other', async () => {
    delivery.open(answering, true);
    report(10);
    await clock.advance(61_000);
    expect(order().slice(10)).toEqual([1, 10]);
    await clock.advance(60_000);
    expect(order().slice(12)).toEqual([2, 10]);
    expect(held()).toBe(10);
  });

  test('a single lost receipt is made up for', async () => {
    delivery.open(answering, true);
    report();
    await clock.advance(60_000);
    expect(order()).toEqual([1, 1]);
    receive([1, 1]);
    expect(held()).toBe(0);
  });

  test('what a broker dropped of many is all sent again once receipts come, at the pace of a backlog', async () => {
    delivery.open(answering, true);
    report(500);
    await clock.advance(59_000);
    sent = [];
    report();
    receive([501, 501]);
    await clock.advance(3000);
    expect(sent.length).toBeGreaterThan(50);
    expect(sent.length).toBeLessThan(160);
    await clock.advance(9000);
    expect(new Set(order())).toEqual(new Set(Array.from({ length: 501 }, (_, index) => index + 1)));
  });

  test('nothing is asked again while no collector is there', async () => {
    delivery.open(answering, true);
    report();
    delivery.pause();
    await clock.advance(3_600_000);
    expect(sent).toHaveLength(1);
  });

  test('with two thousand that have no receipt, new ones wait: then the newest goes first', async () => {
    delivery.open(answering, true);
    report(2000);
    await clock.advance(50_000);
    report(100);
    await clock.advance(5000);
    expect(sent).toHaveLength(2000);
    receive([1, 10]);
    expect(order().slice(2000)).toEqual([2100, 2001]);
    await clock.advance(1000);
    expect(sent).toHaveLength(2010);
  });

  test('full and without any receipt, the newest is tried once a minute: one that was refused may be good now', async () => {
    delivery.open(answering, true);
    report(2000);
    await clock.advance(50_000);
    report(3);
    await clock.advance(60_000);
    expect(order().slice(2000)).toEqual([1, 2003]);
  });

  test('what is refused for ever does not hold back the rest: a receipt for any other shows that somebody is there', async () => {
    delivery.open(answering, true);
    report(2000);
    report();
    await clock.advance(61_000);
    expect(order().slice(2000)).toEqual([1, 2001]);
    receive([2001, 2001]);
    report(3);
    expect(order().slice(2002)).toEqual([2002, 2003, 2004]);
  });

  test('a collector that needs none any more: what waits for one is sent again and leaves on its acknowledgement', async () => {
    delivery.open(answering, true);
    report(3);
    delivery.open(answering, false);
    await clock.advance(1000);
    expect(order()).toEqual([1, 2, 3, 3, 1, 2]);
    expect(held()).toBe(0);
  });

  test('an acknowledgement that was under way when that changed is not taken for a receipt, either way', async () => {
    delivery.open(publish, true);
    report();
    delivery.open(publish, false);
    sent[0]?.done();
    expect(held()).toBe(1);
    report();
    delivery.open(publish, true);
    for (const flight of sent.slice(1)) flight.done();
    expect(held()).toBe(2);
  });

  test('what an earlier run left is known by its own name', async () => {
    delivery.open(answering, true);
    report(2);
    outbox.close();
    outbox = openOutbox({ folder, maxBytes: 1e7, maxAgeMs: 1e10, now: clock.now, log: () => {} });
    delivery = createDelivery({ outbox, clock, log: () => {}, staleAfterMs: STALE_MS });
    outbox.append(Buffer.from(JSON.stringify({ v: 1, boot: 'bootbbbb', seq: 1, at: clock.now() })), clock.now());
    delivery.open(answering, true);
    await clock.advance(1000);
    expect(order()).toEqual([1, 2, 1, 1, 2]);
    delivery.receive({ boot: 'bootbbbb', seen: [[1, 400]] });
    expect(held()).toBe(2);
    receive([1, 2]);
    expect(held()).toBe(0);
  });
});
