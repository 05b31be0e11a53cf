import { expect, test } from 'vitest';
import { stringify } from 'yaml';
import { loadStore } from '../../../alerting/engine/engine.ts';
import { parseRulePack } from '../../../alerting/rules/parse-rule-pack.ts';
import type { CheckStatus } from '../../../protocol/status.ts';
import { keyOf, Lab, STORE, storeOf, till } from './lab.ts';

const base = {
  ...{ title: { fr: 'règle', en: 'rule' }, severity: 'warning', urgency: 3, hours: 'always' },
  ...{ for: '10 s', clearFor: '10 s' },
};
const disk = {
  ...base,
  ...{ id: 'disk', type: 'threshold', measurement: 'disk', field: 'used_percent', direction: 'above' },
  ...{ raise: 90, clear: 80 },
};
const busy = {
  ...base,
  ...{ id: 'busy', type: 'threshold', measurement: 'cpu', field: 'usage_active', direction: 'above' },
  ...{ raise: 90, clear: 80, window: '5 min', aggregate: 'avg', coverage: 10 },
};
const app = {
  ...base,
  id: 'app',
  type: 'status',
  check: ['app'],
  raise: ['critical'],
  noData: 'alert',
  after: '1 min',
};
const silent = { ...base, id: 'silent', type: 'silence', intervals: 3, stoppedFor: '5 min', for: '30 s' };
const foreseen = {
  ...base,
  ...{ id: 'foreseen', type: 'forecast', measurement: 'disk', field: 'used_percent', by: ['path'], limit: 95 },
  ...{ direction: 'rising', within: '1 d', clearBeyond: '2 d' },
};
const aps = { ...base, id: 'aps', type: 'composite', kinds: ['access-point'], when: 'down', raise: 50, clear: 25 };

const packWith = (...overrides: object[]) =>
  parseRulePack(
    stringify({
      ...{ settle: '15 s', quiet: '30 s', grace: '60 s' },
      ...{ rules: [disk, busy, app, silent, foreseen, aps], overrides },
      groups: { old: { attributes: { 'store.age': 'old' } } },
    }),
    'pack',
  );

const inOld = (rule: string, set: object) => ({ at: { group: 'old' }, rule, set });
const young = storeOf([till(1)]);
const old = storeOf([till(1)], { attributes: { age: 'old' } });
const critical: CheckStatus = { check: 'app', status: 'critical' };
const incidentsOpened = (lab: Lab) =>
  lab.effects.filter((effect) => effect.kind === 'incident' && effect.desk === 'open').length;

test('a store that joins a group with lower limits: what stands goes on, nothing is told twice', () => {
  const lab = new Lab(packWith(inOld('disk', { raise: 70, clear: 60 })), young);
  lab.presence('till-1', 'birth');
  lab.disk('till-1', 95);
  lab.pass(15);
  lab.disk('till-1', 95);
  expect(lab.story()).toEqual(['ok > pending threshold.above', 'pending > firing threshold.above']);
  lab.define(old);
  lab.pass(5);
  // Between the limits of before it would have cleared: of those of now it is a fault still.
  lab.disk('till-1', 75);
  lab.pass(30);
  lab.disk('till-1', 75);
  expect(lab.story()).toHaveLength(2);
  lab.define(young);
  lab.disk('till-1', 75);
  lab.pass(15);
  lab.disk('till-1', 75);
  expect(lab.story().slice(2)).toEqual(['firing > resolved threshold.cleared']);
  expect(incidentsOpened(lab)).toBe(1);
});

test('a pending alert waits as long as its rule asks now', () => {
  const lab = new Lab(packWith(inOld('disk', { for: '5 min' })), young);
  lab.presence('till-1', 'birth');
  lab.disk('till-1', 95);
  lab.define(old);
  lab.pass(60);
  lab.disk('till-1', 95);
  expect(lab.story()).toEqual(['ok > pending threshold.above']);
  lab.define(young);
  lab.disk('till-1', 95);
  expect(lab.story()).toEqual(['ok > pending threshold.above', 'pending > firing threshold.above']);
});

test('a rule that is switched off ends what it raised, and its memory', () => {
  const lab = new Lab(packWith({ at: { group: 'old' }, rule: '*', enabled: false }), young);
  lab.presence('till-1', 'birth');
  lab.disk('till-1', 95);
  lab.report('till-1', [{ m: 'cpu', f: { usage_active: 99 } }], [critical]);
  lab.define(old);
  expect(lab.story().slice(-2)).toEqual([
    'pending > resolved no-longer-watched',
    'pending > resolved no-longer-watched',
  ]);
  const device = lab.state.devices.get(keyOf('till-1'));
  expect([device?.alerts, device?.series, device?.watches, device?.rings]).toEqual([
    undefined,
    undefined,
    undefined,
    undefined,
  ]);
  lab.disk('till-1', 99);
  lab.presence('till-1', 'lost');
  lab.pass(600);
  expect(lab.story()).toHaveLength(4);
});

test('severity follows at once, on the incident too', () => {
  const lab = new Lab(packWith(inOld('disk', { severity: 'critical', urgency: 1 })), young);
  lab.presence('till-1', 'birth');
  for (let count = 0; count < 3; count++) {
    lab.disk('till-1', 95);
    lab.pass(10);
  }
  const before = [...lab.state.incidents.values()][0]?.incident.priority;
  lab.effects.length = 0;
  lab.define(old);
  const open = [...lab.state.incidents.values()][0];
  expect([...(open?.alerts.values() ?? [])].map(({ severity }) => severity)).toEqual(['critical']);
  expect(open?.incident.priority).toBeLessThan(before ?? 0);
  expect(lab.effects.filter((effect) => effect.kind === 'incident')).toHaveLength(1);
});

test('a silence that is pending fires when its rule says now', () => {
  const lab = new Lab(packWith(inOld('silent', { for: '2 min' })), young);
  lab.presence('till-1', 'birth');
  lab.presence('till-1', 'lost');
  lab.pass(20);
  lab.define(old);
  lab.pass(60);
  expect(lab.story()).toEqual(['ok > pending presence.lost']);
  lab.pass(45);
  expect(lab.story()).toEqual(['ok > pending presence.lost', 'pending > firing presence.lost']);
});

test('a window goes on under other limits, and begins anew when it is another', () => {
  const lab = new Lab(packWith(inOld('busy', { raise: 60, clear: 50 }), inOld('app', { after: '2 min' })), young);
  lab.presence('till-1', 'birth');
  const read = (usage_active: number) => lab.report('till-1', [{ m: 'cpu', f: { usage_active } }]);
  for (let count = 0; count < 4; count++) {
    read(70);
    lab.pass(30);
  }
  expect(lab.story()).toEqual([]);
  lab.define(old);
  read(70);
  expect(lab.story()).toEqual(['ok > pending threshold.above']);

  const other = new Lab(packWith(inOld('busy', { window: '10 min' })), young);
  other.presence('till-1', 'birth');
  other.report('till-1', [{ m: 'cpu', f: { usage_active: 70 } }]);
  const samplesOf = () => other.state.devices.get(keyOf('till-1'))?.series?.[0]?.samples;
  expect(samplesOf()?.last).toBe(70);
  other.define(old);
  expect(samplesOf()?.last).toBeNaN();
});

test('an alert for what stays away ends where nobody waits for it any more', () => {
  const lab = new Lab(packWith(inOld('app', { noData: 'keep' })), young);
  lab.presence('till-1', 'birth');
  lab.report('till-1', [], [{ check: 'app', status: 'ok' }]);
  for (let count = 0; count < 4; count++) {
    lab.pass(20);
    lab.report('till-1');
  }
  expect(lab.story()).toEqual(['ok > pending no-data.check', 'pending > firing no-data.check']);
  lab.define(old);
  expect(lab.story().slice(2)).toEqual(['firing > resolved no-longer-watched']);
});

test('what a forecast has seen is kept under another limit', () => {
  const lab = new Lab(packWith(inOld('foreseen', { limit: 80 })), young);
  lab.presence('till-1', 'birth');
  lab.disk('till-1', 50);
  lab.define(old);
  const [watch] = lab.state.devices.get(keyOf('till-1'))?.watches ?? [];
  expect([watch?.rule.limit, watch?.samples.count]).toEqual([80, 1]);
});

test('a group of devices is judged by the share that holds in its store, standing or not', () => {
  const point = (name: string) => ({ name, kind: 'access-point' as const });
  const points = ['ap-1', 'ap-2', 'ap-3', 'ap-4'];
  const many = (over: object) => storeOf([till(1), ...points.map(point)], over);
  const lab = new Lab(packWith(inOld('aps', { raise: 75, clear: 60 }), inOld('silent', { for: '1 h' })), many({}));
  for (const name of ['till-1', ...points]) lab.presence(name, 'birth', 3600);
  lab.presence('ap-1', 'lost');
  lab.presence('ap-2', 'lost');
  lab.pass(5);
  const groups = () => lab.transitions.filter(({ alert }) => alert.rule === 'aps').map(({ alert }) => alert.state);
  expect(groups()).toEqual(['pending']);
  lab.define(many({ attributes: { age: 'old' } }));
  expect(groups()).toEqual(['pending', 'resolved']);
  lab.presence('ap-3', 'lost');
  lab.pass(15);
  expect(groups()).toEqual(['pending', 'resolved', 'pending', 'firing']);
});

test('a restart after the move changes nothing', () => {
  const pack = packWith(inOld('disk', { raise: 70, clear: 60 }));
  const lab = new Lab(pack, young);
  lab.presence('till-1', 'birth');
  lab.disk('till-1', 95);
  lab.pass(15);
  lab.disk('till-1', 95);
  lab.define(old);
  const again = new Lab(pack, old);
  again.now = lab.now;
  loadStore(again.state, STORE, lab.rows.get(STORE) ?? '');
  again.send({ kind: 'started' });
  for (const one of [lab, again]) {
    one.disk('till-1', 75);
    one.pass(15);
    one.disk('till-1', 55);
    one.pass(15);
    one.disk('till-1', 55);
  }
  expect(again.story()).toEqual(['firing > resolved threshold.cleared']);
  expect(lab.story().slice(2)).toEqual(again.story());
});
