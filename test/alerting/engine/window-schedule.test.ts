import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it, vi } from 'vitest';
import { WindowSchedule } from '../../../alerting/engine/maintenance/window-schedule.ts';
import type { MaintenanceWindow } from '../../../protocol/maintenance.ts';

fc.configureGlobal({ seed: 20250310 });

const at = (iso: string) => Date.parse(iso);
const iso = (ms: number) => new Date(ms).toISOString().slice(0, 16);

const window = (more: Partial<MaintenanceWindow>): MaintenanceWindow => ({
  id: 'w',
  kind: 'maintenance',
  title: 'Mise à jour',
  who: 'Inès',
  why: 'version 8',
  scope: {},
  start: '2026-03-27T22:00',
  end: '2026-03-28T05:00',
  ...more,
});
const spans = (more: Partial<MaintenanceWindow>, zone: string, from: string, to: string) =>
  new WindowSchedule(window(more), zone).between(at(from), at(to)).map((one) => `${iso(one.from)} ${iso(one.to)}`);

describe('when a window takes place', () => {
  it('keeps wall time through the nights the clock changes', () => {
    expect(spans({ repeat: 'FREQ=DAILY' }, 'Europe/Paris', '2026-03-27T12:00Z', '2026-03-30T12:00Z')).toEqual([
      '2026-03-27T21:00 2026-03-28T04:00',
      '2026-03-28T21:00 2026-03-29T03:00',
      '2026-03-29T20:00 2026-03-30T03:00',
    ]);
    const autumn = { start: '2026-10-24T22:00', end: '2026-10-25T05:00' };
    expect(spans(autumn, 'Europe/Paris', '2026-10-24T00:00Z', '2026-10-26T00:00Z')).toEqual([
      '2026-10-24T20:00 2026-10-25T04:00',
    ]);
  });

  it('is another moment in every zone', () => {
    const there = (zone: string) => spans({}, zone, '2026-03-27T00:00Z', '2026-03-29T00:00Z');
    expect(there('Europe/Paris')).toEqual(['2026-03-27T21:00 2026-03-28T04:00']);
    expect(there('Indian/Reunion')).toEqual(['2026-03-27T18:00 2026-03-28T01:00']);
  });

  it('leaves out exceptions, and what lies after UNTIL', () => {
    const more = { repeat: 'FREQ=DAILY;UNTIL=20260330T220000', except: ['2026-03-28T22:00'] };
    expect(spans(more, 'UTC', '2026-03-01T00:00Z', '2026-05-01T00:00Z')).toEqual([
      '2026-03-27T22:00 2026-03-28T05:00',
      '2026-03-29T22:00 2026-03-30T05:00',
      '2026-03-30T22:00 2026-03-31T05:00',
    ]);
    const utc = { repeat: 'FREQ=DAILY;UNTIL=20260328T210000Z' };
    expect(spans(utc, 'Europe/Paris', '2026-03-01T00:00Z', '2026-05-01T00:00Z')).toHaveLength(2);
  });

  it('ends early once, and takes place again next time', () => {
    const endedAt = at('2026-03-29T01:00Z');
    expect(spans({ repeat: 'FREQ=DAILY', endedAt }, 'UTC', '2026-03-28T12:00Z', '2026-03-30T12:00Z')).toEqual([
      '2026-03-28T22:00 2026-03-29T01:00',
      '2026-03-29T22:00 2026-03-30T05:00',
    ]);
    expect(spans({ endedAt: at('2026-03-27T21:00Z') }, 'UTC', '2026-03-27T12:00Z', '2026-03-30T12:00Z')).toEqual([]);
  });

  it('tells when the last one ended, for two days', () => {
    const schedule = new WindowSchedule(window({}), 'UTC');
    expect(schedule.lastEnd(at('2026-03-28T04:59Z'))).toBe(0);
    expect(iso(schedule.lastEnd(at('2026-03-28T05:00Z')))).toBe('2026-03-28T05:00');
    expect(new WindowSchedule(window({}), 'UTC').lastEnd(at('2026-03-30T05:00:01Z'))).toBe(0);
  });

  it('ends after a COUNT, however its days are chosen', () => {
    const begun = (repeat: string) =>
      spans({ repeat }, 'UTC', '2026-03-01T00:00Z', '2029-01-01T00:00Z').map((span) => span.slice(0, 10));
    expect(begun('FREQ=DAILY;INTERVAL=2;COUNT=3')).toEqual(['2026-03-27', '2026-03-29', '2026-03-31']);
    expect(begun('FREQ=WEEKLY;COUNT=2')).toEqual(['2026-03-27', '2026-04-03']);
    expect(begun('FREQ=WEEKLY;BYDAY=MO,FR;COUNT=3')).toEqual(['2026-03-27', '2026-03-30', '2026-04-03']);
    expect(begun('FREQ=MONTHLY;BYDAY=-1FR;COUNT=3')).toEqual(['2026-03-27', '2026-04-24', '2026-05-29']);
    expect(begun('FREQ=MONTHLY;COUNT=1')).toEqual(['2026-03-27']);
  });

  it.each([
    ['counted', { repeat: 'FREQ=DAILY;COUNT=10000' }],
    ['counted by weekday', { repeat: 'FREQ=WEEKLY;BYDAY=FR;COUNT=10000' }],
    ['begun long ago', { start: '0001-01-01T22:00', end: '0001-01-02T05:00', repeat: 'FREQ=DAILY;COUNT=10000' }],
    ['of months begun long ago', { start: '0001-01-01T22:00', end: '0001-01-02T05:00', repeat: 'FREQ=MONTHLY' }],
  ])('is found without going through all that was before: %s', (_, more) => {
    const schedule = new WindowSchedule(window(more), 'UTC');
    const now = at('2052-01-01T00:00Z');
    const add = vi.spyOn(Temporal.PlainDate.prototype, 'add');
    schedule.between(now, now + 1);
    schedule.last(now);
    const added = add.mock.calls.length;
    add.mockRestore();
    expect(added).toBeLessThan(1000);
  });

  it('gives the last one from the end as going through all of them does', () => {
    const rules = fc.constantFrom(
      ...[undefined, 'FREQ=DAILY', 'FREQ=DAILY;COUNT=9', 'FREQ=DAILY;UNTIL=20260401T210000Z'],
      ...['FREQ=WEEKLY;BYDAY=FR,SA;COUNT=30', 'FREQ=MONTHLY;BYDAY=-1FR;INTERVAL=5', 'FREQ=DAILY;UNTIL=20260330'],
    );
    const times = fc.integer({ min: at('2026-03-20T00:00Z'), max: at('2029-05-15T00:00Z') });
    const left = fc.constantFrom<string[][]>([], ['2026-03-29T22:00'], ['2026-03-27T22:00', '2026-04-01T22:00']);
    const zones = fc.constantFrom('Europe/Paris', 'America/New_York', 'Pacific/Auckland');
    fc.assert(
      fc.property(rules, left, zones, times, (repeat, except, zone, now) => {
        const schedule = new WindowSchedule(window(repeat === undefined ? {} : { repeat, except }), zone);
        expect(schedule.last(now)).toEqual(schedule.between(0, now).at(-1));
      }),
      { numRuns: 60 },
    );
  });

  it('answers the same whatever it was asked before, and nothing changes before the time it names', () => {
    const rules = fc.constantFrom(undefined, 'FREQ=DAILY', 'FREQ=WEEKLY;BYDAY=FR', 'FREQ=MONTHLY;BYDAY=-1FR');
    const times = fc.integer({ min: at('2026-03-20T00:00Z'), max: at('2026-05-15T00:00Z') });
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    const zones = fc.constantFrom('Europe/Paris', 'America/New_York', 'Pacific/Auckland');
    fc.assert(
      fc.property(rules, zones, times, times, share, (repeat, zone, first, second, part) => {
        const make = () => new WindowSchedule(window(repeat === undefined ? {} : { repeat }), zone);
        const asked = make();
        asked.current(first);
        expect(asked.current(second)).toEqual(make().current(second));
        const until = asked.holdsUntil(second);
        expect(until).toBeGreaterThan(second);
        const between = Math.floor(second + (Math.min(until, second + 1e9) - second - 1) * part);
        expect(make().current(between)).toEqual(make().current(second));
        const [only] = make().between(second, second + 1);
        expect(make().current(second)?.to).toBe(only?.to);
      }),
      { numRuns: 150 },
    );
  });
});
