import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { WindowSchedule } from '../../alerting/engine/maintenance/window-schedule.ts';
import { createMaintenance, type Maintenance } from '../../cli/server/maintenance.ts';
import type { StateStore } from '../../collector/ports.ts';
import { openSqliteStateStore } from '../../collector/state/sqlite-state-store.ts';
import { MaintenanceError } from '../../dashboard/ports.ts';
import type { Chain, Store } from '../../protocol/inventory.ts';
import type { MaintenanceWindow } from '../../protocol/maintenance.ts';

let state: StateStore;
let maintenance: Maintenance;
let now = Date.parse('2026-12-01T12:00:00Z');
let replans: (readonly string[])[];

const store = (name: string, timeZone: string, region: string): Store => ({
  ...{ name, title: name, timeZone, region },
  devices: [{ name: 'till-1', kind: 'till' }],
  attributes: { carrier: 'Orange' },
});
const chains: Chain[] = [
  {
    name: 'acme',
    title: 'Acme',
    stores: [store('lyon', 'Europe/Paris', 'Sud'), store('denis', 'Indian/Reunion', 'Outre-mer')],
  },
];

const window = (more: Partial<MaintenanceWindow> = {}): MaintenanceWindow => ({
  ...{ id: 'w1', kind: 'maintenance', title: 'Bascule', who: 'Orange', why: 'raccordement', scope: {} },
  start: '2026-12-01T22:00',
  end: '2026-12-02T05:00',
  ...more,
});

const create = () =>
  createMaintenance({
    state,
    chains: () => chains,
    replan: async () => void replans.push(maintenance.windows().map(({ id }) => id)),
    isShared: false,
    onTrouble: () => {},
    now: () => now,
  });

beforeEach(async () => {
  now = Date.parse('2026-12-01T12:00:00Z');
  replans = [];
  state = openSqliteStateStore(':memory:', { now: () => now });
  maintenance = await create();
});
afterEach(() => state.close());

test('one that is announced is judged, shown with its times and its stores, and written down', async () => {
  const view = await maintenance.port.save(window(), 'ana');
  expect(view).toMatchObject({
    standing: 'coming',
    from: Date.parse('2026-12-01T18:00:00Z'),
    to: Date.parse('2026-12-02T04:00:00Z'),
    stores: 2,
    by: 'ana',
  });
  expect(replans).toEqual([['w1']]);
  const [entry] = await state.auditLog(1);
  expect(entry).toMatchObject({ who: 'ana', action: 'maintenance.saved', detail: 'w1 Bascule: raccordement' });
  const again = await create();
  expect(again.windows()).toEqual([window()]);
  expect(again.port.feedKey).toBe(maintenance.port.feedKey);
});

test('those of now come first, then what comes, then what is over', async () => {
  now = Date.parse('2026-12-01T23:00:00Z');
  const paris = { timeZone: 'Europe/Paris' };
  await maintenance.port.save(window({ ...paris, id: 'now', scope: { regions: ['Sud'] } }), 'ana');
  await maintenance.port.save(
    window({ ...paris, id: 'far', start: '2028-12-08T22:00', end: '2028-12-09T05:00' }),
    'ana',
  );
  await maintenance.port.save(
    window({ ...paris, id: 'next', start: '2026-12-03T22:00', end: '2026-12-04T05:00' }),
    'ana',
  );
  await maintenance.port.save(
    window({ ...paris, id: 'old', start: '2026-01-01T22:00', end: '2026-01-02T05:00' }),
    'ana',
  );
  const weekly = { start: '2026-11-03T22:00', end: '2026-11-04T05:00', repeat: 'FREQ=WEEKLY;COUNT=2' };
  await maintenance.port.save(window({ ...paris, id: 'done', ...weekly }), 'ana');
  expect(maintenance.port.list().map(({ window: { id }, standing, stores }) => [id, standing, stores])).toEqual([
    ['now', 'now', 1],
    ['next', 'coming', 2],
    ['far', 'coming', 2],
    ['done', 'over', 2],
    ['old', 'over', 2],
  ]);
  expect(maintenance.windows().map(({ id }) => id)).not.toContain('old');
  expect(maintenance.port.calendar()).toContain('UID:old');
});

test('one is ended where it takes place, and taken away, with who and why', async () => {
  await maintenance.port.save(window(), 'ana');
  expect(await maintenance.port.end('w1', 'leo', 'early')).toBe('not-now');
  expect(await maintenance.port.end('w2', 'leo', 'early')).toBe('no-such');
  now = Date.parse('2026-12-01T23:00:00Z');
  expect(await maintenance.port.end('w1', 'leo', 'early')).toBe('ended');
  expect(maintenance.windows()).toEqual([window({ endedAt: now })]);
  expect(maintenance.port.list()).toMatchObject([{ standing: 'over', to: now, by: 'leo' }]);
  expect(await maintenance.port.remove('w1', 'leo', 'a mistake')).toBe(true);
  expect(await maintenance.port.remove('w1', 'leo', 'a mistake')).toBe(false);
  expect(maintenance.port.list()).toEqual([]);
  expect((await state.auditLog(2)).map(({ who, action, detail }) => [who, action, detail])).toEqual([
    ['leo', 'maintenance.removed', 'w1 Bascule: a mistake'],
    ['leo', 'maintenance.ended', 'w1 Bascule: early'],
  ]);
});

test('one that cannot take place is refused, and nothing changes', async () => {
  await expect(maintenance.port.save(window({ repeat: 'FREQ=YEARLY' }), 'ana')).rejects.toThrow(MaintenanceError);
  const many = maintenance.port.saveAll([window(), window({ id: 'w2', end: '2026-11-01T00:00' })], [], 'ana');
  await expect(many).rejects.toMatchObject({ faults: [{ path: 'windows[1].end' }] });
  expect([maintenance.port.list(), replans]).toEqual([[], []]);
  await maintenance.port.saveAll([window(), window({ id: 'w2' })], [], 'ana');
  expect(replans).toEqual([['w1', 'w2']]);
});

test('a calendar file becomes windows, all of them or none, and its faults name their lines', async () => {
  const event = (uid: string, end: string) =>
    ['BEGIN:VEVENT', `UID:${uid}`, 'SUMMARY:Bascule', 'DTSTART:20261201T220000', `DTEND:${end}`, 'END:VEVENT'].join(
      '\r\n',
    );
  const file = (...events: string[]) => ['BEGIN:VCALENDAR', ...events, 'END:VCALENDAR', ''].join('\r\n');
  const whole = { kind: 'change' as const, scope: { places: ['acme/lyon'] } };
  const good = event('a', '20261202T050000');
  const wrong = { ...whole, calendar: file(good, event('b', '20261201T210000')) };
  await expect(maintenance.port.importCalendar(wrong, 'ana')).rejects.toMatchObject({
    faults: [{ path: 'calendar:12' }],
  });
  await expect(maintenance.port.importCalendar({ kind: 'change', calendar: file(good) }, 'ana')).rejects.toThrow(
    /calendar:2: the event does not say what it is about/,
  );
  expect(maintenance.port.list()).toEqual([]);
  expect(await maintenance.port.importCalendar({ ...whole, calendar: file(good) }, 'ana')).toBe(1);
  expect(maintenance.port.list()).toMatchObject([
    { window: { id: 'a', kind: 'change', scope: whole.scope }, by: 'ana' },
  ]);
  expect(await maintenance.port.importCalendar({ ...whole, calendar: file() }, 'ana')).toBe(0);
  const gone = good.replace('END:VEVENT', 'STATUS:CANCELLED\r\nEND:VEVENT');
  expect(await maintenance.port.importCalendar({ ...whole, calendar: file(gone) }, 'ana')).toBe(0);
  expect(maintenance.port.list()).toEqual([]);
});

test('what a calendar cancels is taken away, with what was moved of it, and written down', async () => {
  const ids = () => maintenance.port.list().map(({ window: { id } }) => id);
  const made = ['w1', 'w1_20261203T2200', 'w1_other', 'w2'].map((id) => window({ id }));
  expect(await maintenance.port.saveAll(made, ['nobody'], 'ana')).toBe(0);
  expect(await maintenance.port.saveAll([], ['w1', 'w9'], 'leo')).toBe(2);
  expect(ids().toSorted()).toEqual(['w1_other', 'w2']);
  expect(maintenance.windows().map(({ id }) => id)).toEqual(['w1_other', 'w2']);
  const [entry] = await state.auditLog(1);
  expect(entry).toMatchObject({ who: 'leo', action: 'maintenance.removed' });
  expect(await maintenance.port.saveAll([window({ id: 'w2', title: 'Encore' })], ['w2'], 'leo')).toBe(0);
  expect(ids()).toContain('w2');
});

test('many are stored at once, or none; what the store then has is judged either way', async () => {
  const { change } = state.maintenance;
  state.maintenance.change = async (changes) => {
    await change(changes);
    throw new Error('the answer was lost');
  };
  await expect(maintenance.port.saveAll([window(), window({ id: 'w2' })], [], 'ana')).rejects.toThrow('lost');
  expect(replans).toEqual([['w1', 'w2']]);
  state.maintenance.change = change;
  const broken = window({ id: 'w4', title: undefined as unknown as string });
  Object.defineProperty(broken, 'toJSON', {
    value: () => {
      throw new Error('cannot be written');
    },
  });
  await expect(maintenance.port.saveAll([window({ id: 'w3' }), broken], [], 'ana')).rejects.toThrow('written');
  expect((await state.maintenance.list()).map(({ window: { id } }) => id)).toEqual(['w1', 'w2']);
  expect(await state.auditLog(9)).toHaveLength(2);
});

test('a store counts when the window covers one of its devices', async () => {
  const stores = async (scope: MaintenanceWindow['scope']) =>
    (await maintenance.port.save(window({ scope }), 'ana')).stores;
  expect(await stores({ attributes: { 'store.carrier': ['orange'] } })).toBe(2);
  expect(await stores({ attributes: { 'store.carrier': ['Orrange'] } })).toBe(0);
  expect(await stores({ kinds: ['till'], regions: ['Sud'] })).toBe(1);
  expect(await stores({ kinds: ['router'] })).toBe(0);
  expect(await stores({ places: ['acme/lyon/till-1'] })).toBe(1);
  expect(await stores({ places: ['acme/lyon/till-9'] })).toBe(0);
});

test('a list is worked out once, and anew when what it says changes', async () => {
  const paris = { timeZone: 'Europe/Paris' };
  await maintenance.port.save(window({ ...paris, repeat: 'FREQ=DAILY;COUNT=2' }), 'ana');
  const standings = () => maintenance.port.list().map(({ standing, to }) => [standing, new Date(to).toISOString()]);
  const seen: string[][][] = [];
  const times = ['12:00', '20:59', '21:00', '23:59'].map((time) => `2026-12-01T${time}Z`);
  times.push('2026-12-02T04:00Z', '2026-12-02T21:00Z', '2026-12-03T04:00Z', '2026-12-01T12:00Z');
  for (const time of times) {
    now = Date.parse(time);
    seen.push(standings());
    const next = vi.spyOn(WindowSchedule.prototype, 'current');
    standings();
    expect(next).not.toHaveBeenCalled();
    next.mockRestore();
  }
  const [first, second] = ['2026-12-02T04:00:00.000Z', '2026-12-03T04:00:00.000Z'];
  expect(seen.flat()).toEqual([
    ...[
      ['coming', first],
      ['coming', first],
      ['now', first],
      ['now', first],
    ],
    ...[
      ['coming', second],
      ['now', second],
      ['over', second],
      ['coming', first],
    ],
  ]);
});
