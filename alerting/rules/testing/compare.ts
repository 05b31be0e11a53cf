import { burntMsOf, lossAt } from '../../../protocol/counting.ts';
import type { MajorIncident } from '../../../protocol/majors.ts';
import { type DeviceKey, nameOf } from '../../../protocol/names.ts';
import type { Incident } from '../../../protocol/views.ts';
import { devicesOf, tileOf } from '../../engine/engine.ts';
import type { Moment } from './scenario.ts';
import { toSpan } from './spans.ts';
import type { World } from './world.ts';

/** Something that did not come as expected. */
export interface Difference {
  /** The moment, as it is written; empty of the whole. */
  at: string;
  /** What of it: `incidents`, `tiles lyon`, … */
  what: string;
  expected: readonly string[];
  found: readonly string[];
}

/** How the world as it is now differs from what was expected of it. */
export function compare(world: World, at: string, expected: NonNullable<Moment['expect']>): Difference[] {
  const all: Difference[] = [];
  const look = (what: string, wanted: readonly string[], found: readonly string[]) =>
    all.push(...differ(at, what, wanted, found));
  const each = <Value>(part: Record<string, Value> | undefined, tell: (name: string, value: Value) => void) => {
    for (const [name, value] of Object.entries(part ?? {})) tell(name, value);
  };
  each(expected.tiles, (name, tile) => {
    const seen = tileOf(world.state, world.storeKey(name), world.now)?.tile;
    look(`tiles ${name}`, [tile], [tile.includes(' ') ? `${seen?.state} ${seen?.pips}` : `${seen?.state}`]);
  });
  each(expected.devices, (name, state) => {
    for (const device of world.devices([name])) {
      const store = device.slice(0, device.lastIndexOf('/')) as `${string}/${string}`;
      const seen = devicesOf(world.state, store, world.now).find(({ key }) => key === device);
      look(`devices ${world.short(device)}`, [state], [`${seen?.state}`]);
    }
  });
  each(expected.clocks, (target, clocks) => look(`clocks ${target}`, [clocks], [tellClocks(world, target)]));
  each(expected.due, (target, by) => look(`due ${target}`, [by], [tellDue(world.incidentOf(target))]));
  each(expected.lost, (target, lost) => look(`lost ${target}`, [lost], [tellLoss(world, target)]));
  each(expected.conditions, (name, conditions) =>
    look(`conditions ${name}`, conditions, tileOf(world.state, world.storeKey(name), world.now)?.tile.conditions ?? []),
  );
  const open = world.openIncidents();
  if (expected.alerts) look('alerts', [...expected.alerts].sort(), alertsOf(world));
  if (expected.folds) look('folds', expected.folds, open.map(tellFold));
  if (expected.majors) look('majors', expected.majors, world.openMajors().map(tellMajor));
  if (expected.count !== undefined) look('count', [`${expected.count}`], [`${open.length}`]);
  if (expected.incidents)
    look(
      'incidents',
      expected.incidents,
      open.map((incident) => world.tell(incident)),
    );
  return all;
}

export function differ(at: string, what: string, expected: readonly string[], found: readonly string[]): Difference[] {
  const isSame = expected.length === found.length && expected.every((line, index) => line === found[index]);
  return isSame ? [] : [{ at, what, expected, found }];
}

/** Of the devices; of groups what fires, as part of an incident. */
function alertsOf(world: World): string[] {
  const stores = new Set<string>(world.devices('all').map((device) => device.slice(0, device.lastIndexOf('/'))));
  const views = [...stores].flatMap((store) => devicesOf(world.state, store as `${string}/${string}`, world.now));
  const groups = world
    .openIncidents()
    .flatMap(({ alerts }) => alerts.filter(({ device, state }) => stores.has(device) && state === 'firing'))
    .map(({ device, rule, state }) => [world.short(device as DeviceKey), rule, state].join(' '));
  return views
    .flatMap(({ key, alerts }) =>
      alerts.map(({ rule, instance, state }) =>
        [world.short(key), rule, ...(instance ? [instance] : []), state].join(' '),
      ),
    )
    .concat(groups)
    .sort();
}

/** As somebody who counts along sees them. */
function tellClocks(world: World, target: string): string {
  const told = Object.entries(world.incidentOf(target)?.clocks ?? {}).map(([name, clock]) => {
    const { targetMs = 0, runs, level, stoppedAt } = clock;
    const burnt = `${toSpan(burntMsOf(clock, world.now))}/${toSpan(targetMs)}`;
    const state = stoppedAt === undefined ? (runs ? '' : ' paused') : ' stopped';
    return `${name} ${burnt}${state}${level ? ` N${level}` : ''}${clock.breached ? ' breached' : ''}`;
  });
  return told.length === 0 ? 'none' : told.join(', ');
}

const tellDue = (incident: Incident | undefined): string =>
  incident?.restoreBy === undefined ? 'never' : new Date(incident.restoreBy).toISOString();

function tellLoss(world: World, target: string): string {
  const loss = world.incidentOf(target)?.loss;
  if (!loss) return 'nothing';
  const { laneMs, blindMs, money } = lossAt(loss, world.now);
  const minutes = `${laneMs / 60_000} + ${blindMs / 60_000}`;
  return money ? `${minutes} ${money.lost} ${money.currency}` : minutes;
}

const tellFold = ({ fold: { code, params = {} } }: Incident): string =>
  [code, ...Object.entries(params).map(([name, value]) => `${name}=${nameOf(`${value}` as DeviceKey)}`)].join(' ');

const tellMajor = ({ cause, priority, state, storesOpen, stores }: MajorIncident): string =>
  `${cause.kind === 'storm' ? 'storm' : `${cause.attribute}=${cause.value}`} P${priority} ${state} ${storesOpen}/${stores}`;
