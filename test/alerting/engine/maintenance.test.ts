import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { devicesOf, loadStore, nextDue, openIncidents, tileOf } from '../../../alerting/engine/engine.ts';
import { WindowSchedule } from '../../../alerting/engine/maintenance/window-schedule.ts';
import type { Device, Store } from '../../../protocol/inventory.ts';
import type { MaintenanceWindow } from '../../../protocol/maintenance.ts';
import { keyOf, Lab, packOf, STORE, silence, status, storeOf, threshold, till } from './lab.ts';

fc.configureGlobal({ seed: 20250310 });

const gateway: Device = { name: 'gw', kind: 'gateway' };
const pack = packOf(silence({ forS: 10 }), threshold({ forS: 60 }), status({ forS: 0, urgency: 2 }));
const store = storeOf([gateway, till(1), till(2)], { attributes: { carrier: 'Orange' }, region: 'Sud' });

/** From 10:10 to 10:40 in Paris; the lab starts at 10:00. */
const window = (more: Partial<MaintenanceWindow> = {}): MaintenanceWindow => ({
  id: 'w1',
  kind: 'maintenance',
  title: 'Mise à jour des caisses',
  who: 'Inès',
  why: 'version 8',
  number: 'CHG0042',
  scope: {},
  start: '2025-03-10T10:10',
  end: '2025-03-10T10:40',
  ...more,
});

function labWith(...windows: MaintenanceWindow[]): Lab {
  const lab = new Lab(pack, store);
  lab.send({ kind: 'maintenance', windows });
  for (const { name } of store.devices) {
    lab.presence(name, 'birth');
    lab.report(name);
  }
  return lab;
}

/** Time passes with everyone but these reporting. */
function live(lab: Lab, minutes: number, ...gone: string[]): void {
  for (let i = 0; i < minutes * 2; i++) {
    for (const { name } of store.devices) if (!gone.includes(name)) lab.report(name);
    lab.pass(30);
  }
}

const incidents = (lab: Lab) => [...openIncidents(lab.state)].sort((a, b) => (a.key < b.key ? -1 : 1));
const stateOf = (lab: Lab, device: string) =>
  devicesOf(lab.state, STORE, lab.now).find(({ key }) => key === keyOf(device));
const tile = (lab: Lab) => tileOf(lab.state, STORE, lab.now)?.tile;

describe('inside a maintenance window', () => {
  it('a device shows as in maintenance, with what is done and until when', () => {
    const lab = labWith(window());
    expect(tile(lab)?.state).toBe('up');
    live(lab, 10);
    expect(tile(lab)).toMatchObject({
      state: 'maintenance',
      pips: 'mm',
      reason: {
        code: 'maintenance.planned',
        params: {
          id: 'w1',
          title: 'Mise à jour des caisses',
          number: 'CHG0042',
          who: 'Inès',
          until: '2025-03-10T10:40',
        },
      },
    });
    live(lab, 30);
    expect(tile(lab)?.state).toBe('up');
  });

  it('an alert becomes pending, and fires after its duration from the end if the fault is still there', () => {
    const lab = labWith(window());
    live(lab, 12);
    lab.presence('till-1', 'lost');
    live(lab, 20, 'till-1');
    expect(stateOf(lab, 'till-1')).toMatchObject({ state: 'maintenance', alerts: [{ state: 'pending' }] });
    expect(incidents(lab)).toEqual([]);
    live(lab, 8, 'till-1');
    expect([lab.now, incidents(lab)]).toEqual([Date.parse('2025-03-10T09:40:00Z'), []]);
    lab.pass(9);
    expect(incidents(lab)).toEqual([]);
    expect(stateOf(lab, 'till-1')?.state).toBe('down');
    lab.pass(1);
    expect(incidents(lab)).toMatchObject([{ cause: { target: keyOf('till-1') } }]);
  });

  it('counts a reading’s duration from the end too', () => {
    const lab = labWith(window());
    live(lab, 35);
    const fill = (seconds: number) => {
      for (let i = 0; i < seconds / 10; i++) {
        lab.disk('till-1', 95);
        for (const name of ['gw', 'till-2']) lab.report(name);
        lab.pass(10);
      }
    };
    fill(340);
    expect(lab.now).toBe(Date.parse('2025-03-10T09:40:40Z'));
    expect(incidents(lab)).toEqual([]);
    fill(30);
    expect(incidents(lab)).toHaveLength(1);
  });

  it('what recovers before the end never fires', () => {
    const lab = labWith(window());
    live(lab, 12);
    for (const { name } of store.devices) lab.presence(name, 'lost');
    live(lab, 20, 'gw', 'till-1', 'till-2');
    for (const { name } of store.devices) lab.presence(name, 'birth');
    live(lab, 20);
    expect(lab.transitions.some(({ alert }) => alert.state === 'firing')).toBe(false);
    expect(tile(lab)?.state).toBe('up');
  });

  it('a whole store that stays silent is one incident after the end', () => {
    const lab = labWith(window());
    live(lab, 12);
    for (const { name } of store.devices) lab.presence(name, 'lost');
    live(lab, 29, 'gw', 'till-1', 'till-2');
    expect(incidents(lab)).toMatchObject([{ cause: { kind: 'store', target: STORE } }]);
  });

  it('what fired before stays open, keeps its weight, and says that work is under way', () => {
    const lab = labWith(window());
    live(lab, 5);
    lab.presence('till-1', 'lost');
    live(lab, 6, 'till-1');
    const [before] = incidents(lab);
    expect(before).toMatchObject({ priority: 2, maintenance: { params: { id: 'w1' } } });
    lab.presence('till-2', 'lost');
    live(lab, 5, 'till-1', 'till-2');
    expect(incidents(lab)).toMatchObject([{ key: before?.key, priority: 2, cause: { target: keyOf('till-1') } }]);
    live(lab, 25, 'till-1', 'till-2');
    const [after] = incidents(lab);
    expect(after?.maintenance).toBeUndefined();
    const told = lab.effects.flatMap((effect) => (effect.kind === 'incident' ? effect.entries : []));
    expect(told.map(({ reason }) => reason.code)).toEqual(
      expect.arrayContaining(['maintenance.planned', 'maintenance.over']),
    );
  });

  it('only what it covers is held: by place, kind, region and attribute', () => {
    const scopes: [MaintenanceWindow['scope'], boolean][] = [
      [{ places: ['chain'] }, true],
      [{ places: ['other', 'chain/lyon'] }, true],
      [{ places: ['chain/lyon/till-1'] }, true],
      [{ places: ['chain/lyon/till-2'] }, false],
      [{ places: ['chain/nice'] }, false],
      [{ kinds: ['till'] }, true],
      [{ kinds: ['gateway'] }, false],
      [{ regions: ['su*'] }, true],
      [{ regions: ['Nord'] }, false],
      [{ attributes: { 'store.carrier': ['orange', 'sfr'] } }, true],
      [{ attributes: { 'store.carrier': ['bouygues'] } }, false],
      [{ kinds: ['till'], places: ['chain/lyon'], regions: ['Sud'] }, true],
    ];
    for (const [scope, isCovered] of scopes) {
      const lab = labWith(window({ scope }));
      live(lab, 12);
      lab.presence('till-1', 'lost');
      live(lab, 3, 'till-1');
      expect([scope, incidents(lab).length]).toEqual([scope, isCovered ? 0 : 1]);
    }
  });

  it('one that is ended early or taken away lets go at once', () => {
    for (const windows of [[], [window({ endedAt: Date.parse('2025-03-10T09:20:00Z') })]]) {
      const lab = labWith(window());
      live(lab, 12);
      lab.presence('till-1', 'lost');
      live(lab, 8, 'till-1');
      lab.send({ kind: 'maintenance', windows });
      expect(stateOf(lab, 'till-1')?.state).toBe('down');
      lab.pass(10);
      expect(incidents(lab)).toHaveLength(1);
    }
  });

  it('a device that joins the store later is covered', () => {
    const lab = labWith(window());
    live(lab, 12);
    lab.define({ ...store, devices: [...store.devices, till(3)] });
    lab.presence('till-3', 'birth');
    expect(stateOf(lab, 'till-3')?.state).toBe('maintenance');
  });

  it('22:00 is 22:00 in every store, unless a time zone is named', () => {
    const reunion: Store = { ...store, name: 'denis', timeZone: 'Indian/Reunion' };
    const states = (more: Partial<MaintenanceWindow>) => {
      const lab = new Lab(pack, store, reunion);
      lab.send({ kind: 'maintenance', windows: [window(more)] });
      for (const name of ['till-1', 'denis/till-1']) lab.presence(name, 'birth', 3600);
      lab.pass(15 * 60);
      return [STORE, 'chain/denis' as const].map((key) => tileOf(lab.state, key, lab.now)?.tile.state);
    };
    expect(states({})).toEqual(['maintenance', 'up']);
    expect(states({ timeZone: 'Europe/Paris' })).toEqual(['maintenance', 'maintenance']);
  });
});

describe('a suspect', () => {
  const change = (more: Partial<MaintenanceWindow> = {}) => window({ id: 'c1', kind: 'change', ...more });
  const suspectsAfter = (minutes: number, planned: MaintenanceWindow, device = 'till-1') => {
    const lab = labWith(planned);
    live(lab, minutes);
    lab.presence(device, 'lost');
    lab.pass(20);
    return incidents(lab)[0]?.suspects?.map(({ code, params }) => [code, params?.id, params?.number, params?.title]);
  };
  const named = [['change.suspect', 'c1', 'CHG0042', 'Mise à jour des caisses']];

  it('is a change under way, or over for no more than thirty minutes; a change holds nothing back', () => {
    expect(suspectsAfter(5, change())).toBeUndefined();
    expect(suspectsAfter(15, change())).toEqual(named);
    expect(suspectsAfter(69, change())).toEqual(named);
    expect(suspectsAfter(71, change())).toBeUndefined();
    expect(suspectsAfter(71, change({ suspectMinutes: 60 }))).toEqual(named);
    expect(suspectsAfter(41, change({ suspectMinutes: 0 }))).toBeUndefined();
  });

  it('is looked for once for each beginning, not at every settling', () => {
    const between = vi.spyOn(WindowSchedule.prototype, 'between');
    const lab = labWith(change({ repeat: 'FREQ=DAILY;COUNT=10' }));
    live(lab, 15);
    lab.presence('till-1', 'lost');
    lab.pass(20);
    const before = between.mock.calls.length;
    live(lab, 10, 'till-1');
    const asked = between.mock.calls.length - before;
    between.mockRestore();
    expect(incidents(lab)[0]?.suspects).toHaveLength(1);
    expect(asked).toBe(0);
  });

  it('is a maintenance too, once it is over', () => {
    expect(suspectsAfter(45, window({ id: 'c1' }))).toEqual(named);
  });

  it('is what was done to the device, or to what it depends on', () => {
    expect(suspectsAfter(15, change({ scope: { kinds: ['gateway'] } }))).toEqual(named);
    expect(suspectsAfter(15, change({ scope: { places: ['chain/lyon/till-2'] } }))).toBeUndefined();
  });

  it('that is written down afterwards is named then, and the ticket is told', () => {
    const lab = labWith();
    live(lab, 15);
    lab.presence('till-1', 'lost');
    lab.pass(20);
    const { effects } = lab.send({ kind: 'maintenance', windows: [change()] });
    expect(effects).toContainEqual(
      expect.objectContaining({
        kind: 'incident',
        desk: 'update',
        entries: [expect.objectContaining({ at: lab.now })],
      }),
    );
    expect(lab.send({ kind: 'maintenance', windows: [change()] }).effects).toEqual([]);
  });
});

const deed = fc.oneof(
  { weight: 5, arbitrary: fc.record({ do: fc.constant('pass' as const), seconds: fc.integer({ min: 1, max: 900 }) }) },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constantFrom('lost' as const, 'stopped' as const, 'birth' as const, 'full' as const, 'bad' as const),
      device: fc.constantFrom('gw', 'till-1', 'till-2'),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('plan' as const), minutes: fc.integer({ min: 1, max: 60 }) }) },
);

function act(lab: Lab, deeds: typeof deed extends fc.Arbitrary<infer D> ? D : never): void {
  if (deeds.do === 'pass') lab.pass(deeds.seconds);
  else if (deeds.do === 'plan') {
    const end = new Date(lab.now + deeds.minutes * 60_000).toISOString().slice(0, 16);
    const planned = window({
      id: 'w2',
      timeZone: 'UTC',
      start: '2025-03-10T09:20',
      end: end > '2025-03-10T09:20' ? end : '2025-03-10T09:25',
    });
    lab.send({ kind: 'maintenance', windows: [window({ scope: { kinds: ['till'] } }), planned] });
  } else if (deeds.do === 'full') lab.disk(deeds.device, 95);
  else if (deeds.do === 'bad') lab.report(deeds.device, [], [{ check: 'pos', status: 'critical' }]);
  else lab.presence(deeds.device, deeds.do);
}

const deeds = fc.array(deed, { minLength: 5, maxLength: 40 });
const tills = window({ scope: { kinds: ['till'] } });

describe('whatever happens', () => {
  it('nothing fires in maintenance', () => {
    fc.assert(
      fc.property(deeds, (all) => {
        const lab = labWith(tills, window({ id: 'again', scope: { kinds: ['till'] }, repeat: 'FREQ=DAILY' }));
        for (const what of all) {
          if (what.do === 'plan') continue;
          const from = lab.transitions.length;
          act(lab, what);
          for (const { alert, at } of lab.transitions.slice(from)) {
            const isPlanned = at >= Date.parse('2025-03-10T09:10Z') && at < Date.parse('2025-03-10T09:40Z');
            if (alert.state === 'firing' && !alert.device.endsWith('gw')) expect(isPlanned).toBe(false);
          }
        }
      }),
      { numRuns: 120 },
    );
  });

  it('a restart changes nothing in what follows', () => {
    fc.assert(
      fc.property(deeds, deeds, (before, after) => {
        const steady = labWith(tills);
        for (const what of before) if (what.do !== 'plan') act(steady, what);
        const restarted = new Lab(pack);
        restarted.send({ kind: 'maintenance', windows: [tills] });
        restarted.now = steady.now;
        restarted.define(store);
        for (const [key, saved] of steady.rows) {
          loadStore(restarted.state, key, saved);
          restarted.rows.set(key, saved);
        }
        const from = steady.transitions.length;
        for (const lab of [steady, restarted]) {
          lab.send({ kind: 'started' });
          for (const what of after) act(lab, what);
        }
        expect(restarted.transitions).toEqual(steady.transitions.slice(from));
        expect(incidents(restarted)).toEqual(incidents(steady));
        expect(nextDue(restarted.state)).toBe(nextDue(steady.state));
      }),
      { numRuns: 100 },
    );
  });
});
