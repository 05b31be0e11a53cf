import { beforeAll, expect, test, vi } from 'vitest';
import { parseRecurrence, recurringDays } from '../../../alerting/engine/maintenance/recurrence.ts';
import { REPETITIONS, ruleOf, sayRule } from '../../../dashboard/web/maintenance/repetition.ts';
import { fieldOf, tellScope, tellSpan, tellWhen } from '../../../dashboard/web/maintenance/told.ts';
import type { MaintenanceWords } from '../../../dashboard/web/words/maintenance.ts';
import type { Locale } from '../../../protocol/inventory.ts';
import type { MaintenanceWindow } from '../../../protocol/maintenance.ts';

let words: Record<Locale, MaintenanceWords>;
beforeAll(async () => {
  vi.stubGlobal('localStorage', { getItem: () => null });
  const { locale } = await import('../../../dashboard/web/state/prefs.ts');
  const { maintenanceWords } = await import('../../../dashboard/web/words/maintenance.ts');
  const of = (language: Locale) => {
    locale.value = language;
    return maintenanceWords.value;
  };
  words = { fr: of('fr'), en: of('en') };
});

test.each(['2026-12-13T23:00', '2026-12-31T23:00', '2027-01-01T00:30'])(
  'a start is a day of each rule the form makes of it (%s)',
  async (start) => {
    const { Temporal } = await import('temporal-polyfill');
    const day = Temporal.PlainDate.from(start.slice(0, 10));
    for (const repetition of REPETITIONS) {
      const rule = ruleOf(repetition, start);
      if (repetition === 'none') expect(rule).toBeUndefined();
      else expect([...recurringDays(parseRecurrence(rule ?? ''), day, day, day)].map(String)).toEqual([String(day)]);
    }
  },
);

test.each<[string, string, string]>([
  ['FREQ=DAILY', 'Tous les jours', 'Every day'],
  [
    'FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH',
    'Toutes les 2 semaines, le lundi et jeudi',
    'Every 2 weeks, on Monday and Thursday',
  ],
  ['FREQ=MONTHLY;BYDAY=2SU', 'Chaque mois, le 2ᵉ dimanche', 'Every month, on the 2nd Sunday'],
  ['FREQ=MONTHLY;BYDAY=-1SU', 'Chaque mois, le dernier dimanche', 'Every month, on the last Sunday'],
  ['FREQ=MONTHLY;BYMONTHDAY=1,-1', 'Chaque mois, le 1er et dernier jour', 'Every month, on the 1st and the last day'],
  [
    'FREQ=DAILY;COUNT=5;UNTIL=20261231T225959Z',
    'Tous les jours, 5 fois, jusqu’au 31 déc. 2026',
    'Every day, 5 times, until 31 Dec 2026',
  ],
  ...['FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=1', 'FREQ=HOURLY', 'FREQ=DAILY;UNTIL=soon', 'FREQ=WEEKLY;BYDAY=XX'].map(
    (rule): [string, string, string] => [rule, rule, rule],
  ),
])('%s in words', (rule, fr, en) => {
  expect(sayRule(rule, words.fr, 'fr')).toBe(fr);
  expect(sayRule(rule, words.en, 'en')).toBe(en);
});

test('a scope is said by its names, each part on its own; none is everything', () => {
  const names = { place: (place: string) => place.toUpperCase(), kind: (kind: string) => kind };
  const tell = (scope: MaintenanceWindow['scope']) => tellScope(scope, names, words.en, 'en');
  expect(tell({})).toEqual(['Every device of every chain']);
  expect(tell({ places: ['a/1', 'a'], regions: ['Sud'], kinds: ['till', 'router'] })).toEqual([
    ...['A/1, A', 'region Sud', 'till or router'],
  ]);
  expect(tell({ places: ['a', 'b', 'c', 'd', 'e', 'f'], attributes: { 'store.carrier': ['Orange'] } })).toEqual([
    ...['A, B, C, D, + 2', 'store.carrier = Orange'],
  ]);
});

test('a time is said by its wall, with whose clock it is', () => {
  const window: MaintenanceWindow = {
    ...{ id: 'w', kind: 'maintenance', title: 't', who: 'w', why: 'y', scope: {} },
    start: '2026-12-01T22:00',
    end: '2026-12-02T05:00',
  };
  const now = Date.UTC(2026, 10, 22);
  const once = tellWhen(window, now, words.en, 'en');
  expect(once.time).toMatch(/^Tue,? 1 Dec,? 22:00\s–\sWed,? 2 Dec,? 05:00$/);
  expect(once.zone).toBe('each store’s own time');
  const often = { ...window, repeat: 'FREQ=DAILY', except: ['2026-12-24T22:00'], timeZone: 'Europe/Paris' };
  expect(tellWhen(often, now, words.en, 'en')).toEqual({
    time: 'Every day, 22:00 to 05:00, except once',
    zone: 'Europe/Paris time',
  });
  expect(tellSpan(now, now + 3_600_000, 'UTC', Date.UTC(2025, 5, 1), 'fr')).toContain('2026');
});

test('what the server finds wrong belongs to a part of the form', () => {
  expect(['body.title', 'body.scope.places.0', 'end', 'body', 'calendar:3'].map(fieldOf)).toEqual([
    ...['title', 'scope', 'end', '', 'calendar'],
  ]);
});
