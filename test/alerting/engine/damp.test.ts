import { describe, expect, it } from 'vitest';
import { devicesOf, loadStore, nextDue, openIncidents, tileOf } from '../../../alerting/engine/engine.ts';
import type { Rule } from '../../../alerting/engine/types.ts';
import type { Status } from '../../../protocol/status.ts';
import { Lab, packOf, STORE, silence, status, storeOf, threshold, till } from './lab.ts';

const open = (lab: Lab) => [...openIncidents(lab.state)];
const till1 = (lab: Lab) => devicesOf(lab.state, STORE, lab.now)[0];

function labOf(...rules: Rule[]): Lab {
  const lab = new Lab(packOf(...rules), storeOf([till(1), till(2)]));
  lab.presence('till-1', 'birth');
  lab.presence('till-2', 'birth', 86_400);
  return lab;
}

function say(lab: Lab, status: Status): void {
  lab.report('till-1', [], [{ check: 'pos', status, text: 'seen' }]);
  lab.pass(30);
}

const flip = (lab: Lab, times: number) => {
  for (let time = 0; time < times; time++) say(lab, time % 2 === 0 ? 'critical' : 'ok');
};

describe('a check that fails every other minute', () => {
  const lab = labOf(status({ forS: 60, clearForS: 0 }));
  flip(lab, 6);

  it('is no alert before it flaps', () => {
    expect(lab.story()).toEqual(
      Array.from({ length: 3 }, () => ['ok > pending status.critical', 'pending > resolved status.cleared']).flat(),
    );
  });

  it('then is one, as a warning, that says so', () => {
    say(lab, 'critical');
    expect(lab.story().slice(6)).toEqual(['ok > pending status.critical', 'pending > firing status.flapping']);
    expect(lab.transitions.at(-1)?.alert).toMatchObject({
      severity: 'warning',
      flapping: true,
      reason: { params: { check: 'pos', text: 'seen', percent: 39.2 } },
    });
    expect(open(lab)).toMatchObject([{ severity: 'warning', cause: { reason: { code: 'status.flapping' } } }]);
  });

  it('stays one as long as it does', () => {
    const before = lab.transitions.length;
    say(lab, 'ok');
    flip(lab, 40);
    expect(lab.transitions.length).toBe(before);
    expect(open(lab).length).toBe(1);
    expect(till1(lab)).toMatchObject({ state: 'degraded', alerts: [{ flapping: true }] });
    expect(lab.effects.filter((effect) => effect.kind === 'incident' && effect.desk === 'open').length).toBe(1);
  });

  it('is as grave as its rule once it lasts', () => {
    for (let sample = 0; sample < 3; sample++) say(lab, 'critical');
    expect(open(lab)).toMatchObject([{ severity: 'critical', alerts: [{ severity: 'critical', flapping: true }] }]);
  });

  it('ends when it has been steady', () => {
    const before = lab.transitions.length;
    let samples = 0;
    while (lab.transitions.length === before) {
      say(lab, 'ok');
      expect(++samples).toBeLessThan(20);
    }
    expect(samples).toBeGreaterThan(5);
    expect(lab.story().slice(before)).toEqual(['firing > resolved status.cleared']);
    expect(lab.transitions.at(-1)?.alert).not.toHaveProperty('flapping');
    lab.pass(30);
    expect(open(lab)).toEqual([]);
    for (; samples < 40; samples++) say(lab, 'ok');
    expect(lab.report('till-1', [], [{ check: 'pos', status: 'ok' }])).toEqual({ transitions: [], effects: [] });
  });
});

it('a check that flapped and then fails for good is told as failing', () => {
  const lab = labOf(status({ forS: 60 }));
  flip(lab, 9);
  for (let sample = 0; sample < 20; sample++) say(lab, 'critical');
  expect(till1(lab)?.alerts).toMatchObject([{ state: 'firing', reason: { code: 'status.critical' } }]);
  expect(till1(lab)?.alerts[0]).not.toHaveProperty('flapping');
  expect(open(lab)[0]?.cause.reason.code).toBe('status.critical');
});

it('what is judged in opening hours only fires for flapping in them only', () => {
  const lab = new Lab(
    packOf(status({ forS: 60, hours: 'open' })),
    storeOf([till(1)], { hours: { mon: ['11:00-12:00'] } }),
  );
  lab.presence('till-1', 'birth');
  flip(lab, 40);
  expect(open(lab)).toEqual([]);
  lab.pass(3600 - 1200);
  flip(lab, 9);
  expect(open(lab).length).toBe(1);
});

it('what tells its changes only, as a trap does, is steady after an hour without one', () => {
  const lab = labOf(status({ forS: 0, clearForS: 0 }));
  lab.presence('till-1', 'birth', 86_400);
  flip(lab, 20);
  expect(open(lab)[0]?.alerts[0]?.flapping).toBe(true);
  const before = lab.transitions.length;
  lab.pass(3500);
  expect(lab.transitions.length).toBe(before);
  lab.pass(100);
  expect(lab.story().slice(before)).toEqual(['firing > resolved alert.steady']);
  lab.pass(60);
  expect(open(lab)).toEqual([]);
  expect(JSON.parse(lab.rows.get(STORE) ?? '').devices['till-1']).toEqual([expect.any(Number), 86_400]);
});

it('what still fails when it falls quiet stays an alert', () => {
  const lab = labOf(status({ forS: 0, clearForS: 0 }));
  lab.presence('till-1', 'birth', 86_400);
  flip(lab, 21);
  lab.pass(7200);
  expect(open(lab).length).toBe(1);
  for (let sample = 0; sample < 2; sample++) say(lab, 'ok');
  lab.pass(60);
  expect(open(lab)).toEqual([]);
});

describe('a reading', () => {
  it('that peaks now and then is what `for` is there to overlook', () => {
    const lab = labOf(threshold({ forS: 60, clearForS: 60 }));
    for (let sample = 0; sample < 60; sample++) {
      lab.disk('till-1', sample % 2 === 0 ? 99 : 10);
      lab.pass(30);
    }
    expect(open(lab)).toEqual([]);
  });

  it('that has fired and goes to and fro keeps its one alert', () => {
    const lab = labOf(threshold({ forS: 0, clearForS: 0 }));
    for (let sample = 0; sample < 60; sample++) {
      lab.disk('till-1', sample % 2 === 0 ? 99 : 10);
      lab.pass(60);
    }
    const opened = lab.effects.filter((effect) => effect.kind === 'incident' && effect.desk === 'open');
    expect(opened.length).toBe(4);
    expect(open(lab)).toMatchObject([{ cause: { reason: { code: 'threshold.flapping', params: { limit: 90 } } } }]);
  });
});

describe('a till that comes and goes', () => {
  const blink = (lab: Lab, device: string, downS: number, upS: number) => {
    lab.presence(device, 'lost');
    lab.pass(downS);
    lab.presence(device, 'birth');
    lab.report(device);
    for (let passed = 0; passed < upS; passed += 30) {
      lab.pass(Math.min(30, upS - passed));
      lab.report(device);
    }
  };

  it('is one incident, also when it never stays away as long as its rule asks', () => {
    const lab = labOf(silence({ forS: 20, clearForS: 5 }));
    for (let time = 0; time < 12; time++) blink(lab, 'till-1', 10, 50);
    const opened = lab.effects.filter((effect) => effect.kind === 'incident' && effect.desk === 'open');
    expect(opened.length).toBe(1);
    expect(open(lab)).toMatchObject([{ severity: 'warning', cause: { reason: { code: 'presence.flapping' } } }]);
    expect(till1(lab)).toMatchObject({ state: 'degraded', reason: { code: 'presence.flapping' } });
    expect(tileOf(lab.state, STORE, lab.now)?.tile).toMatchObject({ state: 'degraded', pips: 'gu' });
  });

  it('and stays away at last is as grave as its rule says', () => {
    const lab = labOf(silence({ forS: 20, clearForS: 5 }));
    for (let time = 0; time < 8; time++) blink(lab, 'till-1', 10, 50);
    lab.presence('till-1', 'lost');
    lab.pass(19);
    expect(open(lab)[0]?.severity).toBe('warning');
    lab.pass(1);
    expect(open(lab)[0]?.severity).toBe('critical');
    lab.pass(600);
    expect(open(lab)).toMatchObject([{ cause: { reason: { code: 'presence.lost' } } }]);
    expect(till1(lab)?.state).toBe('down');
  });

  it('is over once it has been steady, by time alone', () => {
    const lab = labOf(silence({ forS: 20, clearForS: 5 }));
    for (let time = 0; time < 8; time++) blink(lab, 'till-1', 10, 50);
    for (let round = 0; round < 20 && open(lab).length > 0; round++) {
      lab.report('till-1');
      lab.pass(30);
    }
    expect(open(lab)).toEqual([]);
    expect(lab.story().at(-1)).toBe('firing > resolved presence.back');
  });

  it('is not so for being stopped and started', () => {
    const lab = labOf(silence({ forS: 20, clearForS: 5 }));
    for (let time = 0; time < 20; time++) {
      lab.presence('till-1', 'stopped');
      lab.pass(10);
      lab.presence('till-1', 'birth');
      lab.pass(10);
    }
    expect(open(lab)).toEqual([]);
  });

  it('with its whole store is the store’s incident', () => {
    const lab = new Lab(packOf(silence({ forS: 20 })), storeOf([till(1), till(2), till(3)]));
    const all = ['till-1', 'till-2', 'till-3'];
    for (const name of all) lab.presence(name, 'birth');
    for (let time = 0; time < 12; time++) {
      for (const name of all) lab.presence(name, 'lost');
      lab.pass(4);
      for (const name of all) lab.presence(name, 'birth');
      lab.pass(20);
    }
    const opened = lab.effects.filter((effect) => effect.kind === 'incident' && effect.desk === 'open');
    expect(opened.length).toBe(1);
    expect(open(lab)).toMatchObject([{ cause: { kind: 'store' }, fold: { code: 'fold.store-silent' } }]);
    expect(open(lab)[0]?.alerts.map(({ flapping }) => flapping)).toEqual([true, true, true]);
  });
});

describe('a restart amid the flapping', () => {
  it('changes nothing, and a clock that is set neither', () => {
    const lives = [0, 1, 2].map((life) => {
      let lab = labOf(status({ forS: 60, clearForS: 0 }), silence({ forS: 20 }));
      for (let time = 0; time < 30; time++) {
        if (life === 1) lab.setClock(time % 2 === 0 ? 7200 : -86_400);
        if (life === 2) {
          const next = new Lab(packOf(status({ forS: 60, clearForS: 0 }), silence({ forS: 20 })));
          next.now = lab.now;
          next.define(storeOf([till(1), till(2)]));
          for (const [key, saved] of lab.rows) {
            loadStore(next.state, key, saved);
            next.rows.set(key, saved);
          }
          next.transitions.push(...lab.transitions);
          next.effects.push(...lab.effects);
          lab = next;
        }
        lab.send({ kind: 'started' });
        lab.report('till-2');
        lab.report('till-1', [], [{ check: 'pos', status: time % 2 === 0 ? 'critical' : 'ok' }]);
        if (time % 3 === 0) {
          lab.presence('till-1', 'lost');
          lab.pass(2);
          lab.presence('till-1', 'birth');
        }
        lab.pass(30);
      }
      return [lab.story(), (nextDue(lab.state) ?? 0) - lab.now];
    });
    expect(lives[0]?.[0]).toContain('pending > firing status.flapping');
    expect(lives[1]).toEqual(lives[0]);
    expect(lives[2]?.[0]).toEqual(lives[0]?.[0]);
  });
});

it('keeps a bounded number of rings for a device, whatever its checks are called', () => {
  const lab = labOf(status({ forS: 600 }));
  for (let check = 0; check < 1000; check++) {
    lab.report('till-1', [], [{ check: `c${check}`, status: 'critical' }]);
    lab.report('till-1', [], [{ check: `c${check}`, status: 'ok' }]);
  }
  expect(lab.rows.get(STORE)?.length).toBeLessThan(20_000);
});

it('gives the place of rings that nothing has moved for an hour to new ones', () => {
  const lab = labOf(status({ forS: 60, clearForS: 0 }));
  for (let check = 0; check < 200; check++) {
    for (const status of ['critical', 'ok'] as const) {
      lab.report('till-1', [], [{ check: `once-${check}`, status, text: 'seen' }]);
    }
  }
  lab.pass(3600);
  flip(lab, 9);
  expect(lab.transitions.at(-1)?.alert).toMatchObject({ flapping: true, reason: { params: { check: 'pos' } } });
  expect(lab.rows.get(STORE)).not.toContain('once-');
});
