import { EventEmitter, once } from 'node:events';
import { setImmediate as turn } from 'node:timers/promises';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { plugin } from '../../alerting/connectors/webhook.ts';
import { createOutbox, type Outbox } from '../../alerting/outbox.ts';
import type { Desk, NewTicketWork } from '../../alerting/ports.ts';
import type { PartitionStore, StateStore } from '../../collector/ports.ts';
import { openSqliteStateStore } from '../../collector/state/sqlite-state-store.ts';
import type { IncidentView } from '../../protocol/views.ts';
import { TestClock } from '../fakes/clock.ts';
import { type DeskManner, openTestDesk, type TestDesk } from '../fakes/desk.ts';
import { AT, SECRET, workOn } from './fixtures.ts';

/** Outbox, webhook, a real store and a real HTTP desk, under a clock that moves only when all is quiet. */
class Rig {
  readonly clock = new TestClock(AT);
  readonly state: StateStore = openSqliteStateStore(':memory:', { now: this.clock.now });
  store!: PartitionStore;
  readonly desk: TestDesk;
  readonly #events = new EventEmitter().setMaxListeners(0);
  /** Incidents under way, each with how many requests the desk had seen when it set out. */
  readonly #underWay = new Map<string, number>();
  #outbox!: Outbox;
  mostUnderWay = 0;
  overlaps = 0;

  private constructor(desk: TestDesk) {
    this.desk = desk;
  }

  static async open(desk: TestDesk): Promise<Rig> {
    const rig = new Rig(desk);
    rig.store = await rig.state.partition({ index: 0, of: 1 });
    rig.#outbox = rig.#open();
    return rig;
  }

  #open(): Outbox {
    const context = { secrets: [SECRET], fetch, now: this.clock.now, timeZoneOf: () => 'Europe/Paris' };
    const webhook = plugin.create({ url: this.desk.url }, context);
    const watched: Desk = {
      deliver: async (work, signal) => {
        if (this.#underWay.has(work.incident)) this.overlaps++;
        this.#underWay.set(work.incident, this.desk.requests.length);
        this.mostUnderWay = Math.max(this.mostUnderWay, this.#underWay.size);
        try {
          return await webhook.deliver(work, signal);
        } finally {
          this.#underWay.delete(work.incident);
          this.#events.emit('change');
        }
      },
    };
    return createOutbox({
      store: this.store,
      desks: { support: watched },
      manners: { support: { tellHealed: true } },
      onTicket: () => {},
      log: { warn: () => {}, error: () => {} },
      now: this.clock.now,
      random: () => 0.5,
      setTimer: this.clock.setTimer,
    });
  }

  async commit(tickets: NewTicketWork[]): Promise<void> {
    const incidents = tickets.map(({ view }) => ({ incident: view as IncidentView, entries: [] }));
    const judgement = { stores: [], incidents, tickets };
    await this.store.commit({ cursors: [], boots: [], log: undefined, judgement, setAside: [], handled: [] });
    this.#outbox.wake();
    await turn();
  }

  async restart(): Promise<void> {
    await this.#outbox.stop();
    while (this.#underWay.size > 0) await once(this.#events, 'change');
    this.#outbox = this.#open();
    this.#outbox.wake();
    await turn();
  }

  /** Until every delivery has ended or is being left to wait by the desk; then on to the next timer. */
  async step(): Promise<void> {
    await turn();
    while (![...this.#underWay].every(([incident, from]) => this.#isHung(incident, from))) {
      await Promise.race([once(this.#events, 'change'), this.desk.nextRequest()]);
      await turn();
    }
    this.clock.step();
    await turn();
  }

  #isHung(incident: string, from: number): boolean {
    return this.desk.requests.slice(from).some(({ body, hung }) => hung && body?.key === incident);
  }

  async drain(): Promise<void> {
    while ((await this.store.nextTicketWorkAt()) !== undefined) await this.step();
  }

  async close(): Promise<void> {
    await this.#outbox.stop();
    await this.state.close();
  }
}

const manner: fc.Arbitrary<DeskManner> = fc.constantFrom<DeskManner>(
  { manner: 'well' },
  { manner: 'status', status: 500 },
  { manner: 'status', status: 429 },
  { manner: 'status', status: 429, retryAfter: '20' },
  { manner: 'html' },
  { manner: 'half-body' },
  { manner: 'drop-reply' },
  { manner: 'hang' },
);

/** What judgement commits, in groups, with restarts and pauses of the outbox in between. */
const story = fc.record({
  updates: fc.array(fc.nat({ max: 3 }), { minLength: 1, maxLength: 6 }),
  manners: fc.array(manner, { maxLength: 25 }),
  order: fc.array(fc.nat(), { minLength: 30, maxLength: 30 }),
  pauses: fc.array(fc.constantFrom('none', 'step', 'restart'), { minLength: 30, maxLength: 30 }),
});

describe('from the store to the desk', () => {
  it('each incident’s actions arrive in order and count once, whatever the desk does and whenever we restart', async () => {
    await fc.assert(
      fc.asyncProperty(story, async ({ updates, manners, order, pauses }) => {
        const desk = await openTestDesk({ secrets: [SECRET], now: () => AT });
        const rig = await Rig.open(desk);
        try {
          desk.now = rig.clock.now;
          desk.manners.push(...manners);
          const waiting = updates.map((count, i) => [
            workOn(i + 1),
            ...Array.from({ length: count }, () => workOn(i + 1, 'update')),
            workOn(i + 1, 'resolve'),
          ]);
          for (let turnNo = 0; waiting.some((work) => work.length > 0); turnNo++) {
            const left = waiting.filter((work) => work.length > 0);
            const next = left[(order[turnNo % order.length] ?? 0) % left.length]?.shift();
            if (next) await rig.commit([next]);
            const pause = pauses[turnNo % pauses.length];
            if (pause === 'step') await rig.step();
            if (pause === 'restart') await rig.restart();
          }
          await rig.drain();

          expect(desk.faults).toEqual([]);
          expect([...desk.tickets.values()].map(({ actions }) => actions.join(' ')).sort()).toEqual(
            updates.map((count) => ['open', ...Array(count).fill('update'), 'resolve'].join(' ')).sort(),
          );
          for (const [key, { ticket }] of desk.tickets) {
            const resolved = await rig.state.incidents({ state: 'resolved', limit: 99 });
            const [incident] = resolved.filter((view) => view.key === key);
            expect(incident).toMatchObject({ ticket, ticketState: 'resolved' });
          }
          expect(await rig.state.deadTicketWork(9)).toEqual([]);
          expect(rig.overlaps).toBe(0);
          expect(rig.mostUnderWay).toBeLessThanOrEqual(4);
        } finally {
          await rig.close();
          await desk.close();
        }
      }),
      { numRuns: 40 },
    );
  }, 60_000);
});
