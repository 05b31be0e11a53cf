import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { devicesOf, loadStore, openIncidents, tileOf } from '../../../alerting/engine/engine.ts';
import type { EngineEvent } from '../../../alerting/engine/types.ts';
import type { Device, DeviceKind } from '../../../protocol/inventory.ts';
import { runs } from '../../support/property-runs.ts';
import { Lab, packOf, STORE, silence, status, storeOf } from './lab.ts';

const pack = packOf(
  silence({ id: 'lane', scope: { kinds: ['till'] } }),
  silence({ id: 'core', scope: { kinds: ['switch', 'server', 'gateway'] } }),
  silence({ id: 'small', scope: { kinds: ['printer', 'ups'] }, forS: 10, severity: 'warning' }),
  status({ id: 'check', forS: 0, clearForS: 0 }),
);
fc.configureGlobal({ seed: 20250310 });

/** Seconds in which all that one fault takes along is seen to be gone. */
const SPREAD_S = 12;

/** A gateway that hears everything, and devices that hang on earlier ones: `-1` on nothing. */
const tree: fc.Arbitrary<Device[]> = fc
  .array(fc.record({ parent: fc.nat(), kind: fc.constantFrom<DeviceKind>('switch', 'till', 'server', 'printer') }), {
    minLength: 3,
    maxLength: 12,
  })
  .map((places) => [
    { name: 'gw', kind: 'gateway' },
    { name: 'ups', kind: 'ups', gateway: 'gw' },
    // Beside the tree, so that the store is never silent.
    ...places.map(({ parent, kind }, at): Device => {
      const isRoot = parent % (at + 1) === at;
      return {
        name: `d${at}`,
        kind: isRoot || at === 0 ? 'switch' : kind,
        gateway: 'gw',
        ...(!isRoot && at > 0 && { attributes: { parent: `d${parent % (at + 1)}` } }),
      };
    }),
  ]);

const parentOf = ({ attributes }: Device): string | undefined => attributes?.parent;

function beneath(devices: readonly Device[], name: string): string[] {
  const children = devices.filter((device) => parentOf(device) === name).map((device) => device.name);
  return [name, ...children.flatMap((child) => beneath(devices, child))];
}

function labOf(devices: Device[]): Lab {
  const lab = new Lab(pack, storeOf(devices));
  for (const { name, gateway } of devices) lab.presence(name, gateway ? 'online' : 'birth');
  keepAlive(lab, devices, new Set());
  return lab;
}

/** Everyone who is not gone reports. */
function keepAlive(lab: Lab, devices: readonly Device[], gone: ReadonlySet<string>): void {
  for (const { name } of devices) if (!gone.has(name)) lab.report(name);
}

/** Lets time pass while all others report. */
function live(lab: Lab, devices: readonly Device[], gone: ReadonlySet<string>, seconds: number): void {
  for (let left = seconds; left > 0; left -= 10) {
    lab.pass(Math.min(10, left));
    keepAlive(lab, devices, gone);
  }
}

interface Loss {
  name: string;
  /** Seconds after the fault. */
  at: number;
}

/** The losses of a fault, each seen at some time within the spread. */
const lossesOf = (names: readonly string[], delays: readonly number[]): Loss[] =>
  names.map((name, at) => ({ name, at: (delays[at % delays.length] ?? 0) % SPREAD_S }));

function lose(lab: Lab, devices: readonly Device[], losses: readonly Loss[]): Set<string> {
  const gone = new Set<string>();
  let passed = 0;
  for (const { name, at } of [...losses].sort((a, b) => a.at - b.at)) {
    lab.pass(at - passed);
    passed = at;
    lab.presence(name, 'unreachable');
    gone.add(name);
  }
  live(lab, devices, gone, 60);
  return gone;
}

const causes = (lab: Lab) =>
  [...openIncidents(lab.state)].map(({ cause, alerts }) => ({
    target: cause.target,
    firing: alerts
      .filter(({ state }) => state === 'firing')
      .map(({ key }) => key)
      .sort(),
  }));
const sorted = (lab: Lab) => causes(lab).sort((a, b) => (a.target < b.target ? -1 : 1));
const delays = fc.array(fc.nat(SPREAD_S - 1), { minLength: 1, maxLength: 13 });

function comeBack(lab: Lab, devices: readonly Device[], gone: ReadonlySet<string>): void {
  for (const name of gone) lab.presence(name, 'online');
  live(lab, devices, new Set(), 200);
}

describe('in any tree', () => {
  it('the cause named is the one that failed, whatever hangs on it and in whatever order it is seen', () => {
    fc.assert(
      fc.property(tree, fc.nat(), delays, (devices, which, when) => {
        const place = devices[2 + (which % (devices.length - 2))] as Device;
        const lab = labOf(devices);
        const losses = lossesOf(beneath(devices, place.name), when);
        const gone = lose(lab, devices, losses);
        expect(causes(lab).map(({ target }) => target)).toEqual([`${STORE}/${place.name}`]);
        expect(causes(lab)[0]?.firing).toHaveLength(losses.length);
        const opened = lab.effects.filter((effect) => effect.kind === 'incident' && effect.desk === 'open');
        const merged = lab.effects.filter((effect) => effect.kind === 'incident' && effect.desk === 'resolve');
        expect(opened.length - merged.length).toBe(1);
        comeBack(lab, devices, gone);
        expect(causes(lab)).toEqual([]);
      }),
      { numRuns: runs(150) },
    );
  });

  it('two faults that have something beneath them, and nothing in common, stay two', () => {
    fc.assert(
      fc.property(tree, fc.nat(), fc.nat(), delays, (devices, one, two, when) => {
        const parents = devices.slice(2).filter(({ name }) => beneath(devices, name).length > 1);
        const [a, b] = [parents[one % Math.max(1, parents.length)], parents[two % Math.max(1, parents.length)]];
        fc.pre(a !== undefined && b !== undefined && a !== b);
        fc.pre(!beneath(devices, a.name).includes(b.name) && !beneath(devices, b.name).includes(a.name));
        const lab = labOf(devices);
        lose(lab, devices, [
          ...lossesOf(beneath(devices, a.name), when),
          ...lossesOf(beneath(devices, b.name), when.toReversed()),
        ]);
        expect(sorted(lab).map(({ target }) => target)).toEqual([a, b].map(({ name }) => `${STORE}/${name}`).sort());
      }),
      { numRuns: runs(100) },
    );
  });

  it('the order in which losses arrive within the settle window changes nothing in the incidents', () => {
    fc.assert(
      fc.property(tree, fc.nat(), fc.nat(), fc.infiniteStream(fc.nat()), (devices, one, two, noise) => {
        const places = devices.slice(2).map(({ name }) => name);
        const failed = [one, two].map((which) => places[which % places.length] as string);
        const names = [...new Set(failed.flatMap((name) => beneath(devices, name)))];
        const shuffled = names
          .map((name) => ({ name, by: noise.next().value as number }))
          .sort((a, b) => a.by - b.by)
          .map(({ name }) => name);
        const labs = [labOf(devices), labOf(devices)] as const;
        const when = [0, ...noise.take(3)];
        lose(labs[0], devices, lossesOf(names, when));
        lose(labs[1], devices, lossesOf(shuffled, when));
        expect(sorted(labs[1])).toEqual(sorted(labs[0]));
      }),
      { numRuns: runs(100) },
    );
  });
});

type Deed =
  | { do: 'pass'; seconds: number }
  | { do: 'lose'; which: number }
  | { do: 'find'; which: number }
  | { do: 'battery'; isOn: boolean }
  | { do: 'backup'; isOn: boolean }
  | { do: 'fail'; which: number; isOk: boolean }
  | { do: 'topology'; parents: [number, number][] };

const deed: fc.Arbitrary<Deed> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constant('pass' as const), seconds: fc.constantFrom(0, 1, 5, 14, 16, 40, 70) }),
  },
  {
    weight: 6,
    arbitrary: fc.oneof(
      fc.record({ do: fc.constant('lose' as const), which: fc.nat() }),
      fc.record({ do: fc.constant('find' as const), which: fc.nat() }),
    ),
  },
  {
    weight: 2,
    arbitrary: fc.oneof(
      fc.record({ do: fc.constant('battery' as const), isOn: fc.boolean() }),
      fc.record({ do: fc.constant('backup' as const), isOn: fc.boolean() }),
    ),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('fail' as const), which: fc.nat(), isOk: fc.boolean() }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('topology' as const),
      parents: fc.array(fc.tuple(fc.nat(11), fc.nat(11)), { maxLength: 6 }),
    }),
  },
);

const told = (parents: readonly [number, number][]): EngineEvent => ({
  kind: 'topology',
  store: STORE,
  parents: Object.fromEntries(
    parents.map(([child, parent]) => [`d${child}`, { parent: `d${parent}`, evidence: 'lldp' }]),
  ),
});

function act(lab: Lab, devices: readonly Device[], what: Deed): void {
  const nameOf = (which: number) => devices[which % devices.length]?.name as string;
  if (what.do === 'pass') lab.pass(what.seconds);
  else if (what.do === 'lose') lab.presence(nameOf(what.which), nameOf(what.which) === 'gw' ? 'lost' : 'unreachable');
  else if (what.do === 'find') lab.presence(nameOf(what.which), 'online');
  else if (what.do === 'topology') lab.send(told(what.parents));
  else if (what.do === 'battery') lab.report('ups', [{ m: 'upsd', f: { status_flags: what.isOn ? 16 : 8 } }]);
  else if (what.do === 'backup') lab.report('gw', [{ m: 'wan_path', f: { on_backup: what.isOn ? 1 : 0 } }]);
  else lab.report(nameOf(what.which), [], [{ check: 'pos', status: what.isOk ? 'ok' : 'critical' }]);
}

const deeds = fc.array(deed, { maxLength: 40 });
const lastTold = (all: readonly Deed[]) => all.findLast((what) => what.do === 'topology');

describe('whatever happens in a tree', () => {
  it('no cause has two open incidents, and every firing alert is in exactly one', () => {
    fc.assert(
      fc.property(tree, deeds, (devices, all) => {
        const lab = labOf(devices);
        for (const what of all) {
          act(lab, devices, what);
          const open = causes(lab);
          expect(new Set(open.map(({ target }) => target)).size).toBe(open.length);
          const firing = devicesOf(lab.state, STORE, lab.now).flatMap(({ alerts }) =>
            alerts.filter(({ state }) => state === 'firing').map(({ key }) => key),
          );
          expect(open.flatMap((each) => each.firing).sort()).toEqual(firing.sort());
        }
      }),
      { numRuns: runs(150) },
    );
  });

  it('every incident closes when its evidence is gone', () => {
    fc.assert(
      fc.property(tree, deeds, (devices, all) => {
        const lab = labOf(devices);
        for (const what of all) act(lab, devices, what);
        act(lab, devices, { do: 'battery', isOn: false });
        act(lab, devices, { do: 'backup', isOn: false });
        for (const { name } of devices) lab.presence(name, 'online');
        for (const { name } of devices) lab.report(name, [], [{ check: 'pos', status: 'ok' }]);
        live(lab, devices, new Set(), 200);
        expect(causes(lab)).toEqual([]);
      }),
      { numRuns: runs(100) },
    );
  });

  it('a restart at any point changes nothing in what follows', () => {
    fc.assert(
      fc.property(tree, deeds, deeds, (devices, before, after) => {
        const steady = labOf(devices);
        for (const what of before) act(steady, devices, what);
        const restarted = new Lab(pack, storeOf(devices));
        restarted.now = steady.now;
        const topology = lastTold(before);
        if (topology) restarted.send(told(topology.parents));
        const saved = steady.rows.get(STORE);
        if (saved !== undefined) loadStore(restarted.state, STORE, saved);
        const tell = (lab: Lab, from: number) => ({
          incidents: lab.effects.slice(from).filter(({ kind }) => kind === 'incident'),
          devices: devicesOf(lab.state, STORE, lab.now).map(({ lastReportAt: _, ...view }) => view),
          tile: tileOf(lab.state, STORE, lab.now),
        });
        const from = [steady.effects.length, restarted.effects.length] as const;
        for (const lab of [steady, restarted]) {
          lab.send({ kind: 'started' });
          for (const what of after) act(lab, devices, what);
        }
        expect(tell(restarted, from[1])).toEqual(tell(steady, from[0]));
      }),
      { numRuns: runs(150) },
    );
  });

  it('a clock that is set moves no cause', () => {
    fc.assert(
      fc.property(tree, deeds, fc.constantFrom(-7_200, -61, 47, 2_592_000), (devices, all, seconds) => {
        const [steady, set] = [labOf(devices), labOf(devices)];
        for (const [at, what] of all.entries()) {
          if (at % 5 === 2) set.setClock(at % 10 === 2 ? seconds : -seconds);
          for (const lab of [steady, set]) {
            act(lab, devices, what);
            lab.pass(0);
          }
          expect(sorted(set)).toEqual(sorted(steady));
          expect(tileOf(set.state, STORE, set.now)?.tile.conditions).toEqual(
            tileOf(steady.state, STORE, steady.now)?.tile.conditions,
          );
        }
      }),
      { numRuns: runs(150) },
    );
  });
});
