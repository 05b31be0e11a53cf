import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { devicesOf, loadStore, nextDue, openIncidents, saveStore, tileOf } from '../../../alerting/engine/engine.ts';
import type { Store } from '../../../protocol/inventory.ts';
import type { StoreKey } from '../../../protocol/names.ts';
import { Lab, packOf, silence, status, storeOf, threshold, till } from './lab.ts';

const pack = packOf(
  silence({ id: 'lane', scope: { kinds: ['till'] }, hours: 'open' }),
  silence({ id: 'core', scope: { kinds: ['gateway', 'server'] }, forS: 8 }),
  threshold({ forS: 20, clearForS: 10 }),
  threshold({ id: 'disk-warm', raise: 70, clear: 60, forS: 0, clearForS: 0, severity: 'warning', urgency: 3 }),
  status({ forS: 10, clearForS: 10 }),
);

const gateway = { name: 'gw', kind: 'gateway' } as const;
const server = { name: 'server', kind: 'server' } as const;
const stores: Store[] = [
  storeOf([gateway, till(1, { gateway: 'gw' }), till(2, { gateway: 'gw' })], { name: 'behind' }),
  storeOf([server, till(1), till(2)], { name: 'own' }),
  storeOf([gateway, till(1, { gateway: 'gw' }), server, till(2)], {
    name: 'mixed',
    hours: { mon: ['10:01-10:03', '10:04-12:00'] },
  }),
  storeOf([till(1)], { name: 'kiosk' }),
];
const devices = stores.flatMap(({ name, devices: all }) => all.map((device) => `${name}/${device.name}`));
const keys = stores.map(({ name }): StoreKey => `chain/${name}`);

type Deed =
  | { do: 'pass'; seconds: number }
  | { do: 'presence'; device: string; evidence: 'birth' | 'online' | 'lost' | 'stopped' | 'unreachable' }
  | { do: 'report'; device: string; disk: number; check: 'ok' | 'critical' | 'unknown'; late: boolean }
  | { do: 'storm'; store: number; evidence: 'lost' | 'online' }
  | { do: 'acknowledge' };

const device = fc.constantFrom(...devices);
const deed: fc.Arbitrary<Deed> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('pass' as const),
      seconds: fc.constantFrom(0, 0.5, 1, 3, 5, 10, 15, 40, 95),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('presence' as const),
      device,
      evidence: fc.constantFrom('birth', 'online', 'lost', 'stopped', 'unreachable'),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('report' as const),
      device,
      disk: fc.constantFrom(10, 65, 75, 85, 95),
      check: fc.constantFrom('ok', 'critical', 'unknown'),
      late: fc.constantFrom(false, false, true),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('storm' as const),
      store: fc.nat(stores.length - 1),
      evidence: fc.constantFrom('lost', 'online'),
    }),
  },
  { weight: 1, arbitrary: fc.constant({ do: 'acknowledge' as const }) },
);
const deeds = fc.array(deed, { maxLength: 60 });

function act(lab: Lab, what: Deed): void {
  if (what.do === 'pass') lab.pass(what.seconds);
  else if (what.do === 'presence') lab.presence(what.device, what.evidence);
  else if (what.do === 'report') {
    lab.report(
      what.device,
      [{ m: 'disk', t: { path: '/' }, f: { used_percent: what.disk } }],
      [{ check: 'pos', status: what.check }],
      what.late,
    );
  } else if (what.do === 'storm') {
    for (const name of devices) if (name.startsWith(`${stores[what.store]?.name}/`)) lab.presence(name, what.evidence);
  } else {
    const [first] = [...openIncidents(lab.state)].map(({ key }) => key).sort();
    if (first) lab.send({ kind: 'acknowledge', incident: first, by: 'Inès' });
  }
}

/** All that people and desks get to see of the time since a mark, store by store. */
function seen(lab: Lab, from: { transitions: number; effects: number }) {
  return {
    transitions: keys.map((key) =>
      lab.transitions.slice(from.transitions).filter(({ alert }) => alert.device.startsWith(`${key}/`)),
    ),
    incidents: keys.map((key) =>
      lab.effects.slice(from.effects).filter((effect) => effect.kind === 'incident' && effect.incident.store === key),
    ),
    tiles: keys.map((key) => tileOf(lab.state, key, lab.now)),
    devices: keys.map((key) => devicesOf(lab.state, key, lab.now).map(({ lastReportAt: _, ...view }) => view)),
    open: [...openIncidents(lab.state)].map(({ key }) => key).sort(),
  };
}

const mark = (lab: Lab) => ({ transitions: lab.transitions.length, effects: lab.effects.length });

/** The same judgement in a new engine, from the rows alone. */
function reborn(lab: Lab): Lab {
  const next = new Lab(pack, ...stores);
  next.now = lab.now;
  for (const [key, saved] of lab.rows) {
    loadStore(next.state, key, saved);
    next.rows.set(key, saved);
  }
  return next;
}

// Found once, found always.
fc.configureGlobal({ seed: 20250310 });

describe('whatever happens', () => {
  it('no cause has two open incidents, every firing alert is in exactly one, and effects come once per store', () => {
    fc.assert(
      fc.property(deeds, (all) => {
        const lab = new Lab(pack, ...stores);
        const opened = new Set<string>();
        for (const what of all) {
          const before = lab.effects.length;
          act(lab, what);
          const open = [...openIncidents(lab.state)];
          expect(new Set(open.map(({ cause }) => cause.target)).size).toBe(open.length);
          const held = open.flatMap(({ alerts }) =>
            alerts.filter(({ state }) => state === 'firing').map(({ key }) => key),
          );
          const firing = keys.flatMap((key) =>
            devicesOf(lab.state, key, lab.now).flatMap(({ alerts }) =>
              alerts.filter(({ state }) => state === 'firing').map(({ key }) => key),
            ),
          );
          expect(held.sort()).toEqual(firing.sort());
          for (const effect of lab.effects.slice(before)) {
            if (effect.kind !== 'incident' || effect.desk !== 'open') continue;
            expect(opened.has(effect.incident.key)).toBe(false);
            opened.add(effect.incident.key);
          }
        }
      }),
      { numRuns: 150 },
    );
  });

  it('late data changes nothing at all', () => {
    fc.assert(
      fc.property(deeds, device, (all, name) => {
        const lab = new Lab(pack, ...stores);
        for (const what of all) act(lab, what);
        const look = () => [
          keys.map((key) => [saveStore(lab.state, key), devicesOf(lab.state, key, lab.now)]),
          nextDue(lab.state),
        ];
        const before = look();
        const { transitions, effects } = lab.report(
          name,
          [{ m: 'disk', t: { path: '/' }, f: { used_percent: 99 } }],
          [{ check: 'pos', status: 'critical' }],
          true,
        );
        expect([transitions, effects]).toEqual([[], []]);
        expect(look()).toEqual(before);
      }),
      { numRuns: 60 },
    );
  });

  it('every incident resolves once all evidence is gone, and healthy reports then do nothing', () => {
    fc.assert(
      fc.property(deeds, (all) => {
        const lab = new Lab(pack, ...stores);
        for (const what of all) act(lab, what);
        lab.now = Math.max(lab.now, Date.parse('2025-03-10T09:05:00Z'));
        lab.send({ kind: 'tick' });
        const well = (name: string) =>
          lab.report(
            name,
            [{ m: 'disk', t: { path: '/' }, f: { used_percent: 10 } }],
            [{ check: 'pos', status: 'ok' }],
          );
        for (const name of devices) lab.presence(name, 'online');
        for (let round = 0; round < 8; round++) {
          for (const name of devices) well(name);
          lab.pass(15);
        }
        expect([...openIncidents(lab.state)]).toEqual([]);
        expect(keys.map((key) => tileOf(lab.state, key, lab.now)?.tile.state)).toEqual(keys.map(() => 'up'));
        for (const name of devices) expect(well(name)).toEqual({ transitions: [], effects: [] });
      }),
      { numRuns: 80 },
    );
  });

  it('a restart at any point changes nothing in what follows', () => {
    fc.assert(
      fc.property(deeds, deeds, (before, after) => {
        const steady = new Lab(pack, ...stores);
        for (const what of before) act(steady, what);
        const restarted = reborn(steady);
        const marks = [mark(steady), mark(restarted)] as const;
        for (const lab of [steady, restarted]) {
          lab.send({ kind: 'started' });
          for (const what of after) act(lab, what);
        }
        expect(seen(restarted, marks[1])).toEqual(seen(steady, marks[0]));
        expect(restarted.now).toBe(steady.now);
      }),
      { numRuns: 200 },
    );
  });

  it('the same events give the same results', () => {
    fc.assert(
      fc.property(deeds, (all) => {
        const [one, two] = [new Lab(pack, ...stores), new Lab(pack, ...stores)];
        for (const lab of [one, two]) for (const what of all) act(lab, what);
        expect(two.transitions).toEqual(one.transitions);
        expect(two.effects).toEqual(one.effects);
      }),
      { numRuns: 30 },
    );
  });

  it('a start moves nothing by itself', () => {
    fc.assert(
      fc.property(deeds, (all) => {
        const lab = new Lab(pack, ...stores);
        for (const what of all) act(lab, what);
        const next = reborn(lab);
        const from = mark(next);
        next.send({ kind: 'started' });
        expect(next.transitions.slice(from.transitions)).toEqual([]);
        expect(next.effects.slice(from.effects).filter(({ kind }) => kind === 'incident')).toEqual([]);
      }),
      { numRuns: 80 },
    );
  });
});
