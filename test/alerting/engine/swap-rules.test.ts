import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { devicesOf, loadStore, openIncidents, tileOf } from '../../../alerting/engine/engine.ts';
import { DEFAULT_JUDGEMENT } from '../../../alerting/engine/judgement.ts';
import type { Rule, RulePack, Transition } from '../../../alerting/engine/types.ts';
import { lossAt } from '../../../protocol/counting.ts';
import type { Store } from '../../../protocol/inventory.ts';
import type { StoreKey } from '../../../protocol/names.ts';
import { composite, forecast, keyOf, Lab, packOf, silence, status, storeOf, threshold, till } from './lab.ts';

const swap = (lab: Lab, ...rules: Rule[]) => lab.send({ kind: 'rules', pack: packOf(...rules) });
const open = (lab: Lab) => [...openIncidents(lab.state)];
const alertsOf = (lab: Lab) => devicesOf(lab.state, 'chain/lyon', lab.now).flatMap(({ alerts }) => alerts);

function heard(...rules: Rule[]): Lab {
  const lab = new Lab(packOf(...rules), storeOf([till(1)]));
  lab.presence('till-1', 'birth');
  return lab;
}

/** Reports the same value every 30 s for so long. */
function last(lab: Lab, value: number, seconds: number): void {
  for (let left = seconds; left > 0; left -= 30) {
    lab.disk('till-1', value);
    lab.pass(30);
  }
  lab.disk('till-1', value);
}

const missed = (afterS: number) => threshold({ noData: { does: 'alert', afterS } });

/** More stores than have their turn at once, all of them well; the last of them waits the longest. */
function wellStores(intervalS: number, ...rules: Rule[]): { lab: Lab; told: () => (string | undefined)[] } {
  const names = Array.from({ length: 250 }, (_, at) => `s${at}`);
  const lab = new Lab(packOf(...rules), ...names.map((name) => storeOf([till(1)], { name })));
  for (const name of ['s0', 's249']) lab.presence(`${name}/till-1`, 'birth', intervalS);
  lab.pass(10);
  return { lab, told: () => open(lab).map(({ cause }) => cause.target) };
}

describe('when the rules change', () => {
  it.each<[string, number, Rule, Rule, boolean]>([
    ['fall silent sooner', 10, silence({ intervals: 400 }), silence({ intervals: 3 }), false],
    ['fall silent after a word', 10, silence({ intervals: 400 }), silence({ intervals: 3 }), true],
    ['be missed for their readings', 3_600, missed(36_000), missed(60), false],
    ['be missed after a word', 3_600, missed(36_000), missed(60), true],
  ])('stores that were to be left alone for long %s, the last as the first', (_, intervalS, before, after, isHeard) => {
    const { lab, told } = wellStores(intervalS, before);
    const report = () => ['s0', 's249'].forEach((name) => void lab.disk(`${name}/till-1`, 10));
    report();
    swap(lab, after);
    // Heard of before its turn, it is judged by them from then on.
    if (isHeard) report();
    lab.pass(240);
    expect(told().sort()).toEqual(['chain/s0/till-1', 'chain/s249/till-1']);
  });

  it('an alert goes on under the new limits of its rule, in the same incident', () => {
    const lab = heard(threshold());
    last(lab, 95, 30);
    const [before] = open(lab);
    expect(swap(lab, threshold({ raise: 98, clear: 60 })).transitions).toEqual([]);
    last(lab, 70, 60);
    expect(alertsOf(lab)).toMatchObject([{ state: 'firing' }]);
    last(lab, 55, 30);
    expect(lab.story()).toEqual([
      'ok > pending threshold.above',
      'pending > firing threshold.above',
      'firing > resolved threshold.cleared',
    ]);
    expect(open(lab).map(({ key }) => key)).toEqual([before?.key]);
  });

  it('a pending alert is judged by the new duration', () => {
    const lab = heard(threshold({ forS: 3_600 }));
    last(lab, 95, 60);
    expect(alertsOf(lab)).toMatchObject([{ state: 'pending' }]);
    swap(lab, threshold({ forS: 45 }));
    lab.disk('till-1', 95);
    expect(alertsOf(lab)).toMatchObject([{ state: 'firing' }]);
  });

  it('a silence that stands goes on, and one whose rule has another name joins the incident there is', () => {
    const lab = heard(silence());
    lab.presence('till-1', 'lost');
    lab.pass(10);
    const [before] = open(lab);
    expect(swap(lab, silence({ forS: 60 })).transitions).toEqual([]);
    swap(lab, silence({ id: 'mute' }));
    expect(lab.story().slice(2)).toEqual([
      'firing > resolved rule.gone',
      'ok > pending presence.lost',
      'pending > firing presence.lost',
    ]);
    expect(open(lab).map(({ key }) => key)).toEqual([before?.key]);
    lab.pass(3_600);
    expect(open(lab)).toHaveLength(1);
  });

  it('ends what no rule is about any more, and says so', () => {
    const gone: Record<string, Rule[]> = {
      'taken away': [],
      'for others': [threshold({ scope: { kinds: ['server'] } })],
      'of another reading': [threshold({ field: 'inodes_used_percent' })],
      'told apart otherwise': [threshold({ by: [] })],
      'the other way round': [threshold({ direction: 'below', raise: 1, clear: 2 })],
      'of another type': [status({ id: 'disk' })],
    };
    for (const [name, rules] of Object.entries(gone)) {
      const lab = heard(threshold());
      last(lab, 95, 30);
      swap(lab, ...rules);
      expect([name, lab.story().at(-1)]).toEqual([name, 'firing > resolved rule.gone']);
      lab.pass(60);
      expect(open(lab)).toEqual([]);
    }
  });

  it('as it does where they were changed while nobody judged', () => {
    for (const [rule, isKept] of [
      [threshold({ raise: 99 }), true],
      [threshold({ by: [] }), false],
      [threshold({ field: 'inodes_used_percent' }), false],
    ] as const) {
      const lab = heard(threshold());
      last(lab, 95, 30);
      const again = new Lab(packOf(rule), storeOf([till(1)]));
      again.now = lab.now;
      loadStore(again.state, 'chain/lyon', lab.rows.get('chain/lyon') ?? '');
      again.send({ kind: 'started' });
      expect(again.story()).toEqual(isKept ? [] : ['firing > resolved rule.gone']);
      again.pass(60);
      expect(open(again)).toHaveLength(isKept ? 1 : 0);
    }
  });

  it('a check that another rule judges now is told by that one', () => {
    const failing = [{ check: 'pos', status: 'critical' as const }];
    const lab = heard(status({ forS: 0 }));
    lab.report('till-1', [], failing);
    swap(lab, status({ forS: 0, except: ['pos'] }), status({ id: 'pos', check: ['pos'], forS: 0 }));
    lab.report('till-1', [], failing);
    expect(alertsOf(lab).map(({ rule, state }) => [rule, state])).toEqual([['pos', 'firing']]);
    expect(open(lab)).toHaveLength(1);
  });

  it('what is graver or less grave now says so; what flaps alone stays a warning', () => {
    const lab = heard(threshold({ severity: 'warning' }));
    last(lab, 95, 30);
    const { effects } = swap(lab, threshold({ severity: 'critical' }));
    expect(alertsOf(lab)).toMatchObject([{ state: 'firing', severity: 'critical' }]);
    expect(effects).toContainEqual(expect.objectContaining({ kind: 'incident', desk: 'update' }));
    expect(open(lab)).toMatchObject([{ severity: 'critical' }]);
    const flapping = heard(status({ forS: 300 }));
    for (let turn = 0; turn < 20; turn++) {
      flapping.report('till-1', [], [{ check: 'pos', status: turn % 2 ? 'ok' : 'critical' }]);
      flapping.pass(30);
    }
    expect(alertsOf(flapping)).toMatchObject([{ flapping: true, severity: 'warning' }]);
    expect(swap(flapping, status({ forS: 200 })).transitions).toEqual([]);
    expect(alertsOf(flapping)).toMatchObject([{ flapping: true, severity: 'warning' }]);
  });

  it('a window that is as long keeps its readings, another begins anew', () => {
    const window = { aggregate: 'avg', seconds: 300, coverage: 0.8 } as const;
    const rule = threshold({ window, forS: 0 });
    const kept = heard(rule);
    const anew = heard(rule);
    for (const lab of [kept, anew]) last(lab, 85, 270);
    swap(kept, { ...rule, raise: 80, clear: 70 });
    swap(anew, { ...rule, raise: 80, clear: 70, window: { ...window, seconds: 240 } });
    for (const lab of [kept, anew]) lab.disk('till-1', 85);
    expect([kept, anew].map((lab) => alertsOf(lab).length)).toEqual([1, 0]);
  });

  it('readings kept for a forecast are kept for another limit', () => {
    const lab = heard(forecast({ limit: 1_000, withinS: 60, clearBeyondS: 120, forS: 0 }));
    for (let hour = 0; hour < 48; hour++) {
      lab.disk('till-1', 20 + hour);
      lab.pass(3_600);
      lab.presence('till-1', 'online');
    }
    swap(lab, forecast({ forS: 0, limit: 80 }));
    lab.disk('till-1', 68);
    lab.pass(30);
    expect(alertsOf(lab)).toMatchObject([{ rule: 'foreseen' }]);
  });

  it('a group keeps its incident while its members and its shares change', () => {
    const down = composite({ scope: { kinds: ['till'] }, forS: 0 });
    const lab = new Lab(packOf(silence(), down), storeOf([till(1), till(2), till(3), { name: 'srv', kind: 'server' }]));
    for (const name of ['till-1', 'till-2', 'till-3', 'srv']) lab.presence(name, 'birth');
    for (const name of ['till-1', 'till-2']) lab.presence(name, 'lost');
    lab.pass(60);
    const before = open(lab).map(({ key }) => key);
    expect(before).toHaveLength(1);
    swap(lab, silence(), composite({ scope: { kinds: ['till', 'server'] }, forS: 0, raise: 60 }));
    lab.pass(60);
    expect(open(lab).map(({ key }) => key)).toEqual(before);
    swap(lab, silence());
    expect(lab.story()).toContain('firing > resolved rule.gone');
    expect(new Set(open(lab).map(({ cause }) => cause.target)).size).toBe(open(lab).length);
  });

  it('asks what agents told before any rule asked for it', () => {
    const lab = heard(threshold());
    lab.send({ kind: 'observed', device: keyOf('till-1'), attributes: { os: 'Windows 10' } });
    last(lab, 95, 30);
    const asking = (os: string) => threshold({ scope: { attributes: { 'observed.os': [os] } } });
    expect(swap(lab, asking('windows*')).transitions).toEqual([]);
    expect(swap(lab, asking('linux*')).transitions).toMatchObject([{ alert: { state: 'resolved' } }]);
  });

  it('what was agreed before counts up to now, what is agreed now from now on', () => {
    const costing = (perLaneMinute: number, restore: number): RulePack => ({
      ...packOf(silence()),
      judgement: {
        ...DEFAULT_JUDGEMENT,
        contracts: [{ targetsS: { respond: {}, restore: { 1: restore, 2: restore } }, escalateAt: [50, 75, 100] }],
        sales: [{ perLaneMinute, currency: 'EUR' }],
      },
    });
    const lab = new Lab(costing(1, 3_600), storeOf([till(1)]));
    lab.presence('till-1', 'birth');
    lab.presence('till-1', 'lost');
    lab.pass(605);
    const cost = () => {
      const { loss } = open(lab)[0] ?? {};
      return (loss && lossAt(loss, lab.now).money?.lost) ?? Number.NaN;
    };
    const until = cost();
    expect(until).toBeGreaterThan(9);
    lab.send({ kind: 'rules', pack: costing(10, 7_200) });
    expect(cost()).toBeCloseTo(until);
    lab.pass(60);
    expect(cost()).toBeCloseTo(until + 10);
    const [incident] = open(lab);
    expect(incident?.restoreBy).toBe((incident?.openedAt ?? 0) + 7_200_000);
    expect(incident?.clocks?.restore).toMatchObject({ targetMs: 7_200_000 });
  });

  describe('in many stores', () => {
    const many = Array.from({ length: 350 }, (_, at) => storeOf([till(1)], { name: `s${at}` }));
    const full = () => {
      const lab = new Lab(packOf(threshold({ forS: 0 }), silence({ forS: 60 })), ...many);
      for (const { name } of many) {
        lab.presence(`${name}/till-1`, 'birth');
        lab.disk(`${name}/till-1`, 95);
      }
      return lab;
    };
    const ended = (lab: Lab) => lab.story().filter((one) => one.endsWith('rule.gone')).length;

    it('they have their turn some at a time, all of them soon, and each once', () => {
      const lab = full();
      expect(open(lab)).toHaveLength(350);
      swap(lab, silence({ forS: 60 }));
      const turns = [ended(lab)];
      for (let at = 0; at < 10; at++) {
        lab.pass(0.05);
        turns.push(ended(lab));
      }
      const most = Math.max(...turns.map((count, at) => count - (turns[at - 1] ?? 0)));
      expect(most).toBeLessThanOrEqual(100);
      expect([turns[0] ?? 0, turns.at(-1)]).toEqual([100, 350]);
      lab.pass(60);
      expect([ended(lab), open(lab)]).toEqual([350, []]);
    });

    it('one that says something is judged by the new ones from that moment', () => {
      const lab = full();
      swap(lab, threshold({ forS: 0, clearForS: 0, raise: 98, clear: 96 }), silence({ forS: 0 }));
      const fired = () => open(lab).flatMap(({ cause, alerts }) => alerts.map(({ rule }) => `${cause.target} ${rule}`));
      lab.presence('s349/till-1', 'lost');
      expect(fired().filter((one) => one.endsWith('silent'))).toEqual(['chain/s349/till-1 silent']);
      lab.disk('s348/till-1', 85);
      expect(lab.transitions.at(-1)).toMatchObject({
        from: 'firing',
        alert: { device: 'chain/s348/till-1', state: 'resolved', reason: { code: 'threshold.cleared' } },
      });
    });

    it('changed twice, a store goes over to the last ones only', () => {
      const lab = full();
      swap(lab, silence({ forS: 60 }));
      swap(lab, threshold({ forS: 0 }), silence({ forS: 60 }));
      lab.pass(60);
      expect(ended(lab)).toBe(100);
      expect(open(lab)).toHaveLength(250);
    });
  });

  it('rules that say the same change nothing', () => {
    const lab = heard(threshold(), silence());
    last(lab, 95, 30);
    expect(swap(lab, threshold(), silence())).toEqual({ transitions: [], effects: [] });
  });
});

const base = [
  silence({ id: 'lane', scope: { kinds: ['till'] }, hours: 'open' }),
  silence({ id: 'core', scope: { kinds: ['gateway', 'server'] }, forS: 8 }),
  threshold({ forS: 20, clearForS: 10 }),
  threshold({ id: 'warm', raise: 70, clear: 60, forS: 0, clearForS: 0, severity: 'warning', urgency: 3 }),
  status({ forS: 10, clearForS: 10 }),
  composite({ scope: { kinds: ['till'] }, forS: 8, clearForS: 8 }),
];
/** Of every rule, what somebody may make of it; undefined takes it away. */
const variants: readonly (readonly (Rule | undefined)[])[] = [
  [silence({ id: 'lane', scope: { kinds: ['till'] }, forS: 30 }), silence({ id: 'all' }), undefined],
  [silence({ id: 'core', scope: { kinds: ['gateway'] } }), undefined],
  [threshold({ forS: 0 }), threshold({ raise: 80, clear: 70 }), threshold({ by: [] }), undefined],
  [
    threshold({ id: 'warm', raise: 90, clear: 60, severity: 'critical' }),
    threshold({ id: 'hot', raise: 70, clear: 60 }),
  ],
  [status({ raise: ['critical', 'unknown'] }), status({ check: ['other'] }), undefined],
  [composite({ scope: { kinds: ['till', 'server'] }, forS: 0 }), composite({ of: 'lanes' }), undefined],
];
const gateway = { name: 'gw', kind: 'gateway' } as const;
const stores: Store[] = [
  storeOf([gateway, till(1, { gateway: 'gw' }), till(2, { gateway: 'gw' })], { name: 'behind' }),
  storeOf([{ name: 'server', kind: 'server' }, till(1), till(2)], { name: 'own', hours: { mon: ['10:01-12:00'] } }),
];
/** Before these stores have their turn by themselves, a hundred others may have theirs. */
const crowd = fc
  .constantFrom(0, 0, 100)
  .map((size) => [...Array.from({ length: size }, (_, at) => storeOf([], { name: `other-${at}` })), ...stores]);
const names = stores.flatMap(({ name, devices }) => devices.map((device) => `${name}/${device.name}`));

type Deed = (lab: Lab) => void;
const name = fc.constantFrom(...names);
const evidence = fc.constantFrom('birth', 'online', 'lost', 'stopped', 'unreachable');
const deed: fc.Arbitrary<Deed> = fc.oneof(
  fc.constantFrom(0.5, 3, 5, 10, 40, 95).map((seconds) => (lab: Lab) => lab.pass(seconds)),
  fc.tuple(name, evidence).map(
    ([device, what]) =>
      (lab: Lab) =>
        void lab.presence(device, what),
  ),
  fc
    .tuple(name, fc.constantFrom(10, 75, 85, 95), fc.constantFrom('ok', 'critical', 'unknown'))
    .map(([device, used_percent, said]) => (lab: Lab) => {
      lab.report(device, [{ m: 'disk', t: { path: '/' }, f: { used_percent } }], [{ check: 'pos', status: said }]);
    }),
);
const deeds = fc.array(deed, { maxLength: 40 });
const changed: fc.Arbitrary<RulePack> = fc
  .tuple(...variants.map((all, at) => fc.constantFrom(base[at], base[at], ...all)))
  .map((rules) => {
    const left = rules.filter((rule) => rule !== undefined);
    return packOf(...left.filter((rule, at) => left.findIndex(({ id }) => id === rule.id) === at));
  });

/** Every open incident has a cause of its own; every alert of a device that fires is in exactly one. */
function expectWhole(lab: Lab): void {
  const all = open(lab);
  expect(new Set(all.map(({ cause }) => cause.target)).size).toBe(all.length);
  const held = all.flatMap(({ alerts }) =>
    alerts.filter(({ state, device }) => state === 'firing' && device.split('/').length > 2).map(({ key }) => key),
  );
  const firing = stores.flatMap((store) =>
    devicesOf(lab.state, `chain/${store.name}`, lab.now).flatMap(({ alerts }) =>
      alerts.filter(({ state }) => state === 'firing').map(({ key }) => key),
    ),
  );
  expect(held.sort()).toEqual(firing.sort());
}

fc.configureGlobal({ seed: 20260606 });

describe('whatever happens before and after rules change', () => {
  it('no cause has two open incidents, no ticket is opened twice, and all ends with its evidence', () => {
    fc.assert(
      fc.property(crowd, deeds, changed, deeds, changed, deeds, (all, one, first, two, second, three) => {
        const lab = new Lab(packOf(...base), ...all);
        const steps: Deed[] = [
          ...one,
          (it) => void it.send({ kind: 'rules', pack: first }),
          ...two,
          (it) => void it.send({ kind: 'rules', pack: second }),
          ...three,
        ];
        for (const act of steps) {
          act(lab);
          expectWhole(lab);
        }
        const opened = lab.effects.flatMap((effect) =>
          effect.kind === 'incident' && effect.desk === 'open' ? [effect.incident.key] : [],
        );
        expect(new Set(opened).size).toBe(opened.length);
        lab.pass(120);
        for (const device of names) lab.presence(device, 'online');
        for (let round = 0; round < 50; round++) {
          for (const device of names) {
            lab.report(
              device,
              [{ m: 'disk', t: { path: '/' }, f: { used_percent: 10 } }],
              [
                { check: 'pos', status: 'ok' },
                { check: 'other', status: 'ok' },
              ],
            );
          }
          lab.pass(15);
        }
        expect(open(lab)).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });

  it('a restart after it goes on the same', () => {
    fc.assert(
      fc.property(crowd, deeds, changed, deeds, (all, before, pack, after) => {
        const steady = new Lab(packOf(...base), ...all);
        for (const act of before) act(steady);
        steady.send({ kind: 'rules', pack });
        const born = new Lab(pack);
        for (const store of all) born.define(store);
        born.now = steady.now;
        for (const [key, row] of steady.rows) loadStore(born.state, key, row);
        const marks = [steady, born].map((lab) => lab.transitions.length);
        for (const lab of [steady, born]) {
          lab.send({ kind: 'started' });
          for (const act of after) act(lab);
        }
        const told = ({ transitions }: Lab, from = 0) =>
          stores.map((store) => {
            const key: StoreKey = `chain/${store.name}`;
            // What nobody was told of and nothing judges any more is not even loaded.
            const isForgotten = ({ from, alert }: Transition) =>
              from === 'pending' && alert.reason.code === 'rule.gone';
            const own = transitions.slice(from).filter(({ alert }) => `${alert.device}/`.startsWith(`${key}/`));
            return own.filter((one) => !isForgotten(one));
          });
        expect(told(born, marks[1])).toEqual(told(steady, marks[0]));
        const look = (lab: Lab) => stores.map(({ name }) => tileOf(lab.state, `chain/${name}`, lab.now));
        expect(look(born)).toEqual(look(steady));
      }),
      { numRuns: 150 },
    );
  });

  it('alerts of rules that were not touched are as if nothing had been changed', () => {
    const unread = [threshold({ id: 'unread', measurement: 'mem' }), status({ id: 'unheard', check: ['none'] })];
    const warmer = base.map((rule) => (rule.id === 'warm' ? threshold({ id: 'warm', raise: 80, clear: 50 }) : rule));
    fc.assert(
      fc.property(crowd, deeds, deeds, fc.boolean(), (all, before, after, isTouched) => {
        const [steady, swapped] = [new Lab(packOf(...base), ...all), new Lab(packOf(...base), ...all)];
        for (const lab of [steady, swapped]) {
          for (const act of before) act(lab);
          lab.pass(0);
        }
        swapped.send({ kind: 'rules', pack: packOf(...unread, ...(isTouched ? warmer : base)) });
        for (const lab of [steady, swapped]) for (const act of after) act(lab);
        // Of several stores that are due at once, any may come first.
        const told = ({ transitions }: Lab) =>
          stores.map(({ name }) =>
            transitions.flatMap(({ alert, from, at }) =>
              !alert.key.startsWith(`chain/${name}`) || (isTouched && alert.rule === 'warm')
                ? []
                : [[at, alert.key, from, alert.state, alert.since, alert.reason]],
            ),
          );
        expect(told(swapped)).toEqual(told(steady));
        const byKey = (lab: Lab) => open(lab).sort((a, b) => (a.key < b.key ? -1 : 1));
        if (!isTouched) expect(byKey(swapped)).toEqual(byKey(steady));
      }),
      { numRuns: 150 },
    );
  });
});
