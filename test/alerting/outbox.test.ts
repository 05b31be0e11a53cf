import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createOutbox, type Outbox, type OutboxOptions, type TicketChange } from '../../alerting/outbox.ts';
import type { Delivery, Desk, NewTicketWork, TicketWork } from '../../alerting/ports.ts';
import type { PartitionStore, StateStore } from '../../collector/ports.ts';
import { openSqliteStateStore } from '../../collector/state/sqlite-state-store.ts';
import type { IncidentView } from '../../protocol/views.ts';
import { TestClock } from '../fakes/clock.ts';
import { AT, incidentView, workOn } from './fixtures.ts';

/** A desk that answers when the test says so. */
class HeldDesk implements Desk {
  readonly held: { work: TicketWork; signal: AbortSignal; answer: (delivery: Delivery) => void }[] = [];
  deliver(work: TicketWork, signal: AbortSignal): Promise<Delivery> {
    return new Promise((answer) => this.held.push({ work, signal, answer }));
  }
  /** What was asked for, as `incident number, action`. */
  get asked(): string[] {
    return this.held.map(({ work }) => `${work.view.number} ${work.action}`);
  }
  /** Answers the oldest request that has none. */
  async answer(delivery: Delivery = { outcome: 'done' }): Promise<void> {
    this.held.shift()?.answer(delivery);
    await turn();
  }
}

const retry: Delivery = { outcome: 'retry', error: 'HTTP 503' };

describe('outbox', () => {
  let clock: TestClock;
  let state: StateStore;
  let store: PartitionStore;
  let desk: HeldDesk;
  let changes: TicketChange[];
  let logged: string[];
  let outbox: Outbox;

  beforeEach(async () => {
    clock = new TestClock(AT);
    state = openSqliteStateStore(':memory:', { now: clock.now });
    store = await state.partition({ index: 0, of: 1 });
    desk = new HeldDesk();
    changes = [];
    logged = [];
    outbox = open();
  });
  afterEach(async () => {
    await outbox.stop();
    await state.close();
  });

  function open(change: Partial<OutboxOptions> = {}): Outbox {
    const log = (_: object, message: string) => void logged.push(message);
    return createOutbox({
      store,
      desks: { support: desk },
      manners: { support: { tellHealed: true } },
      onTicket: (told) => void changes.push(told),
      log: { warn: log, error: log },
      now: clock.now,
      // The longest pause, always.
      random: () => 1,
      setTimer: clock.setTimer,
      ...change,
    });
  }

  async function commit(...tickets: NewTicketWork[]): Promise<void> {
    const incidents = tickets.map(({ view }) => ({ incident: view as IncidentView, entries: [] }));
    const judgement = { stores: [], incidents, tickets };
    await store.commit({ cursors: [], boots: [], log: undefined, judgement, setAside: [], handled: [] });
    outbox.wake();
    await turn();
  }

  async function pass(ms: number): Promise<void> {
    clock.advance(ms);
    await turn();
  }

  it('delivers at once, without any timer, and tells what the desk said', async () => {
    await commit(workOn(1));
    expect(clock.now()).toBe(AT);
    expect(desk.asked).toEqual(['1 open']);
    await desk.answer({ outcome: 'done', ticket: 'INC1' });
    expect(changes).toEqual([
      {
        incident: workOn(1).incident,
        store: incidentView().store,
        desk: 'support',
        action: 'open',
        ticket: 'INC1',
        ticketState: 'open',
        entry: { at: AT, reason: { code: 'ticket.opened', params: { desk: 'support', ticket: 'INC1' } } },
      },
    ]);
    expect(await state.incident(1)).toMatchObject({
      incident: { ticket: 'INC1', ticketState: 'open' },
      timeline: [{ reason: { code: 'ticket.opened' } }],
    });
  });

  it('keeps the order within an incident and never has two of one under way', async () => {
    await commit(workOn(1), workOn(1, 'update'), workOn(1, 'resolve'));
    expect(desk.asked).toEqual(['1 open']);
    outbox.wake();
    await turn();
    expect(desk.asked).toEqual(['1 open']);
    await desk.answer({ outcome: 'done', ticket: 'INC1' });
    expect(desk.asked).toEqual(['1 update']);
    expect(desk.held[0]?.work.ticket).toBe('INC1');
    await desk.answer({ outcome: 'done', ticket: 'comment-77' });
    await desk.answer();
    expect(changes.map((change) => [change.action, change.ticket, change.ticketState])).toEqual([
      ['open', 'INC1', 'open'],
      ['update', 'INC1', 'open'],
      ['resolve', 'INC1', 'resolved'],
    ]);
  });

  it('has four deliveries under way at most', async () => {
    await commit(...[1, 2, 3, 4, 5, 6].map((number) => workOn(number)));
    expect(desk.asked).toEqual(['1 open', '2 open', '3 open', '4 open']);
    await desk.answer();
    expect(desk.asked).toEqual(['2 open', '3 open', '4 open', '5 open']);
  });

  it('lets no desk that hangs stand in the way of another', async () => {
    await outbox.stop();
    const quick = new HeldDesk();
    outbox = open({ desks: { support: desk, quick } });
    const many = Array.from({ length: 200 }, (_, i) => workOn(i + 1));
    await commit(...many, workOn(201, 'open', { desk: 'quick' }));
    expect(quick.asked).toEqual(['201 open']);
  });

  it('comes back for another desk while one hangs', async () => {
    await outbox.stop();
    const quick = new HeldDesk();
    outbox = open({ desks: { support: desk, quick } });
    await commit(workOn(1), workOn(2, 'open', { desk: 'quick' }));
    await quick.answer(retry);
    await pass(1_000);
    expect(quick.asked).toEqual(['2 open']);
    expect(desk.held).toHaveLength(1);
  });

  it('tries again after pauses that double up to a bound', async () => {
    await commit(workOn(1));
    const pauses: number[] = [];
    for (let attempt = 0; attempt < 12; attempt++) {
      expect(desk.held[0]?.work.attempts).toBe(attempt);
      const failedAt = clock.now();
      await desk.answer(retry);
      while (desk.held.length === 0) {
        clock.step();
        await turn();
      }
      pauses.push((clock.now() - failedAt) / 1000);
    }
    expect(pauses).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300, 300]);
    expect(logged).toEqual(['a desk did not take ticket work']);
  });

  it('spreads the pauses over all of their length', async () => {
    await outbox.stop();
    outbox = open({ random: () => 0.25 });
    await commit(workOn(1));
    await desk.answer(retry);
    await pass(249);
    expect(desk.held).toHaveLength(0);
    await pass(1);
    expect(desk.held).toHaveLength(1);
  });

  it('leaves a desk alone for as long as it asked, with all its tickets', async () => {
    await commit(workOn(1));
    await desk.answer({ outcome: 'retry', error: 'HTTP 429', retryAfterS: 30 });
    await commit(workOn(2));
    await pass(29_999);
    expect(desk.held).toHaveLength(0);
    await pass(1_001);
    expect(desk.asked.sort()).toEqual(['1 open', '2 open']);
  });

  it('waits no longer than ten seconds for an answer', async () => {
    await commit(workOn(1));
    const [first] = desk.held;
    await pass(9_999);
    expect(first?.signal.aborted).toBe(false);
    await pass(1);
    expect(first?.signal.aborted).toBe(true);
    desk.held.length = 0;
    await pass(1_000);
    expect(desk.held[0]?.work.attempts).toBe(1);
  });

  it('takes a connector that throws for a desk that failed, and repeats nothing it said', async () => {
    await outbox.stop();
    const errors: string[] = [];
    const log = { warn: (details: object) => void errors.push(JSON.stringify(details)), error: () => {} };
    const broken = { deliver: () => Promise.reject(new TypeError('https://user:secret@desk')) };
    outbox = open({ desks: { support: broken }, log });
    await commit(workOn(1));
    expect(await store.dueTicketWork(AT + 1_000, 9)).toMatchObject([{ attempts: 1 }]);
    expect(errors).toEqual([expect.stringContaining('connector failed (TypeError)')]);
    expect(errors.join()).not.toContain('secret');
  });

  it('sets refused work aside, holds what follows it, and goes on once it is replayed', async () => {
    await commit(workOn(1), workOn(1, 'resolve'), workOn(2));
    await desk.answer({ outcome: 'refused', error: 'HTTP 403' });
    expect(changes).toMatchObject([
      {
        action: 'open',
        ticketState: 'failed',
        entry: { reason: { code: 'ticket.failed', params: { error: 'HTTP 403' } } },
      },
    ]);
    expect(desk.asked).toEqual(['2 open']);
    const [dead] = await state.deadTicketWork(9);
    expect(dead).toMatchObject({ action: 'open', error: 'HTTP 403', diedAt: AT });
    await desk.answer();
    await state.replayTicketWork(dead?.id ?? 0, clock.now());
    outbox.wake();
    await turn();
    await desk.answer({ outcome: 'done', ticket: 'INC1' });
    await desk.answer();
    expect((await state.incident(1))?.incident).toMatchObject({ ticket: 'INC1', ticketState: 'resolved' });
  });

  it('gives up after a day of tries', async () => {
    await commit(workOn(1));
    while ((await state.deadTicketWork(1)).length === 0) {
      if (desk.held.length > 0) await desk.answer(retry);
      else {
        clock.step();
        await turn();
      }
    }
    const lastedMs = clock.now() - AT;
    expect(lastedMs).toBeGreaterThanOrEqual(24 * 3_600_000);
    expect(lastedMs).toBeLessThan(24.1 * 3_600_000);
    expect(changes).toMatchObject([{ ticketState: 'failed' }]);
  });

  it('does not count the time the work waited untried', async () => {
    await commit(workOn(1, 'open', { at: AT - 30 * 3_600_000 }));
    await desk.answer(retry);
    expect(await state.deadTicketWork(1)).toEqual([]);
    await pass(1_000);
    expect(desk.held).toHaveLength(1);
  });

  it('goes on after a restart where it stood', async () => {
    await commit(workOn(1), workOn(1, 'update'));
    await desk.answer({ outcome: 'done', ticket: 'INC1' });
    const [interrupted] = desk.held.splice(0);
    await outbox.stop();
    expect(interrupted?.signal.aborted).toBe(true);
    outbox.wake();
    await pass(60_000);
    expect(desk.held).toEqual([]);
    outbox = open();
    outbox.wake();
    await turn();
    expect(desk.held[0]?.work).toMatchObject({
      id: interrupted?.work.id,
      action: 'update',
      ticket: 'INC1',
      attempts: 0,
    });
  });

  it('asks the desk nothing twice because the disk is full', async () => {
    const done = store.ticketWorkDone;
    store.ticketWorkDone = () => Promise.reject(new Error('disk is full'));
    await commit(workOn(1));
    await desk.answer({ outcome: 'done', ticket: 'INC1' });
    await pass(5_000);
    expect(desk.held).toEqual([]);
    expect(changes).toEqual([]);
    store.ticketWorkDone = done;
    await pass(1_000);
    expect(changes).toMatchObject([{ ticket: 'INC1' }]);
    expect(logged).toContain('the outcome of a delivery could not be stored');
  });

  it('outlives a store that cannot be read', async () => {
    const due = store.dueTicketWork;
    store.dueTicketWork = () => Promise.reject(new Error('database is locked'));
    await commit(workOn(1));
    expect(logged).toEqual(['ticket work could not be read']);
    store.dueTicketWork = due;
    await pass(1_000);
    expect(desk.asked).toEqual(['1 open']);
  });

  it('keeps trying work for a desk that is configured no more, and says so', async () => {
    await outbox.stop();
    outbox = open({ desks: {} });
    await commit(workOn(1, 'open', { desk: 'gone' }));
    expect(logged).toEqual(['a desk did not take ticket work']);
    await pass(1_000);
    expect(await store.dueTicketWork(clock.now() + 3_600_000, 9)).toMatchObject([{ desk: 'gone', attempts: 2 }]);
  });

  it('goes on with its pauses when the clock is set, back or forward', async () => {
    await commit(workOn(1));
    await desk.answer({ outcome: 'retry', error: 'HTTP 429', retryAfterS: 30 });
    clock.set(-3 * 3_600_000);
    outbox.clockStepped(-3 * 3_600_000);
    await turn();
    await pass(29_000);
    expect(desk.held).toHaveLength(0);
    await pass(300_000);
    expect(desk.asked).toEqual(['1 open']);
    clock.set(48 * 3_600_000);
    outbox.clockStepped(48 * 3_600_000);
    await desk.answer(retry);
    expect(await state.deadTicketWork(1)).toEqual([]);
  });

  it('rests when there is nothing to do', async () => {
    await commit(workOn(1));
    await desk.answer();
    expect(clock.nextAt).toBeUndefined();
  });
});
