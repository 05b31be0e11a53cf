import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import { devicesOf, tileOf } from '../../alerting/engine/engine.ts';
import type { RulePack } from '../../alerting/engine/types.ts';
import { parseRulePack } from '../../alerting/rules/parse-rule-pack.ts';
import { defaultRulePackPath, readRulePack } from '../../alerting/rules/read-rule-pack.ts';
import { burntMsOf, lossAt } from '../../protocol/counting.ts';
import type { Store } from '../../protocol/inventory.ts';
import type { MajorIncident } from '../../protocol/majors.ts';
import { type DeviceKey, nameOf } from '../../protocol/names.ts';
import type { Incident } from '../../protocol/views.ts';
import { type Moment, parseScenario, type Scenario, toMs, toSpan } from './scenario.ts';
import { World } from './world.ts';

const folder = join(import.meta.dirname, 'timelines');
/** Nothing is agreed: most time lines are not about clocks. */
const { judgement: _, ...pack } = readRulePack(defaultRulePackPath);

describe('time lines', () => {
  for (const file of readdirSync(folder).sort()) {
    const scenario = parseScenario(readFileSync(join(folder, file), 'utf8'));
    it(`${file}: ${scenario.title}`, () => play(scenario));
    // Opening hours go by the clock, whatever it says.
    const hasHours = scenario.stores.some(({ hours }) => hours) || hasServiceHours(scenario);
    if (hasHours || scenario.timeline.some(({ clock, maintenance }) => clock || maintenance)) continue;
    it(`${file}, while somebody plays with the clock`, () => play(scenario, ['+2h', '-26h', '-7s', '+720h', '-3h3s']));
  }
});

const hasServiceHours = ({ judgement }: Scenario): boolean =>
  judgement !== undefined &&
  judgement !== 'default' &&
  (judgement.contracts ?? []).some(({ serviceHours }) => typeof serviceHours === 'object');

/** The default pack, with the scenario's rules before its own and the scenario's judgement in the place of its own. */
function packOf({ rules = [], judgement, groups = {}, overrides }: Scenario): RulePack {
  if (rules.length === 0 && judgement === undefined && overrides === undefined) return pack;
  const written = parse(readFileSync(defaultRulePackPath, 'utf8')) as { rules: unknown[]; judgement: unknown };
  const judging = judgement === 'default' ? written.judgement : (judgement ?? {});
  return parseRulePack(
    stringify({
      ...written,
      judgement: judging,
      rules: [...rules, ...written.rules],
      groups,
      ...(overrides && { overrides }),
    }),
    'scenario',
  );
}

/** `clocks`: how the clock is set before what happens at the moments, one after the other. */
function play(scenario: Scenario, clocks: readonly string[] = []): void {
  const world = new World(
    packOf(scenario),
    scenario.stores.flatMap(({ copies: count, ...store }) => copies(store, count ?? scenario.copies)),
    Date.parse(scenario.start),
    toMs(scenario.every ?? '30s'),
  );
  for (const [index, moment] of scenario.timeline.entries()) {
    world.runUntil(world.startAt + toMs(moment.at));
    const clock = clocks[index % clocks.length];
    if (clock !== undefined) world.setClock(toMs(clock));
    happen(world, moment);
    // What is due at this very moment happens before it is looked at.
    world.runUntil(world.now);
    if (moment.expect) check(world, moment, moment.expect);
  }
  if (scenario.log) expect(world.log).toEqual(scenario.log);
}

function happen(world: World, moment: Moment): void {
  for (const [name, attributes] of Object.entries(moment.observed ?? {})) {
    for (const device of world.devices([name])) world.observe(device, attributes);
  }
  if (moment.maintenance) world.plan(moment.maintenance);
  if (moment.define) world.define(moment.define);
  for (const [store, parents] of Object.entries(moment.topology ?? {})) world.connect(store, parents);
  if (moment.remove) world.remove(moment.remove);
  const clockMs = toMs(moment.clock ?? '0s');
  if (moment.restart) world.restart(toMs(moment.restart), clockMs);
  else if (clockMs !== 0) world.setClock(clockMs);
  for (const evidence of ['lost', 'stopped', 'unreachable'] as const) {
    const devices = world.devices(moment[evidence] ?? []);
    world.mute(devices);
    for (const device of devices) world.presence(device, evidence, moment.seen);
  }
  if (moment.mute) world.mute(world.devices(moment.mute));
  if (moment.start) world.start(world.devices(moment.start));
  for (const [name, points] of Object.entries(moment.reads ?? {})) {
    for (const device of world.devices([name])) world.say(device, { points });
  }
  for (const [name, statuses] of Object.entries(moment.says ?? {})) {
    for (const device of world.devices([name])) world.say(device, { statuses });
  }
  for (const [name, perHour] of Object.entries(moment.sells ?? {})) {
    for (const device of world.devices([name])) world.sell(device, perHour);
  }
  for (const [name, isStaffed] of Object.entries(moment.staffed ?? {})) {
    for (const device of world.devices([name])) world.staff(device, isStaffed);
  }
  for (const [name, points] of Object.entries(moment.late ?? {})) {
    for (const device of world.devices([name])) {
      world.apply({ kind: 'report', device, at: world.now - 3_600_000, late: true, points, statuses: [] });
    }
  }
  for (const [name, ages] of Object.entries(moment.kept ?? {})) {
    for (const device of world.devices([name])) {
      for (const age of ages) {
        world.apply({ kind: 'report', device, at: world.now - toMs(age), late: true, points: [], statuses: [] });
      }
    }
  }
  const incidentOf = (target: string) => {
    const found = world.openIncidents().find((incident) => world.tell(incident).startsWith(`${target} `));
    if (!found) throw new Error(`no open incident of ${target}`);
    return found.key;
  };
  if (moment.acknowledge) world.apply({ kind: 'acknowledge', incident: incidentOf(moment.acknowledge), by: 'Inès' });
  if (moment.comment) world.apply({ kind: 'comment', incident: incidentOf(moment.comment), by: 'Inès', text: 'on it' });
}

function check(world: World, { at }: Moment, expected: NonNullable<Moment['expect']>): void {
  for (const [name, tile] of Object.entries(expected.tiles ?? {})) {
    const seen = tileOf(world.state, world.storeKey(name), world.now)?.tile;
    const told = tile.includes(' ') ? `${seen?.state} ${seen?.pips}` : seen?.state;
    expect(`${at} ${name} ${told}`).toBe(`${at} ${name} ${tile}`);
  }
  for (const [name, state] of Object.entries(expected.devices ?? {})) {
    for (const device of world.devices([name])) {
      const store = device.slice(0, device.lastIndexOf('/')) as `${string}/${string}`;
      const seen = devicesOf(world.state, store, world.now).find(({ key }) => key === device);
      expect(`${at} ${device} ${seen?.state}`).toBe(`${at} ${device} ${state}`);
    }
  }
  const incidentOf = (target: string) =>
    world.openIncidents().find((open) => world.tell(open).startsWith(`${target} `));
  for (const [target, clocks] of Object.entries(expected.clocks ?? {})) {
    expect(`${at} ${target}: ${tellClocks(incidentOf(target), world.now)}`).toBe(`${at} ${target}: ${clocks}`);
  }
  for (const [target, by] of Object.entries(expected.due ?? {})) {
    const restoreBy = incidentOf(target)?.restoreBy ?? Number.NaN;
    expect(`${at} ${target}: ${new Date(restoreBy).toISOString()}`).toBe(`${at} ${target}: ${by}`);
  }
  for (const [target, lost] of Object.entries(expected.lost ?? {})) {
    expect(`${at} ${target}: ${tellLoss(incidentOf(target), world.now)}`).toBe(`${at} ${target}: ${lost}`);
  }
  for (const [name, conditions] of Object.entries(expected.conditions ?? {})) {
    const seen = tileOf(world.state, world.storeKey(name), world.now)?.tile.conditions ?? [];
    expect([at, name, ...seen]).toEqual([at, name, ...conditions]);
  }
  if (expected.folds) expect([at, ...world.openIncidents().map(tellFold)]).toEqual([at, ...expected.folds]);
  if (expected.majors) expect([at, ...world.openMajors().map(tellMajor)]).toEqual([at, ...expected.majors]);
  if (expected.count !== undefined) expect(world.openIncidents().length).toBe(expected.count);
  if (!expected.incidents) return;
  expect([at, ...world.openIncidents().map((incident) => world.tell(incident))]).toEqual([at, ...expected.incidents]);
}

/** As somebody who counts along sees them. */
function tellClocks(incident: Incident | undefined, now: number): string {
  const told = Object.entries(incident?.clocks ?? {}).map(([name, clock]) => {
    const { targetMs = 0, runs, level, stoppedAt } = clock;
    const burnt = `${toSpan(burntMsOf(clock, now))}/${toSpan(targetMs)}`;
    const state = stoppedAt === undefined ? (runs ? '' : ' paused') : ' stopped';
    return `${name} ${burnt}${state}${level ? ` N${level}` : ''}${clock.breached ? ' breached' : ''}`;
  });
  return told.length === 0 ? 'none' : told.join(', ');
}

function tellLoss(incident: Incident | undefined, now: number): string {
  if (!incident?.loss) return 'nothing';
  const { laneMs, blindMs, money } = lossAt(incident.loss, now);
  const minutes = `${laneMs / 60_000} + ${blindMs / 60_000}`;
  return money ? `${minutes} ${money.lost} ${money.currency}` : minutes;
}

const tellFold = ({ fold: { code, params = {} } }: Incident): string =>
  [code, ...Object.entries(params).map(([name, value]) => `${name}=${nameOf(`${value}` as DeviceKey)}`)].join(' ');

const tellMajor = ({ cause, priority, state, storesOpen, stores }: MajorIncident): string =>
  `${cause.kind === 'storm' ? 'storm' : `${cause.attribute}=${cause.value}`} P${priority} ${state} ${storesOpen}/${stores}`;

function copies(store: Store, count: number | undefined): Store[] {
  if (count === undefined) return [store];
  return Array.from({ length: count }, (_, index) => ({ ...store, name: `${store.name}-${index + 1}` }));
}
