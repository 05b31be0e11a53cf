import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createOutbox, type DeskManners, type Outbox, type TicketChange } from '../../alerting/outbox.ts';
import type { Delivery, Desk, NewTicketWork, TicketWork } from '../../alerting/ports.ts';
import { wordTicket } from '../../alerting/tickets/word-ticket.ts';
import type { PartitionStore, StateStore } from '../../collector/ports.ts';
import { openSqliteStateStore } from '../../collector/state/sqlite-state-store.ts';
import type { IncidentView } from '../../protocol/views.ts';
import { TestClock } from '../fakes/clock.ts';
import { TicketDesk } from '../fakes/ticket-desk.ts';
import { AT, workOn } from './fixtures.ts';

const HOUR_MS = 3_600_000;
const away: Delivery = { outcome: 'retry', error: 'HTTP 503' };

/** A desk without any memory, which is asked and answers at once. */
class PlainDesk implements Desk {
  readonly told: TicketWork[] = [];
  readonly asked: string[] = [];
  answer: (work: TicketWork) => Delivery = () => ({ outcome: 'done' });
  async deliver(work: TicketWork): Promise<Delivery> {
    this.asked.push(`${work.view.number} ${work.action}`);
    const delivery = this.answer(work);
    if (delivery.outcome === 'done') this.told.push(work);
    return delivery;
  }
  get heard(): string[] {
    return this.told.map(({ view, action }) => `${view.number} ${action}`);
  }
}

describe('bad days', () => {
  let clock: TestClock;
  let state: StateStore;
  let store: PartitionStore;
  let changes: TicketChange[];
  let seen: [string, string | undefined][];
  let outbox: Outbox | undefined;

  beforeEach(async () => {
    clock = new TestClock(AT);
    state = openSqliteStateStore(':memory:', { now: clock.now });
    store = await state.partition({ index: 0, of: 1 });
    changes = [];
    seen = [];
    outbox = undefined;
  });
  afterEach(async () => {
    await outbox?.stop();
    await state.close();
  });

  async function open(desks: Record<string, Desk>, manners: Record<string, DeskManners> = {}): Promise<void> {
    await outbox?.stop();
    outbox = createOutbox({
      store,
      desks,
      manners,
      onTicket: (told) => void changes.push(told),
      onDesk: (desk, error) => void seen.push([desk, error]),
      log: { warn: () => {}, error: () => {} },
      now: clock.now,
      random: () => 1,
      setTimer: clock.setTimer,
    });
    outbox.wake();
    await settled();
  }

  async function settled(): Promise<void> {
    for (let i = 0; i < 30; i++) await turn();
  }

  async function commit(...tickets: NewTicketWork[]): Promise<void> {
    const incidents = tickets.map(({ view }) => ({ incident: view as IncidentView, entries: [] }));
    const judgement = { stores: [], incidents, tickets };
    await store.commit({ cursors: [], boots: [], log: undefined, judgement, setAside: [], handled: [] });
    outbox?.wake();
    await settled();
  }

  async function pass(ms: number): Promise<void> {
    const end = clock.now() + ms;
    while (clock.nextAt !== undefined && clock.nextAt <= end) {
      clock.step();
      await settled();
    }
    clock.advance(end - clock.now());
  }

  const timelineOf = async (number: number) =>
    (await state.incident(number))?.timeline.map(({ reason }) => reason.code) ?? [];
  const deskWork = (number: number, action: NewTicketWork['action'] = 'open') =>
    workOn(number, action, { at: clock.now() });

  describe('a desk that fails whatever it is asked', () => {
    it('is left alone for pauses that grow to a minute, and gets one piece of work at a time', async () => {
      const desk = new PlainDesk();
      desk.answer = () => away;
      await open({ support: desk });
      await commit(...Array.from({ length: 20 }, (_, i) => deskWork(i + 1)));
      // Those that were under way together, and the fifth failure.
      const before = desk.asked.length;
      expect(before).toBeLessThanOrEqual(8);
      expect(outbox?.away()).toEqual([{ desk: 'support', since: AT }]);
      const times: number[] = [];
      while (times.length < 7) {
        const asked = desk.asked.length;
        await pass(100);
        if (desk.asked.length > asked) times.push(clock.now());
        expect(desk.asked.length - asked).toBeLessThanOrEqual(1);
      }
      const pauses = times.slice(1).map((at, i) => Math.round((at - (times[i] as number)) / 1_000));
      expect(pauses).toEqual([10, 20, 40, 60, 60, 60]);
      const attempts = (await store.dueTicketWork(clock.now() + HOUR_MS, 99)).map((work) => work.attempts);
      expect(attempts.reduce((sum, count) => sum + count, 0)).toBe(desk.asked.length);
      expect(attempts.filter((count) => count === 0).length).toBeGreaterThanOrEqual(12);
      expect(seen).toEqual([['support', 'HTTP 503']]);
    });

    it('gets all of it once one piece went through', async () => {
      const desk = new PlainDesk();
      desk.answer = () => away;
      await open({ support: desk });
      await commit(...Array.from({ length: 20 }, (_, i) => deskWork(i + 1)));
      desk.answer = () => ({ outcome: 'done' });
      await pass(20_000);
      expect(desk.heard).toEqual(Array.from({ length: 20 }, (_, i) => `${i + 1} open`));
      expect(seen).toEqual([
        ['support', 'HTTP 503'],
        ['support', undefined],
      ]);
      expect(outbox?.away()).toEqual([]);
    });

    it('answers, when it refuses', async () => {
      const desk = new PlainDesk();
      let refused = 0;
      desk.answer = () => (++refused % 4 === 0 ? { outcome: 'refused', error: 'HTTP 403' } : away);
      await open({ support: desk });
      await commit(...Array.from({ length: 12 }, (_, i) => deskWork(i + 1)));
      expect(seen).toEqual([]);
    });

    it('is not condemned for one incident it cannot take', async () => {
      const desk = new PlainDesk();
      desk.answer = ({ view }) => (view.number === 1 ? away : { outcome: 'done' });
      await open({ support: desk });
      await commit(deskWork(1));
      await pass(HOUR_MS / 2);
      expect(desk.asked.length).toBeGreaterThan(9);
      await commit(deskWork(2));
      expect(desk.heard).toEqual(['2 open']);
      expect(seen).toEqual([]);
    });

    it('keeps no other from its work, and its pause goes on when the clock is set', async () => {
      const [desk, other] = [new PlainDesk(), new PlainDesk()];
      desk.answer = () => away;
      await open({ support: desk, other });
      await commit(deskWork(1), deskWork(2), deskWork(3), deskWork(4), deskWork(5), deskWork(6));
      await commit(workOn(7, 'open', { desk: 'other' }));
      expect(other.heard).toEqual(['7 open']);
      const asked = desk.asked.length;
      clock.set(-HOUR_MS);
      outbox?.clockStepped(-HOUR_MS);
      await settled();
      expect(desk.asked.length).toBe(asked);
      // The work's own times were told by the other clock; they are brought nearer.
      await pass(301_000);
      expect(desk.asked.length).toBeGreaterThan(asked);
    });
  });

  describe('what was over before it could be told', () => {
    it('is not told, and the incident says so', async () => {
      const desk = new PlainDesk();
      await open({ support: desk });
      await commit(workOn(1), workOn(1, 'update'), workOn(1, 'resolve'));
      expect(desk.asked).toEqual([]);
      expect(changes).toMatchObject([{ ticketState: 'none', entry: { reason: { code: 'ticket.not-needed' } } }]);
      expect(await timelineOf(1)).toEqual(['ticket.not-needed']);
      await commit(workOn(1, 'reopen'), workOn(1, 'update'));
      expect(desk.heard).toEqual(['1 open', '1 update']);
    });

    it('is told where the desk wants it', async () => {
      const desk = new PlainDesk();
      await open({ support: desk }, { support: { tellHealed: true } });
      await commit(workOn(1), workOn(1, 'resolve'));
      expect(desk.heard).toEqual(['1 open', '1 resolve']);
      expect(desk.told[0]?.healed).toBeUndefined();
    });

    it('is told to a desk that may know of it and cannot be asked', async () => {
      const desk = new PlainDesk();
      desk.answer = () => away;
      await open({ support: desk });
      await commit(workOn(1));
      desk.answer = () => ({ outcome: 'done' });
      await commit(workOn(1, 'resolve'));
      await pass(2_000);
      expect(desk.heard).toEqual(['1 open', '1 resolve']);
    });

    it('is looked for where it can be: what is there is resolved, what is not is not opened', async () => {
      const desk = new TicketDesk();
      const weather = ['lost', 'well', 'away', 'away', 'away', 'away'] as const;
      let asked = 0;
      // The first is found by nobody, created, and the answer lost; of the second nothing arrives.
      desk.weather = () => weather[asked++ === 0 ? 1 : asked === 2 ? 0 : 2] as 'lost' | 'well' | 'away';
      await open({ support: desk.desk });
      await commit(workOn(1));
      await commit(workOn(2));
      expect(desk.tickets).toHaveLength(1);
      await commit(workOn(1, 'resolve'), workOn(2, 'resolve'));
      desk.weather = () => 'well';
      await pass(60_000);
      expect(desk.tickets.map(({ key, status }) => [key, status])).toEqual([[workOn(1).incident, 'resolved']]);
      expect(await timelineOf(1)).toEqual(['ticket.opened', 'ticket.resolved']);
      expect(await timelineOf(2)).toEqual(['ticket.not-needed']);
    });

    it('is looked for after a kill in the middle of its first attempt', async () => {
      const desk = new TicketDesk();
      const hung: Desk = {
        deliver: (work, signal) => desk.desk.deliver(work, signal).then(() => new Promise<Delivery>(() => {})),
      };
      await open({ support: hung });
      await commit(workOn(1));
      expect(desk.tickets).toHaveLength(1);
      await commit(workOn(1, 'resolve'));
      await open({ support: desk.desk });
      expect(desk.tickets.map(({ status }) => status)).toEqual(['resolved']);
    });
  });

  describe('an hour away', () => {
    const WITHIN = 200;
    /** Every fifth incident and its neighbour heal: 80 of 200. */
    const heals = (number: number) => number % 5 < 2;

    async function anHour(manners: DeskManners): Promise<TicketDesk> {
      const desk = new TicketDesk();
      desk.weather = () => 'away';
      await open({ support: desk.desk }, { support: manners });
      for (let number = 1; number <= WITHIN; number++) {
        await commit(deskWork(number));
        await pass(HOUR_MS / WITHIN / 2);
        if (number > 10 && heals(number - 10)) await commit(deskWork(number - 10, 'resolve'));
        await pass(HOUR_MS / WITHIN / 2);
      }
      for (let number = WITHIN - 9; number <= WITHIN; number++) {
        if (heals(number)) await commit(deskWork(number, 'resolve'));
      }
      expect(desk.tickets).toEqual([]);
      // One request every minute or so, not thousands.
      expect(desk.asked).toBeLessThan(120);
      desk.weather = () => 'well';
      await pass(120_000);
      return desk;
    }
    const keys = (wanted: (number: number) => boolean) =>
      Array.from({ length: WITHIN }, (_, i) => i + 1)
        .filter(wanted)
        .map((number) => workOn(number).incident);

    it('all that is still wrong has one ticket after, in the order it opened, and nothing that healed has any', async () => {
      const desk = await anHour({});
      expect(desk.tickets.map(({ key }) => key)).toEqual(keys((number) => !heals(number)));
      expect(desk.tickets).toHaveLength(120);
      expect(await state.deadTicketWork(9)).toEqual([]);
      expect(await store.nextTicketWorkAt()).toBeUndefined();
    }, 30_000);

    it('where the desk wants it, all of it has', async () => {
      const desk = await anHour({ tellHealed: true });
      expect(desk.tickets.map(({ key }) => key)).toEqual(keys(() => true));
      expect(desk.tickets.filter(({ status }) => status === 'resolved').map(({ key }) => key)).toEqual(keys(heals));
    }, 30_000);
  });

  describe('a desk that stands in', () => {
    const manners = { support: { fallback: { desk: 'mail', afterS: 300 } } };

    it('is told of what has waited for long, once, while the work stays for its own desk', async () => {
      const [desk, mail] = [new PlainDesk(), new PlainDesk()];
      desk.answer = () => away;
      await open({ support: desk, mail }, manners);
      await commit(deskWork(1));
      await pass(299_000);
      expect(mail.heard).toEqual([]);
      await pass(2_000);
      expect(mail.told).toMatchObject([{ action: 'open', insteadOf: 'support' }]);
      const { text } = wordTicket(mail.told[0] as TicketWork, { timeZoneOf: () => undefined });
      expect(text).toMatch(/^Envoyé ici parce que «\u00a0support\u00a0» est injoignable/);
      await commit(deskWork(1, 'update'));
      await pass(HOUR_MS);
      expect(mail.heard).toEqual(['1 open', '1 update']);
      await open({ support: desk, mail }, manners);
      await pass(HOUR_MS);
      expect(mail.heard).toEqual(['1 open', '1 update']);
      desk.answer = () => ({ outcome: 'done' });
      await pass(300_000);
      expect(desk.heard).toEqual(['1 open', '1 update']);
      await commit(deskWork(1, 'resolve'));
      expect(mail.heard).toEqual(['1 open', '1 update', '1 resolve']);
    });

    it('is told of what the desk refused, in time', async () => {
      const [desk, mail] = [new PlainDesk(), new PlainDesk()];
      desk.answer = () => ({ outcome: 'refused', error: 'HTTP 403' });
      await open({ support: desk, mail }, manners);
      await commit(deskWork(1));
      await pass(301_000);
      expect(mail.heard).toEqual(['1 open']);
      expect(await state.deadTicketWork(9)).toHaveLength(1);
    });

    it('is told nothing while the desk takes its work', async () => {
      const [desk, mail] = [new PlainDesk(), new PlainDesk()];
      await open({ support: desk, mail }, manners);
      await commit(deskWork(1));
      await pass(HOUR_MS);
      expect(mail.asked).toEqual([]);
      expect(clock.nextAt).toBeUndefined();
    });
  });
});
