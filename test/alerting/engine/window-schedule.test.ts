import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
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
