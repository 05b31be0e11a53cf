import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { devicesOf, loadStore, nextDue, openIncidents, saveStore, tileOf } from '../../../alerting/engine/engine.ts';
import { DEFAULT_JUDGEMENT } from '../../../alerting/engine/judgement.ts';
import type { RulePack } from '../../../alerting/engine/types.ts';
import { burntMsOf, lossAt } from '../../../protocol/counting.ts';
import type { Store } from '../../../protocol/inventory.ts';
import type { StoreKey } from '../../../protocol/names.ts';
import { runs } from '../../support/property-runs.ts';
import { composite, Lab, packOf, silence, status, storeOf, threshold, till } from './lab.ts';

const rules = packOf(
  silence({ id: 'lane', scope: { kinds: ['till'] }, hours: 'open' }),
  silence({ id: 'core', scope: { kinds: ['gateway', 'server'] }, forS: 8 }),
  threshold({ forS: 20, clearForS: 10 }),
  threshold({ id: 'disk-warm', raise: 70, clear: 60, forS: 0, clearForS: 0, severity: 'warning', urgency: 3 }),
  status({ forS: 10, clearForS: 10 }),
  threshold({ id: 'sensor', field: 'heat', forS: 0, clearForS: 0, noData: { does: 'alert', afterS: 40 } }),
  composite({ scope: { kinds: ['till'] }, forS: 8, clearForS: 8 }),
  composite({ id: 'lanes', of: 'lanes', when: 'firing', rule: 'disk-warm', forS: 0, clearForS: 0, hours: 'open' }),
);
/** Clocks short enough to run out now and then. */
const pack: RulePack = {
  ...rules,
  judgement: {
    ...DEFAULT_JUDGEMENT,
    contracts: [
      {
        targetsS: { respond: { 1: 40, 2: 60, 3: 80 }, restore: { 1: 100, 2: 150, 3: 200, 4: 250 } },
        escalateAt: [50, 75, 100],
      },
    ],
    sales: [{ perLaneMinute: 2, currency: 'EUR' }],
  },
};

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
  | {
      do: 'report';
      device: string;
      disk: number;
      check: 'ok' | 'critical' | 'unknown';
      offline: 0 | 1;
      heat: number | undefined;
      late: boolean;
    }
  | { do: 'storm'; store: number; evidence: 'lost' | 'online' }
  | { do: 'acknowledge' }
  | { do: 'set-clock'; seconds: number };

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
      offline: fc.constantFrom(0, 1),
      heat: fc.constantFrom(10, 95, undefined),
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
const setClock: fc.Arbitrary<Deed> = fc.record({
  do: fc.constant('set-clock' as const),
  seconds: fc.constantFrom(3, -3, 47, -61, 3_600, -7_200, 86_400, -259_200, 2_592_000),
});
/** The same, while somebody plays with the clock. */
const deedsUnderClocks = fc.array(fc.oneof({ weight: 8, arbitrary: deed }, { weight: 1, arbitrary: setClock }), {
  maxLength: 60,
});

function act(lab: Lab, what: Deed): void {
  if (what.do === 'pass') lab.pass(what.seconds);
  else if (what.do === 'set-clock') lab.setClock(what.seconds);
  else if (what.do === 'presence') lab.presence(what.device, what.evidence);
  else if (what.do === 'report') {
    lab.report(
      what.device,
      [
        { m: 'disk', t: { path: '/' }, f: { used_percent: what.disk, ...(what.heat && { heat: what.heat }) } },
        { m: 'unsent_sales', f: { selling_offline: what.offline } },
      ],
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
      lab.transitions.slice(from.transitions).filter(({ alert }) => `${alert.device}/`.startsWith(`${key}/`)),
    ),
    incidents: keys.map((key) =>
      lab.effects.slice(from.effects).filter((effect) => effect.kind === 'incident' && effect.incident.store === key),
    ),
    tiles: keys.map((key) => tileOf(lab.state, key, lab.now)),
    devices: keys.map((key) => devicesOf(lab.state, key, lab.now).map(({ lastReportAt: _, ...view }) => view)),
    open: [...openIncidents(lab.state)].map(({ key }) => key).sort(),
  };
}

/**
 * Listens to a lab: gives what it has told since the last time it was asked, each at the instant it happened in the time
 * that has really passed, store by store: of several that are due at once, any may come first.
 */
function tellTo(lab: Lab): () => string[] {
  const names = new Map<string, string>();
  const nameOf = (key: string) => {
    const store = key.slice(0, key.indexOf('#'));
    const nth = [...names.keys()].filter((other) => other.startsWith(`${store}#`)).length + 1;
    return names.get(key) ?? names.set(key, `${store} incident ${nth}`).get(key);
  };
  const firingOf = new Map<string, string>();
  let from = mark(lab);
  return () => {
    const real = (at: number) => at - lab.steppedMs;
    const transitions = lab.transitions
      .slice(from.transitions)
      .map(
        ({ alert, from: before, at }) =>
          `${real(at)} ${alert.key} ${before} > ${alert.state} ${JSON.stringify(alert.reason)}`,
      );
    const incidents = lab.effects.slice(from.effects).flatMap((effect) => {
      if (effect.kind !== 'incident') return [];
      const { key, cause, state, priority, alerts, lanesDown } = effect.incident;
      const firing = alerts.map((alert) => `${alert.key} ${alert.state}`);
      const why = effect.entries.map(({ at, reason: { code, params } }) =>
        JSON.stringify([real(at), code, code === 'incident.merged' ? nameOf(String(params?.into)) : params]),
      );
      const line = [nameOf(key), effect.desk, cause.target, state, priority, lanesDown, ...firing, ...why].join(' ');
      // Told again for what it has cost or burnt, which is compared by itself.
      if (effect.desk === undefined && why.length === 0 && firingOf.get(key) === firing.join(' ')) return [];
      firingOf.set(key, firing.join(' '));
      return [line];
    });
    from = mark(lab);
    const told = [...transitions, ...incidents].map((line) => ` ${line}`);
    return keys.flatMap((key) =>
      told.filter((line) => line.includes(` ${key}/`) || line.includes(` ${key} `) || line.includes(` ${key}#`)),
    );
  };
}

/** How everything stands, in the time that has really passed. */
function standing(lab: Lab) {
  const real = (at: number | undefined) => at && at - lab.steppedMs;
  return {
    tiles: keys.map((key) => {
      const told = tileOf(lab.state, key, lab.now);
      const open = [...openIncidents(lab.state)].find((incident) => incident.key === told?.incidentKey);
      return { ...told?.tile, since: real(told?.tile.since), incident: open?.cause.target };
    }),
    devices: keys.flatMap((key) =>
      devicesOf(lab.state, key, lab.now).map(({ key, state, since, reason, lastReportAt, alerts }) => [
        ...[key, state, real(since), reason, real(lastReportAt)],
        ...alerts.map((alert) => `${alert.key} ${alert.state} ${alert.state === 'pending' && real(alert.since)}`),
      ]),
    ),
    figures: keys.map((key) =>
      [...openIncidents(lab.state)]
        .filter(({ store }) => store === key)
        .map(({ cause, clocks, loss, respondBy, restoreBy }) => ({
          target: cause.target,
          burnt: Object.values(clocks ?? {}).map((clock) => [burntMsOf(clock, lab.now), clock.level, clock.breached]),
          by: [real(clocks?.respond.stoppedAt === undefined ? respondBy : undefined), real(restoreBy)],
          lost: loss && [lossAt(loss, lab.now).laneMs, lossAt(loss, lab.now).blindMs],
        })),
    ),
  };
}

/** A store's row but for what kept reports have shown of its incidents: that is told when they end, and judged by nobody. */
const judgementIn = (row: string | undefined): unknown =>
  row && JSON.parse(row, (name, value) => (name === 'proof' ? undefined : value));

const mark = (lab: Lab) => ({ transitions: lab.transitions.length, effects: lab.effects.length });

/** The same judgement in a new engine, from the rows alone. */
function reborn(lab: Lab): Lab {
  const next = new Lab(pack);
  next.now += lab.steppedMs;
  next.steppedMs = lab.steppedMs;
  for (const store of stores) next.define(store);
  next.now = lab.now;
  for (const [key, saved] of lab.rows) {
    loadStore(next.state, key, saved);
    next.rows.set(key, saved);
  }
  return next;
}

const well = (device: string, disk = 10): Deed => ({
  do: 'report',
  device,
  disk,
  check: 'ok',
  offline: 0,
  heat: 10,
  late: false,
});

/** Seconds after which nothing waits any more but clocks that were never set to run out. */
const ALL_OVER_S = 1_000;

/** Of 15 s: what flapped has then been steady for 20 intervals of 30 s, and for 20 samples, and quiet after that. */
const ROUNDS = 50;

// Found once, found always.
fc.configureGlobal({ seed: 20250310 });

describe('whatever happens', () => {
  it('no cause has two open incidents, every firing alert is in exactly one, and effects come once per store', () => {
    fc.assert(
      fc.property(deedsUnderClocks, (all) => {
        const lab = new Lab(pack, ...stores);
        const opened = new Set<string>();
        for (const what of all) {
          const before = lab.effects.length;
          act(lab, what);
          const open = [...openIncidents(lab.state)];
          expect(new Set(open.map(({ cause }) => cause.target)).size).toBe(open.length);
          const held = open.flatMap(({ alerts }) =>
            // Those of groups stand on no device.
            alerts
              .filter(({ state, device }) => state === 'firing' && device.split('/').length > 2)
              .map(({ key }) => key),
          );
          const firing = keys.flatMap((key) =>
            devicesOf(lab.state, key, lab.now).flatMap(({ alerts }) =>
              alerts.filter(({ state }) => state === 'firing').map(({ key }) => key),
            ),
          );
          expect(held.sort()).toEqual(firing.sort());
          for (const store of stores) {
            const lanes = store.devices.filter(({ lane }) => lane !== undefined).length;
            const losses = open.flatMap(({ store: key, loss }) =>
              key === `chain/${store.name}` && loss ? [loss] : [],
            );
            expect(losses.reduce((sum, loss) => sum + loss.lanes + loss.blind, 0)).toBeLessThanOrEqual(lanes);
          }
          for (const effect of lab.effects.slice(before)) {
            if (effect.kind !== 'incident' || effect.desk !== 'open') continue;
            expect(opened.has(effect.incident.key)).toBe(false);
            opened.add(effect.incident.key);
          }
        }
      }),
      { numRuns: runs(150) },
    );
  });

  it('late data changes nothing but what it proves of an open incident', () => {
    fc.assert(
      fc.property(deedsUnderClocks, device, (all, name) => {
        const lab = new Lab(pack, ...stores);
        for (const what of all) act(lab, what);
        const rows = () => keys.map((key) => saveStore(lab.state, key));
        const look = () => [
          rows().map(judgementIn),
          keys.map((key) => [tileOf(lab.state, key, lab.now), devicesOf(lab.state, key, lab.now)]),
          [...openIncidents(lab.state)],
          nextDue(lab.state),
        ];
        const [before, kept] = [look(), rows()];
        const { transitions, effects } = lab.report(
          name,
          [
            { m: 'disk', t: { path: '/' }, f: { used_percent: 99 } },
            { m: 'unsent_sales', f: { selling_offline: 1 } },
          ],
          [{ check: 'pos', status: 'critical' }],
          true,
        );
        expect(transitions).toEqual([]);
        expect(look()).toEqual(before);
        const own: StoreKey = `chain/${name.slice(0, name.indexOf('/'))}`;
        const isProof = rows().some((row, at) => row !== kept[at]);
        expect(effects).toEqual(isProof ? [{ kind: 'save', store: own }] : []);
      }),
      {
        numRuns: runs(60),
        // A kept report from within a cut.
        examples: [[[well('behind/till-2'), { do: 'pass', seconds: 110 }], 'behind/gw']],
      },
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
            [{ m: 'disk', t: { path: '/' }, f: { used_percent: 10, heat: 10 } }],
            [{ check: 'pos', status: 'ok' }],
          );
        for (const name of devices) lab.presence(name, 'online');
        for (let round = 0; round < ROUNDS; round++) {
          for (const name of devices) well(name);
          lab.pass(15);
        }
        expect([...openIncidents(lab.state)]).toEqual([]);
        expect(keys.map((key) => tileOf(lab.state, key, lab.now)?.tile.state)).toEqual(keys.map(() => 'up'));
        for (const name of devices) expect(well(name)).toEqual({ transitions: [], effects: [] });
      }),
      { numRuns: runs(80) },
    );
  });

  it('a restart at any point changes nothing in what follows', () => {
    fc.assert(
      fc.property(deedsUnderClocks, deedsUnderClocks, (before, after) => {
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
      { numRuns: runs(200) },
    );
  });

  it('a clock that is set, forward or back, moves, loses and doubles nothing', () => {
    fc.assert(
      fc.property(deedsUnderClocks, (all) => {
        const hourless = stores.map(({ hours: _, ...store }) => store);
        const [steady, set] = [new Lab(pack, ...hourless), new Lab(pack, ...hourless)];
        const [told, toldBySet] = [steady, set].map((lab) => tellTo(lab));
        for (const what of all) {
          if (what.do !== 'set-clock') act(steady, what);
          act(set, what);
          // Whatever is due happens, so that both have come as far.
          for (const lab of [steady, set]) lab.pass(0);
          expect(toldBySet?.()).toEqual(told?.());
          expect(standing(set)).toEqual(standing(steady));
        }
        // A clock that was set has all looked at again, so it may know of less that is due. What comes of it comes at the same time.
        for (const lab of [steady, set]) lab.pass(ALL_OVER_S);
        expect(toldBySet?.()).toEqual(told?.());
        expect(standing(set)).toEqual(standing(steady));
      }),
      {
        numRuns: runs(200),
        // What was due is not due any more: a clock was stopped; a sensor was heard again.
        examples: [
          [
            [
              well('behind/till-1', 85),
              well('behind/till-2', 75),
              { do: 'acknowledge' },
              { do: 'set-clock', seconds: 3 },
            ],
          ],
          [[well('own/till-1'), { do: 'pass', seconds: 5 }, well('own/till-1'), { do: 'set-clock', seconds: 3 }]],
        ],
      },
    );
  });

  it('a clock set while nobody judges makes nothing due that never comes, and nothing that lasts for ever', () => {
    fc.assert(
      fc.property(deeds, fc.constantFrom(-2_592_000, -7_200, 7_200, 2_592_000), (all, seconds) => {
        const lab = new Lab(pack, ...stores.map(({ hours: _, ...store }) => store));
        for (const what of all) act(lab, what);
        const next = reborn(lab);
        next.now += seconds * 1000;
        const from = mark(next);
        next.send({ kind: 'started' });
        expect(next.transitions.slice(from.transitions)).toEqual([]);
        for (const name of devices) next.presence(name, 'online');
        for (let round = 0; round < ROUNDS; round++) {
          for (const name of devices) {
            next.report(
              name,
              [{ m: 'disk', t: { path: '/' }, f: { used_percent: 10, heat: 10 } }],
              [{ check: 'pos', status: 'ok' }],
            );
          }
          next.pass(15);
        }
        expect([...openIncidents(next.state)]).toEqual([]);
      }),
      { numRuns: runs(80) },
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
      { numRuns: runs(30) },
    );
  });

  it('a start moves nothing by itself', () => {
    fc.assert(
      fc.property(deedsUnderClocks, (all) => {
        const lab = new Lab(pack, ...stores);
        for (const what of all) act(lab, what);
        // Whatever is due happens, also by what hours a clock that was set makes it: that is not of the start.
        lab.pass(0);
        const next = reborn(lab);
        const from = mark(next);
        next.send({ kind: 'started' });
        expect(next.transitions.slice(from.transitions)).toEqual([]);
        expect(next.effects.slice(from.effects).filter(({ kind }) => kind === 'incident')).toEqual([]);
      }),
      {
        numRuns: runs(80),
        // The store opens by the new clock: at the next tick its incidents weigh more, and from then on it loses.
        examples: [
          [[well('mixed/till-1', 75), { do: 'set-clock', seconds: 3_600 }]],
          [
            [
              well('mixed/till-1'),
              { do: 'presence', device: 'mixed/gw', evidence: 'lost' },
              { do: 'pass', seconds: 15 },
              { do: 'set-clock', seconds: 3_600 },
            ],
          ],
        ],
      },
    );
  });
});
