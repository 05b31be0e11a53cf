import { setImmediate as turn } from 'node:timers/promises';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createOutbox, type Outbox } from '../../alerting/outbox.ts';
import type { Desk, NewTicketWork, TicketAction, TicketWork } from '../../alerting/ports.ts';
import { openSqliteStateStore } from '../../collector/state/sqlite-state-store.ts';
import type { IncidentView } from '../../protocol/views.ts';
import { TestClock } from '../fakes/clock.ts';
import { TicketDesk, type Weather } from '../fakes/ticket-desk.ts';
import { AT, workOn } from './fixtures.ts';

const MINUTE_MS = 60_000;

/** What judgement asks of one incident, in order. */
const lives: fc.Arbitrary<TicketAction[]> = fc.constantFrom<TicketAction[][]>(
  ['open'],
  ['open', 'update'],
  ['open', 'resolve'],
  ['open', 'update', 'update', 'resolve'],
  ['open', 'resolve', 'reopen', 'update'],
  ['open', 'resolve', 'reopen', 'resolve'],
);
const happens = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('commit' as const), incident: fc.nat({ max: 5 }) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('pass' as const), minutes: fc.nat({ max: 12 }) }) },
  { weight: 1, arbitrary: fc.constant({ kind: 'restart' as const }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('weather' as const),
      support: fc.array(fc.constantFrom<Weather>('well', 'away', 'lost'), { minLength: 1, maxLength: 5 }),
      mail: fc.array(fc.boolean(), { minLength: 1, maxLength: 3 }),
    }),
  },
);
const story = fc.record({
  lives: fc.array(lives, { minLength: 6, maxLength: 6 }),
  happens: fc.array(happens, { maxLength: 40 }),
  tellHealed: fc.boolean(),
});

test('desks fail, are restarted and stood in for: nothing is lost, told out of order, or told twice', async () => {
  await fc.assert(
    fc.asyncProperty(story, async ({ lives, happens, tellHealed }) => {
      const clock = new TestClock(AT);
      const state = openSqliteStateStore(':memory:', { now: clock.now });
      const store = await state.partition({ index: 0, of: 1 });
      const support = new TicketDesk();
      const told: TicketWork[] = [];
      let mailIsWell = (): boolean => true;
      const mail: Desk = {
        async deliver(work) {
          if (!mailIsWell()) return { outcome: 'retry', error: 'HTTP 503' };
          told.push(work);
          return { outcome: 'done' };
        },
      };
      const open = (): Outbox =>
        createOutbox({
          store,
          desks: { support: support.desk, mail },
          manners: { support: { tellHealed, fallback: { desk: 'mail', afterS: 300 } } },
          onTicket: () => {},
          log: { warn: () => {}, error: () => {} },
          now: clock.now,
          random: () => 0.7,
          setTimer: clock.setTimer,
        });
      const settled = async () => {
        for (let i = 0; i < 12; i++) await turn();
      };
      const pass = async (ms: number) => {
        const end = clock.now() + ms;
        while (clock.nextAt !== undefined && clock.nextAt <= end) {
          clock.step();
          await settled();
        }
        clock.advance(end - clock.now());
      };
      let outbox = open();
      const left = lives.map((life) => [...life]);
      const commit = async (incident: number) => {
        const action = left[incident]?.shift();
        if (action === undefined) return;
        const work: NewTicketWork = workOn(incident, action, { at: clock.now() });
        const incidents = [{ incident: work.view as IncidentView, entries: [] }];
        const judgement = { stores: [], incidents, tickets: [work] };
        await store.commit({ cursors: [], boots: [], log: undefined, judgement, setAside: [], handled: [] });
        outbox.wake();
        await settled();
      };
      try {
        for (const what of happens) {
          if (what.kind === 'commit') await commit(what.incident);
          else if (what.kind === 'pass') await pass(what.minutes * MINUTE_MS);
          else if (what.kind === 'weather') {
            let [asked, sent] = [0, 0];
            support.weather = () => what.support[asked++ % what.support.length] as Weather;
            mailIsWell = () => what.mail[sent++ % what.mail.length] as boolean;
          } else {
            await outbox.stop();
            outbox = open();
            outbox.wake();
            await settled();
          }
        }
        for (const incident of lives.keys()) while ((left[incident]?.length ?? 0) > 0) await commit(incident);
        support.weather = () => 'well';
        mailIsWell = () => true;
        await pass(30 * MINUTE_MS);

        expect(await store.nextTicketWorkAt()).toBeUndefined();
        expect(await state.deadTicketWork(9)).toEqual([]);
        const keys = support.tickets.map(({ key }) => key);
        expect(new Set(keys).size).toBe(keys.length);
        for (const [number, life] of lives.entries()) {
          const ticket = support.tickets.find(({ key }) => key === workOn(number).incident);
          const isOver = life.at(-1) === 'resolve';
          if (tellHealed || !isOver) expect(ticket).toBeDefined();
          if (ticket) {
            expect(ticket.status === 'resolved').toBe(isOver);
            expect(new Set(ticket.notes).size).toBe(ticket.notes.length);
            const ids = ticket.notes.map((mark) => Number(mark.replace('vigie:', '')));
            expect(ids).toEqual(ids.toSorted((a, b) => a - b));
          } else {
            const codes = (await state.incident(number))?.timeline.map(({ reason }) => reason.code);
            expect(codes).toContain('ticket.not-needed');
          }
          const heard = told.filter(({ view }) => view.number === number);
          expect(heard.map(({ id }) => id)).toEqual([...new Set(heard.map(({ id }) => id))].toSorted((a, b) => a - b));
          if (heard.length > 0) expect(heard[0]?.action).toBe('open');
          // Who stood in hears of the end as well.
          if (heard.length > 0 && isOver) expect(heard.at(-1)?.action).toBe('resolve');
        }
      } finally {
        await outbox.stop();
        await state.close();
      }
    }),
    { numRuns: Number(process.env.VIGIE_PROPERTY_RUNS ?? 100) },
  );
}, 120_000);
