import { describe, expect, it } from 'vitest';
import { loadStore, nextDue, openIncidents } from '../../../alerting/engine/engine.ts';
import type { Rule } from '../../../alerting/engine/types.ts';
import { Lab, packOf, STORE, silence, status, storeOf, threshold, till } from './lab.ts';

const open = (lab: Lab) => [...openIncidents(lab.state)];

function labOf(...rules: Rule[]): Lab {
  const lab = new Lab(packOf(...rules), storeOf([till(1), till(2)]));
  lab.presence('till-1', 'birth');
  lab.presence('till-2', 'birth', 86_400);
  return lab;
}

/** The same judgement in a new engine, from what was saved alone. */
function reborn(lab: Lab, ...rules: Rule[]): Lab {
  const next = new Lab(packOf(...rules));
  next.now = lab.now;
  next.define(storeOf([till(1), till(2)]));
  for (const [key, saved] of lab.rows) {
    loadStore(next.state, key, saved);
    next.rows.set(key, saved);
  }
  next.send({ kind: 'started' });
  return next;
}

describe('a threshold with a window', () => {
  const rule = threshold({ forS: 0, clearForS: 0, window: { aggregate: 'avg', seconds: 600, coverage: 0.8 } });
  const feed = (lab: Lab, times: number, value: number) => {
    for (let time = 0; time < times; time++) {
      lab.disk('till-1', value);
      lab.pass(30);
    }
  };

  it('is judged by its aggregate, raised and cleared by its pair, and says so', () => {
    const lab = labOf(rule);
    feed(lab, 16, 100);
    expect(lab.story()).toEqual([]);
    feed(lab, 1, 100);
    expect(lab.transitions.at(-1)?.alert).toMatchObject({
      state: 'firing',
      instance: 'path=/',
      reason: { code: 'threshold.above', params: { value: 100, limit: 90, aggregate: 'avg', windowS: 600 } },
    });
    feed(lab, 4, 50);
    expect(open(lab).length).toBe(1);
    feed(lab, 8, 50);
    expect(lab.story().at(-1)).toBe('firing > resolved threshold.cleared');
    expect(lab.transitions.at(-1)?.alert.reason.params?.value).toBeLessThanOrEqual(80);
  });

  it('overlooks a peak that its readings by themselves would raise', () => {
    const lab = labOf(rule);
    for (let time = 0; time < 100; time++) feed(lab, 1, time % 3 === 0 ? 100 : 20);
    expect(lab.story()).toEqual([]);
  });

  it('tells apart what its tags tell apart', () => {
    const lab = labOf(rule);
    for (let time = 0; time < 20; time++) {
      lab.report('till-1', [
        { m: 'disk', t: { path: '/', device: 'sda1' }, f: { used_percent: 99 } },
        { m: 'disk', t: { device: 'sda2', path: '/var' }, f: { used_percent: 10 } },
      ]);
      lab.pass(30);
    }
    expect(lab.transitions.filter(({ alert }) => alert.state === 'firing').map(({ alert }) => alert.instance)).toEqual([
      'device=sda1,path=/',
    ]);
  });

  it('begins anew after the device was away', () => {
    const lab = labOf(rule, silence({ forS: 3600 }));
    feed(lab, 16, 100);
    lab.presence('till-1', 'lost');
    lab.pass(10);
    lab.presence('till-1', 'birth');
    feed(lab, 16, 100);
    expect(open(lab)).toEqual([]);
    feed(lab, 1, 100);
    expect(open(lab).length).toBe(1);
  });

  it('is not moved by late readings', () => {
    const lab = labOf(rule);
    feed(lab, 16, 10);
    for (let time = 0; time < 50; time++) {
      lab.report('till-1', [{ m: 'disk', t: { path: '/' }, f: { used_percent: 100 } }], [], true);
    }
    feed(lab, 5, 10);
    expect(lab.story()).toEqual([]);
  });

  it('is saved a few times in its time, whatever the number of readings and devices', () => {
    const lab = labOf(rule);
    lab.presence('till-2', 'birth', 30);
    for (let second = 0; second < 1200; second += 5) {
      lab.disk('till-1', 10);
      lab.disk('till-2', 10);
      lab.pass(5);
    }
    expect(lab.effects.filter(({ kind }) => kind === 'save').length).toBeLessThan(16);
  });

  it('loses at most a fifth of its readings by a restart, and judges as before within its time', () => {
    const steady = labOf(rule);
    feed(steady, 30, 85);
    const restarted = reborn(steady, rule);
    expect(restarted.transitions).toEqual([]);
    for (const lab of [steady, restarted]) feed(lab, 20, 95);
    const told = (lab: Lab) => lab.transitions.map(({ alert, from }) => [from, alert.state, alert.since]);
    expect(told(steady).length).toBe(2);
    // The same rise is seen as soon, or two minutes sooner or later: what is lost is what weighed least.
    const [at, again] = [steady, restarted].map((lab) => lab.transitions.at(-1)?.at ?? 0);
    expect(Math.abs((again ?? 0) - (at ?? 0))).toBeLessThanOrEqual(120_000);
    feed(steady, 30, 85);
    feed(restarted, 30, 85);
    expect(open(restarted).length).toBe(open(steady).length);
  });

  it('is counted in time that passes, whatever the clock is set to', () => {
    const [steady, set] = [labOf(rule), labOf(rule)];
    for (let time = 0; time < 60; time++) {
      const value = time % 40 < 25 ? 99 : 10;
      feed(steady, 1, value);
      if (time % 7 === 3) set.setClock(time % 2 === 0 ? -86_400 : 7_201);
      feed(set, 1, value);
      expect(set.story()).toEqual(steady.story());
    }
    expect(steady.story().length).toBeGreaterThan(2);
  });

  it('keeps a bounded number of them for a device, whatever its tags', () => {
    const lab = labOf(rule);
    for (let path = 0; path < 500; path++) lab.disk('till-1', 10, `/${path}`);
    expect(lab.rows.get(STORE)?.length).toBeLessThan(40_000);
  });
});

describe('many windows on a device', () => {
  const rule = (id: string) => threshold({ id, forS: 0, window: { aggregate: 'avg', seconds: 300, coverage: 0.5 } });
  const firing = (lab: Lab) =>
    new Set(lab.transitions.filter(({ alert }) => alert.state === 'firing').map((t) => t.alert.key));
  const ports = (lab: Lab, names: readonly string[], times = 8) => {
    for (let time = 0; time < times; time++) {
      lab.report(
        'till-1',
        names.map((path) => ({ m: 'disk', t: { path }, f: { used_percent: 99 } })),
      );
      lab.pass(30);
    }
  };
  const numbered = (count: number, name: string) => Array.from({ length: count }, (_, port) => `${name}${port}`);

  it('judges each of 48 ports by each of four rules', () => {
    const lab = labOf(...['one', 'two', 'three', 'four'].map(rule));
    ports(lab, numbered(48, 'port'));
    expect(firing(lab).size).toBe(4 * 48);
  });

  it('gives the place of those whose time is over to new ones, however many came before', () => {
    const lab = labOf(rule('disk'));
    for (let day = 0; day < 4; day++) {
      for (const path of numbered(80, `container-${day}-`)) lab.disk('till-1', 10, path);
      lab.pass(301);
    }
    ports(lab, ['/new']);
    expect(firing(lab)).toEqual(new Set(['chain/lyon/till-1#disk#path=/new']));
  });

  it('takes no place of one that is still read', () => {
    const lab = labOf(rule('disk'));
    const names = numbered(200, 'port');
    for (let time = 0; time < 8; time++) ports(lab, [...names, `late-${time}`], 1);
    expect([...firing(lab)].filter((key) => key.includes('path=port')).length).toBe(200);
  });
});

describe('data that stays away', () => {
  const reads = (lab: Lab, used_percent: number | undefined) => {
    if (used_percent === undefined) lab.report('till-1');
    else lab.disk('till-1', used_percent);
    lab.pass(30);
  };
  const story = (lab: Lab, ...values: (number | undefined)[]) => {
    const before = lab.transitions.length;
    for (const value of values) reads(lab, value);
    return lab.story().slice(before);
  };
  const nothing = (times: number) => Array<undefined>(times).fill(undefined);

  it('changes nothing unless the rule says so', () => {
    const lab = labOf(threshold({ forS: 0, clearForS: 0 }));
    expect(story(lab, 99, ...nothing(200))).toEqual([
      'ok > pending threshold.above',
      'pending > firing threshold.above',
    ]);
    expect(open(lab).length).toBe(1);
  });

  it('is an alert of its own where it says so, and ends with the next reading', () => {
    const lab = labOf(threshold({ forS: 60, clearForS: 0, noData: { does: 'alert', afterS: 300 } }));
    expect(story(lab, 50, ...nothing(8))).toEqual([]);
    expect(story(lab, undefined)).toEqual(['ok > pending no-data.reading', 'pending > firing no-data.reading']);
    expect(lab.transitions.at(-1)?.alert).toMatchObject({
      instance: 'path=/',
      reason: { params: { reading: 'disk used_percent /', seconds: 300 } },
    });
    expect(open(lab)).toMatchObject([{ cause: { reason: { code: 'no-data.reading' } } }]);
    // Neither fault nor clear, of an alert that no fault had raised.
    expect(story(lab, 85)).toEqual(['firing > resolved no-data.back']);
  });

  it('tells the fault it finds when the data is back', () => {
    const lab = labOf(threshold({ forS: 60, clearForS: 0, noData: { does: 'alert', afterS: 300 } }));
    story(lab, 50, ...nothing(12));
    expect(story(lab, 99)).toEqual([]);
    expect(open(lab)).toMatchObject([{ cause: { reason: { code: 'threshold.above' } } }]);
    expect(story(lab, 85, 70)).toEqual(['firing > resolved threshold.cleared']);
  });

  it('leaves a fault that stands to itself, and ends it where the rule says so', () => {
    const keeps = labOf(threshold({ forS: 0, noData: { does: 'alert', afterS: 300 } }));
    story(keeps, 99, ...nothing(40));
    expect(open(keeps)).toMatchObject([{ alerts: [{ reason: { code: 'threshold.above' } }] }]);
    const ends = labOf(threshold({ forS: 0, noData: { does: 'resolve', afterS: 300 } }));
    expect(story(ends, 99, ...nothing(12))).toEqual([
      'ok > pending threshold.above',
      'pending > firing threshold.above',
      'firing > resolved no-data.reading',
    ]);
  });

  it('is known of checks too', () => {
    const lab = labOf(status({ forS: 0, clearForS: 0, noData: { does: 'alert', afterS: 300 } }));
    lab.report('till-1', [], [{ check: 'pos', status: 'ok' }]);
    expect(story(lab, ...nothing(12))).toEqual(['ok > pending no-data.check', 'pending > firing no-data.check']);
    lab.report('till-1', [], [{ check: 'pos', status: 'unknown' }]);
    expect(lab.story().at(-1)).toBe('firing > resolved no-data.back');
  });

  it('says nothing of a device that is not heard, and is due anew when it is back, or Vigie', () => {
    const rules = [threshold({ noData: { does: 'alert', afterS: 300 } }), silence({ forS: 86_400 })];
    let lab = labOf(...rules);
    story(lab, 50);
    lab.presence('till-1', 'lost');
    lab.pass(3600);
    lab.presence('till-1', 'birth');
    expect(story(lab, ...nothing(9)).filter((line) => line.includes('no-data'))).toEqual([]);
    lab = reborn(lab, ...rules);
    expect(story(lab, ...nothing(9)).filter((line) => line.includes('no-data'))).toEqual([]);
    expect(story(lab, undefined)).toContain('pending > firing no-data.reading');
    lab = reborn(lab, ...rules);
    expect(story(lab, ...nothing(5))).toEqual([]);
    expect(open(lab).length).toBe(1);
  });

  it('waits for opening where it is judged in opening hours only', () => {
    const lab = new Lab(
      packOf(threshold({ hours: 'open', noData: { does: 'alert', afterS: 300 } })),
      storeOf([till(1)], { hours: { mon: ['11:00-12:00'] } }),
    );
    lab.presence('till-1', 'birth');
    expect(story(lab, 50, ...nothing(60))).toEqual(['ok > pending no-data.reading']);
    expect(story(lab, ...nothing(60))).toEqual(['pending > firing no-data.reading']);
  });

  it('is forgotten after a week: then it is no longer measured on purpose', () => {
    const lab = labOf(threshold({ noData: { does: 'alert', afterS: 300 } }), silence({ intervals: 100 }));
    lab.presence('till-1', 'birth', 86_400);
    lab.disk('till-1', 50);
    for (let day = 0; day < 8; day++) {
      lab.report('till-1');
      lab.pass(86_400);
    }
    expect(lab.story().at(-1)).toBe('firing > resolved no-longer-watched');
    expect(open(lab)).toEqual([]);
  });

  it('of a window is told by the first reading, before the window is covered again', () => {
    const lab = labOf(
      threshold({
        clearForS: 0,
        window: { aggregate: 'avg', seconds: 120, coverage: 1 },
        noData: { does: 'alert', afterS: 300 },
      }),
    );
    story(lab, 50, ...nothing(12));
    expect(story(lab, 50)).toEqual(['firing > resolved no-data.back']);
  });

  it('is counted in time that passes, whatever the clock is set to', () => {
    const rule = threshold({ noData: { does: 'alert', afterS: 300 } });
    const [steady, set] = [labOf(rule), labOf(rule)];
    for (const lab of [steady, set]) story(lab, 50, undefined, undefined);
    set.setClock(-86_400);
    for (const lab of [steady, set]) story(lab, undefined);
    set.setClock(7_200);
    for (let time = 0; time < 8; time++) {
      expect(story(set, undefined)).toEqual(story(steady, undefined));
      expect((nextDue(set.state) ?? 0) - set.now).toBe((nextDue(steady.state) ?? 0) - steady.now);
    }
    expect(steady.story().length).toBe(2);
  });
});
