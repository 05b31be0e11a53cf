import { describe, expect, it } from 'vitest';
import { Calendar } from '../../../alerting/engine/calendar.ts';
import { tileOf } from '../../../alerting/engine/engine.ts';
import type { Effect, OpeningRule } from '../../../alerting/engine/types.ts';
import { Lab, packOf, STORE, silence, status, storeOf, threshold, till } from './lab.ts';

const opening = (over: Partial<OpeningRule> = {}): OpeningRule => ({
  id: 'opening-check',
  title: { fr: 'règle', en: 'rule' },
  scope: {},
  type: 'opening',
  severity: 'critical',
  urgency: 3,
  hours: 'always',
  forS: 0,
  clearForS: 0,
  beforeS: 45 * 60,
  onBeforeS: 15 * 60,
  ...over,
});

/** Monday, 18:00 in Paris: the store is closed, and opens at 8:30. */
const EVENING = Date.parse('2025-03-10T17:00:00Z');
const hours = { mon: ['08:30-18:00'], tue: ['08:30-18:00'] };
const MINUTE = 60;
/** Seconds from the evening to so many minutes before the opening. */
const untilOpening = (minutes: number) => (14.5 * 60 - minutes) * MINUTE;

const failing = [{ check: 'till_app', status: 'critical' as const }];

function evening(...rules: Parameters<typeof packOf>): Lab {
  const lab = new Lab(packOf(...rules));
  lab.now = EVENING;
  lab.define(storeOf([till(1), till(2)], { hours }));
  lab.presence('till-1', 'birth', 600);
  lab.presence('till-2', 'birth', 600);
  return lab;
}

/** Both tills report all night, every ten minutes, until so many seconds after the evening. */
function night(lab: Lab, untilS: number, off: readonly string[] = []): void {
  while (lab.now + 600_000 <= EVENING + untilS * 1000) {
    lab.pass(600);
    if (!off.includes('till-1')) lab.report('till-1', [], failing);
    if (!off.includes('till-2')) lab.report('till-2');
  }
  lab.pass((EVENING + untilS * 1000 - lab.now) / 1000);
}

const tile = (lab: Lab) => tileOf(lab.state, STORE, lab.now)?.tile;
const opened = (effects: readonly Effect[]) =>
  effects.flatMap((effect) => (effect.kind === 'incident' && effect.desk === 'open' ? [effect] : []));

describe('before the store opens', () => {
  const rules = [silence({ hours: 'open', intervals: 3 }), status({ hours: 'open' }), opening()] as const;

  it('what would wait for the opening fires, as the ordinary alert, and says that the check found it', () => {
    const lab = evening(...rules);
    night(lab, untilOpening(50));
    expect(opened(lab.effects)).toEqual([]);
    expect(tile(lab)?.reason.code).toBe('store.closed');
    night(lab, untilOpening(30));
    const [told, ...more] = opened(lab.effects);
    expect(more).toEqual([]);
    expect(told?.incident.cause).toMatchObject({ target: `${STORE}/till-1`, rule: 'check' });
    const found = told?.entries.find(({ reason }) => reason.code === 'opening.not-ready');
    expect(found?.reason.params).toEqual({ device: `${STORE}/till-1`, ready: 1, total: 2, minutes: 40 });
    expect(tile(lab)?.reason).toEqual({ code: 'store.opening', params: { ready: 1, total: 2 } });
    night(lab, untilOpening(-60));
    expect(opened(lab.effects)).toHaveLength(1);
    expect(tile(lab)?.reason.code).not.toBe('store.opening');
  });

  it('a till may be off until it should be on', () => {
    const lab = evening(...rules);
    lab.presence('till-2', 'lost');
    night(lab, untilOpening(16), ['till-1', 'till-2']);
    lab.report('till-1');
    expect(opened(lab.effects)).toEqual([]);
    expect(tile(lab)?.reason.params).toMatchObject({ ready: 1, total: 2 });
    lab.pass(2 * MINUTE);
    expect(opened(lab.effects).map(({ incident }) => incident.cause.target)).toEqual([`${STORE}/till-2`]);
  });

  it('what is less grave than it asks waits for the opening', () => {
    const small = status({ hours: 'open', severity: 'warning' });
    const lab = evening(silence({ hours: 'open' }), small, opening());
    night(lab, untilOpening(5));
    expect(opened(lab.effects)).toEqual([]);
    const strict = evening(silence({ hours: 'open' }), small, opening({ severity: 'warning' }));
    night(strict, untilOpening(5));
    expect(opened(strict.effects)).toHaveLength(1);
  });

  it('a device no such rule takes waits for the opening', () => {
    const lab = evening(
      silence({ hours: 'open' }),
      status({ hours: 'open' }),
      opening({ scope: { kinds: ['server'] } }),
    );
    night(lab, untilOpening(5));
    expect(opened(lab.effects)).toEqual([]);
  });

  it('a fault that goes before the check is none', () => {
    const lab = evening(...rules);
    night(lab, untilOpening(60));
    lab.report('till-1', [], [{ check: 'till_app', status: 'ok' }]);
    lab.pass(300);
    night(lab, untilOpening(1), ['till-1']);
    expect(opened(lab.effects).filter(({ incident }) => incident.cause.rule === 'check')).toEqual([]);
  });

  it('a reading that stays beyond its limit fires too, while the store stays closed for a week it does not', () => {
    const disk = threshold({ hours: 'open' });
    const lab = new Lab(packOf(disk, opening()), storeOf([till(1)], { hours: { mon: ['08:30-18:00'] } }));
    lab.now = EVENING;
    lab.presence('till-1', 'birth', 600);
    for (let hour = 0; hour < 6 * 24; hour++) {
      lab.pass(3600);
      lab.disk('till-1', 99);
    }
    expect(opened(lab.effects)).toEqual([]);
  });
});

it('a calendar tells when it opens next, and of no opening where none is in sight', () => {
  const calendar = new Calendar({ ...hours, holidays: ['fr'] }, 'Europe/Paris');
  expect(calendar.opensAt(EVENING)).toBe(Date.parse('2025-03-11T07:30:00Z'));
  expect(calendar.opensAt(Date.parse('2025-03-11T08:00:00Z'))).toBe(Number.POSITIVE_INFINITY);
  expect(calendar.opensAt(Date.parse('2025-03-11T20:00:00Z'))).toBe(Date.parse('2025-03-17T07:30:00Z'));
  expect(new Calendar({ dates: { '2025-01-01': ['10:00-12:00'] } }, 'UTC').opensAt(EVENING)).toBe(
    Number.POSITIVE_INFINITY,
  );
});
