import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createDelivery, type Delivery, type Publish } from '../../agent/delivery.ts';
import { type Outbox, openOutbox } from '../../agent/outbox/outbox.ts';
import { noteSeen, type Ranges } from '../../collector/ingest/ranges.ts';
import { Receipts } from '../../collector/ingest/receipts.ts';
import type { Receipt } from '../../protocol/messages.ts';
import { createFakeClock } from './fake-clock.ts';

const AGENT = 'demo/lyon/till-1';

interface Named {
  boot: string;
  seq: number;
}
interface Flight extends Named {
  done: (error?: Error) => void;
}
const nameOf = ({ boot, seq }: Named) => `${boot}/${seq}`;
const parse = (body: Uint8Array): Named => JSON.parse(Buffer.from(body).toString());

/** An agent, a broker that forgets when it is killed, and a collector that says what it has: each may fail at any moment. */
function createWorld(folder: string) {
  const clock = createFakeClock();
  let outbox: Outbox;
  let delivery: Delivery;
  let runs = 0;
  let seq = 0;
  let inFlight: Flight[] = [];
  let queue: Named[] = [];
  let losesReceipts = false;
  const made = new Map<string, Named>();
  const committed = new Set<string>();
  const cursors = new Map<string, Ranges>();
  let receipts = openReceipts();

  function openReceipts(): Receipts {
    return new Receipts({
      publish: async (_, payload) => {
        if (!losesReceipts) delivery.receive(JSON.parse(payload) as Receipt);
      },
      now: clock.now,
      after: clock.after,
    });
  }

  const publish: Publish = (body, done) => {
    const flight = { ...parse(body), done };
    inFlight.push(flight);
    return () => {
      inFlight = inFlight.filter((other) => other !== flight);
    };
  };

  function startAgent(): void {
    runs += 1;
    seq = 0;
    outbox = openOutbox({ folder, maxBytes: 1e7, maxAgeMs: 1e12, now: clock.now, log: () => {}, segmentBytes: 500 });
    delivery = createDelivery({ outbox, clock, log: () => {}, staleAfterMs: 90_000 });
    delivery.open(publish, true);
  }

  function commit(report: Named): void {
    const seen = cursors.get(report.boot) ?? [];
    cursors.set(report.boot, seen);
    const isNew = noteSeen(seen, report.seq);
    committed.add(nameOf(report));
    if (isNew) receipts.note([{ agent: AGENT, boot: report.boot, seen }]);
    else receipts.noteSeen({ agent: AGENT, boot: report.boot, seen }, report.seq);
  }

  /** What was on its way may have reached the broker all the same. */
  function loseConnection(reached: number): void {
    queue.push(...inFlight.slice(0, reached));
    delivery.reset();
    inFlight = [];
  }

  function take(which: number): Flight | undefined {
    const [flight] = inFlight.length === 0 ? [] : inFlight.splice(which % inFlight.length, 1);
    return flight;
  }

  startAgent();
  return {
    advance: clock.advance,
    report() {
      seq += 1;
      const report = { boot: `boot${String(runs).padStart(4, '0')}`, seq };
      made.set(nameOf(report), report);
      delivery.offer(outbox.append(Buffer.from(JSON.stringify({ v: 1, ...report, at: clock.now() })), clock.now()));
    },
    acknowledge(which: number, isKept: boolean) {
      const flight = take(which);
      if (flight && isKept) queue.push(flight);
      flight?.done();
    },
    refuse: (which: number) => take(which)?.done(new Error('refused')),
    commit(count: number) {
      for (const report of queue.splice(0, count)) commit(report);
    },
    repeat: (which: number) => queue.length > 0 && queue.push(queue[which % queue.length] as Named),
    reconnect(reached: number) {
      loseConnection(reached);
      delivery.open(publish, true);
    },
    killBroker() {
      loseConnection(0);
      queue = [];
      delivery.open(publish, true);
    },
    killCollector() {
      receipts = openReceipts();
    },
    restartAgent(reached: number, isOrderly: boolean) {
      loseConnection(reached);
      if (isOrderly) outbox.close();
      startAgent();
    },
    pause: () => delivery.pause(),
    resume: () => delivery.open(publish, true),
    loseReceipts: (isSo: boolean) => {
      losesReceipts = isSo;
    },
    /** Reports that are neither committed nor kept. */
    lost() {
      const kept = new Set([...outbox.waiting()].map((id) => nameOf(parse(outbox.read(id)?.body ?? new Uint8Array()))));
      return [...made.keys()].filter((name) => !committed.has(name) && !kept.has(name));
    },
    uncommitted: () => [...made.keys()].filter((name) => !committed.has(name)),
    held: () => outbox.stats().reports,
    isBusy: () => inFlight.length + queue.length > 0,
  };
}
type World = ReturnType<typeof createWorld>;

type Step = readonly [name: string, run: (world: World) => unknown];
const times = (count: number, run: () => void) => Array.from({ length: count }, run);
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.integer({ min: 1, max: 50 }).map((n): Step => [`report ${n}`, (w) => times(n, w.report)]),
  },
  {
    weight: 8,
    arbitrary: fc
      .tuple(fc.integer({ min: 1, max: 40 }), fc.nat({ max: 40 }), fc.boolean())
      .map(
        ([n, which, kept]): Step => [`ack ${n} ${which} ${kept}`, (w) => times(n, () => w.acknowledge(which, kept))],
      ),
  },
  { weight: 6, arbitrary: fc.integer({ min: 1, max: 50 }).map((n): Step => [`commit ${n}`, (w) => w.commit(n)]) },
  {
    weight: 6,
    arbitrary: fc.constantFrom(20, 300, 5000, 31_000, 70_000).map((ms): Step => [`${ms} ms`, (w) => w.advance(ms)]),
  },
  { weight: 1, arbitrary: fc.nat({ max: 40 }).map((n): Step => [`refuse ${n}`, (w) => w.refuse(n)]) },
  { weight: 1, arbitrary: fc.nat({ max: 40 }).map((n): Step => [`repeat ${n}`, (w) => w.repeat(n)]) },
  { weight: 2, arbitrary: fc.nat({ max: 32 }).map((n): Step => [`reconnect ${n}`, (w) => w.reconnect(n)]) },
  { weight: 1, arbitrary: fc.constant<Step>(['kill broker', (w) => w.killBroker()]) },
  { weight: 1, arbitrary: fc.constant<Step>(['kill collector', (w) => w.killCollector()]) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.nat({ max: 32 }), fc.boolean())
      .map(([n, orderly]): Step => [`restart ${n} ${orderly}`, (w) => w.restartAgent(n, orderly)]),
  },
  { weight: 1, arbitrary: fc.constant<Step>(['pause', (w) => w.pause()]) },
  { weight: 1, arbitrary: fc.constant<Step>(['resume', (w) => w.resume()]) },
  { weight: 1, arbitrary: fc.boolean().map((isSo): Step => [`lose receipts ${isSo}`, (w) => w.loseReceipts(isSo)]) },
);

test('whatever fails and when, no report is lost that is not committed, and in good weather all of them get through', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 50 }), async (steps) => {
      const folder = mkdtempSync(join(tmpdir(), 'vigie-delivery-'));
      try {
        const world = createWorld(folder);
        for (const [name, run] of steps) {
          await run(world);
          const lost = world.lost();
          if (lost.length > 0) throw new Error(`after ${name}: ${lost} is neither kept nor committed`);
        }
        world.loseReceipts(false);
        world.resume();
        for (let second = 0; world.held() > 0 && second < 600; second += 1) {
          while (world.isBusy()) {
            world.acknowledge(0, true);
            world.commit(1);
          }
          await world.advance(1000);
        }
        expect(world.held()).toBe(0);
        expect(world.uncommitted()).toEqual([]);
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    }),
    { numRuns: 100 },
  );
}, 30_000);
