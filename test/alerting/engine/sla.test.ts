import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Calendar } from '../../../alerting/engine/calendar.ts';
import { loadStore, openIncidents } from '../../../alerting/engine/engine.ts';
import { DEFAULT_JUDGEMENT, type Judgement } from '../../../alerting/engine/judgement.ts';
import { ServiceTime } from '../../../alerting/engine/sla.ts';
import { burntMsOf } from '../../../protocol/counting.ts';
import type { OpeningHours } from '../../../protocol/inventory.ts';
import { SLA_CLOCKS } from '../../../protocol/views.ts';
import { Lab, packOf, silence, storeOf, till } from './lab.ts';

fc.configureGlobal({ seed: 20250310 });

const at = (iso: string) => Date.parse(iso);
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const daily = (...spans: string[]): OpeningHours =>
  Object.fromEntries(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'].map((day) => [day, spans]));
const timeOf = (hours: OpeningHours, zone = 'Europe/Paris') => new ServiceTime(new Calendar(hours, zone));

describe('service time', () => {
  it.each([
    ['a day', daily('08:00-20:00'), '2025-03-10T00:00:00Z', '2025-03-11T00:00:00Z', 12],
    ['nothing backwards', daily('08:00-20:00'), '2025-03-11T00:00:00Z', '2025-03-10T00:00:00Z', 0],
    ['the night the clock goes forward', daily('22:00-06:00'), '2025-03-29T20:00:00Z', '2025-03-30T10:00:00Z', 7],
    ['the night the clock goes back', daily('22:00-06:00'), '2025-10-25T19:00:00Z', '2025-10-26T10:00:00Z', 9],
    [
      'the day the clock goes forward, round the clock',
      daily('00:00-24:00'),
      '2025-03-29T23:00:00Z',
      '2025-03-30T22:00:00Z',
      23,
    ],
    [
      'no holiday',
      { ...daily('08:00-20:00'), dates: { '2025-05-01': [] } },
      '2025-04-30T00:00:00Z',
      '2025-05-03T00:00:00Z',
      24,
    ],
    [
      'the short day before one',
      { ...daily('08:00-20:00'), dates: { '2025-12-24': ['08:00-16:00'] } },
      '2025-12-23T22:00:00Z',
      '2025-12-24T22:00:00Z',
      8,
    ],
  ])('counts %s', (_, hours, from, to, expected) => {
    expect(timeOf(hours).elapsed(at(from), at(to)) / HOUR).toBe(expected);
  });

  it('goes by the store’s own zone', () => {
    const [from, to] = [at('2025-03-10T07:00:00Z'), at('2025-03-10T09:00:00Z')];
    expect(timeOf(daily('08:00-20:00'), 'Europe/Paris').elapsed(from, to)).toBe(2 * HOUR);
    expect(timeOf(daily('08:00-20:00'), 'Europe/Lisbon').elapsed(from, to)).toBe(HOUR);
    expect(timeOf(daily('08:00-20:00'), 'America/Guadeloupe').elapsed(from, to)).toBe(0);
  });

  it('finds where a deadline falls: overnight, over a holiday, over the change of the clocks', () => {
    const time = timeOf({ ...daily('08:30-20:00'), dates: { '2025-05-01': [] } });
    expect(time.after(at('2025-04-30T17:30:00Z'), HOUR)).toBe(at('2025-05-02T07:00:00Z'));
    expect(time.after(at('2025-03-29T18:30:00Z'), HOUR)).toBe(at('2025-03-30T07:00:00Z'));
    expect(time.after(at('2025-10-25T17:30:00Z'), HOUR)).toBe(at('2025-10-26T08:00:00Z'));
  });

  it('always runs where a store never closes, and has no deadline where it never opens', () => {
    const always = new ServiceTime(undefined);
    expect([always.runs(5), always.elapsed(5, 9), always.after(5, 7)]).toEqual([true, 4, 12]);
    const never = timeOf({});
    const now = at('2025-03-10T09:00:00Z');
    expect([never.runs(now), never.elapsed(now, now + 30 * DAY), never.after(now, 1)]).toEqual([false, 0, undefined]);
  });

  const hours = fc.constantFrom<OpeningHours>(
    daily('08:30-20:00'),
    daily('22:00-06:00'),
    daily('02:15-02:45', '09:00-12:30', '14:00-19:00'),
    { mon: ['09:00-12:00'], sat: ['20:00-24:00'], sun: ['00:00-03:30'], dates: { '2025-03-31': [] } },
    daily('00:00-24:00'),
  );
  const zone = fc.constantFrom('Europe/Paris', 'America/New_York', 'Australia/Lord_Howe', 'UTC');
  const instant = fc.integer({ min: at('2025-03-20T00:00:00Z'), max: at('2025-04-10T00:00:00Z') });

  it('adds up, never runs faster than the clock, and a deadline is where so much has elapsed, no sooner', () => {
    fc.assert(
      fc.property(
        hours,
        zone,
        fc.tuple(instant, instant, instant),
        fc.integer({ min: 1, max: 40 * HOUR }),
        (week, name, some, ms) => {
          const time = timeOf(week, name);
          const [a, b, c] = some.toSorted((x, y) => x - y) as [number, number, number];
          expect(time.elapsed(a, b) + time.elapsed(b, c)).toBe(time.elapsed(a, c));
          expect(time.elapsed(a, b)).toBeLessThanOrEqual(b - a);
          const by = time.after(b, ms) as number;
          expect(time.elapsed(b, by)).toBe(ms);
          expect(time.elapsed(b, by - 1)).toBe(ms - 1);
          // Asked in any order, answered the same.
          expect(timeOf(week, name).elapsed(a, c)).toBe(time.elapsed(a, c));
        },
      ),
      { numRuns: 150 },
    );
  });

  it('is the sum of its open minutes', () => {
    fc.assert(
      fc.property(hours, zone, instant, fc.integer({ min: 0, max: 3 * 1440 }), (week, name, start, minutes) => {
        const from = Math.floor(start / 60_000) * 60_000;
        const calendar = new Calendar(week, name);
        let open = 0;
        for (let minute = 0; minute < minutes; minute++) if (calendar.isOpen(from + minute * 60_000)) open++;
        expect(timeOf(week, name).elapsed(from, from + minutes * 60_000)).toBe(open * 60_000);
      }),
      { numRuns: 40 },
    );
  });
});

describe('clocks of an incident', () => {
  const judgement: Judgement = {
    ...DEFAULT_JUDGEMENT,
    contracts: [
      {
        targetsS: { respond: { 1: 900, 2: 1800, 3: 1800 }, restore: { 1: 7200, 2: 14_400, 3: 14_400 } },
        escalateAt: [50, 75, 100],
      },
    ],
  };
  const pack = { ...packOf(silence({ hours: 'open' })), judgement };
  const names = ['till-1', 'till-2', 'till-3'];
  const labOf = () => {
    const lab = new Lab(pack, storeOf([till(1), till(2), till(3)], { hours: daily('08:30-12:00', '14:00-20:00') }));
    for (const name of names) lab.presence(name, 'birth', 86_400);
    return lab;
  };
  const open = (lab: Lab) => [...openIncidents(lab.state)];
  const deed = fc.oneof(
    {
      weight: 3,
      arbitrary: fc.record({ kind: fc.constant('pass' as const), minutes: fc.constantFrom(1, 7, 30, 95, 400) }),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        kind: fc.constantFrom('lost' as const, 'online' as const),
        name: fc.constantFrom(...names),
      }),
    },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('acknowledge' as const) }) },
  );

  it('burn while service runs and stand still while it does not; each level comes once, and they rise', () => {
    fc.assert(
      fc.property(fc.array(deed, { maxLength: 25 }), (deeds) => {
        const lab = labOf();
        lab.presence('till-1', 'lost');
        const time = timeOf(daily('08:30-12:00', '14:00-20:00'));
        for (const what of deeds) {
          const before = new Map(open(lab).map((incident) => [incident.key, incident]));
          const from = lab.now;
          if (what.kind === 'pass') lab.pass(what.minutes * 60);
          else if (what.kind === 'acknowledge')
            lab.send({ kind: 'acknowledge', incident: open(lab)[0]?.key ?? '', by: 'Inès' });
          else lab.presence(what.name, what.kind);
          for (const { key, clocks } of open(lab)) {
            const known = before.get(key)?.clocks;
            if (!known || !clocks) continue;
            const passed = time.elapsed(from, lab.now);
            expect(burntMsOf(clocks.restore, lab.now) - burntMsOf(known.restore, from)).toBe(passed);
            const answered = known.respond.stoppedAt !== undefined || clocks.respond.stoppedAt !== undefined;
            const burnt = burntMsOf(clocks.respond, lab.now) - burntMsOf(known.respond, from);
            if (clocks.respond.startedAt === known.respond.startedAt) expect(burnt).toBe(answered ? 0 : passed);
          }
        }
        const levels = lab.effects.flatMap((effect) =>
          effect.kind === 'incident'
            ? effect.entries
                .filter(({ reason }) => reason.code === 'incident.escalated')
                .map(({ reason }) => ({
                  of: `${effect.incident.key} ${reason.params?.clock}`,
                  level: reason.params?.level,
                  desk: effect.desk,
                }))
            : [],
        );
        for (const told of Map.groupBy(levels, ({ of }) => of).values()) {
          const order = told.map(({ level }) => String(level));
          expect(order).toEqual([...new Set(order)].sort());
          expect(told.every(({ desk }) => desk !== undefined)).toBe(true);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('keep what they had come to once the incident is over', () => {
    const lab = labOf();
    lab.presence('till-1', 'lost');
    lab.pass(1805);
    lab.presence('till-1', 'online', 86_400);
    lab.pass(120);
    const last = lab.effects.findLast((effect) => effect.kind === 'incident')?.incident;
    expect(last).toMatchObject({
      state: 'resolved',
      clocks: { respond: { breached: true, level: 3 }, restore: { breached: false } },
    });
    for (const name of SLA_CLOCKS)
      expect(last?.clocks?.[name]).toMatchObject({ runs: false, stoppedAt: last?.resolvedAt });
  });

  it('have no deadline where the contract is another’s', () => {
    const others = { ...judgement, contracts: judgement.contracts.map((one) => ({ ...one, chains: ['other*'] })) };
    const lab = new Lab({ ...pack, judgement: others }, storeOf([till(1), till(2)]));
    lab.presence('till-1', 'birth');
    lab.presence('till-2', 'birth');
    lab.presence('till-1', 'lost');
    lab.pass(60);
    expect(open(lab)).toHaveLength(1);
    expect(open(lab)[0]?.clocks).toBeUndefined();
  });

  it('count from the opening for what was open before anything was agreed', () => {
    const { judgement: _, ...unagreed } = pack;
    const before = new Lab(unagreed, storeOf([till(1), till(2), till(3)]));
    for (const name of names) before.presence(name, 'birth', 86_400);
    before.presence('till-1', 'lost', 86_400);
    before.pass(600);
    expect(open(before)[0]).not.toHaveProperty('clocks');
    const after = new Lab(pack, storeOf([till(1), till(2), till(3)]));
    for (const [key, saved] of before.rows) loadStore(after.state, key, saved);
    after.now = before.now;
    after.send({ kind: 'started' });
    expect(open(after)[0]).toMatchObject({
      restoreBy: at('2025-03-10T13:00:05Z'),
      clocks: { restore: { burntMs: 595_000 } },
    });
  });

  it('follow the hours of a store that are changed meanwhile', () => {
    const lab = labOf();
    lab.presence('till-1', 'lost');
    lab.pass(60);
    const before = open(lab)[0]?.restoreBy;
    lab.define(storeOf([till(1), till(2), till(3)]));
    expect(before).toBe(at('2025-03-10T15:00:05Z'));
    expect(open(lab)[0]?.restoreBy).toBe(at('2025-03-10T13:00:05Z'));
  });
});
