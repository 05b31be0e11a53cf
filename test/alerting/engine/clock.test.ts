import { describe, expect, it } from 'vitest';
import { devicesOf, loadStore, openIncidents, tileOf } from '../../../alerting/engine/engine.ts';
import { Lab, packOf, STORE, silence, status, storeOf, threshold, till } from './lab.ts';

const DAY = 86_400;
const pack = packOf(silence(), threshold({ forS: 0 }), status({ forS: 0, severity: 'critical' }));
const open = (lab: Lab) => [...openIncidents(lab.state)];

function labOf(count: number): Lab {
  const devices = Array.from({ length: count }, (_, index) => till(index + 1));
  const lab = new Lab(pack, storeOf(devices));
  for (const { name } of devices) lab.presence(name, 'birth', DAY);
  return lab;
}

describe('a clock that was set back', () => {
  it('leaves the older of two incidents the older', () => {
    const lab = labOf(3);
    lab.disk('till-1', 99);
    lab.setClock(-DAY);
    lab.pass(10);
    lab.disk('till-2', 99);
    const [first, second] = open(lab);
    expect(first?.openedAt).toBeGreaterThan(second?.openedAt ?? 0);
    expect(tileOf(lab.state, STORE, lab.now)?.incidentKey).toBe(first?.key);
  });

  it('leaves it the one that lives on when both turn out to be one', () => {
    const lab = labOf(3);
    lab.presence('till-1', 'lost');
    lab.pass(40);
    lab.setClock(-DAY);
    lab.presence('till-2', 'lost');
    lab.pass(10);
    const [first, second] = open(lab).map(({ key }) => key);
    expect([first, second]).not.toContain(undefined);
    // Within the settle window of the second, which makes the three fall together.
    lab.presence('till-1', 'birth', DAY);
    lab.presence('till-1', 'lost');
    lab.presence('till-3', 'lost');
    lab.pass(20);
    expect(open(lab).map(({ key, cause }) => [key, cause.target])).toEqual([[first, STORE]]);
  });

  it('leaves the alert a device shows for its worst the oldest of the worst', () => {
    const lab = labOf(2);
    lab.disk('till-1', 99);
    lab.setClock(-DAY);
    lab.report('till-1', [], [{ check: 'pos', status: 'critical' }]);
    expect(devicesOf(lab.state, STORE, lab.now)[0]).toMatchObject({ reason: { code: 'threshold.above' } });
  });

  it('gives no incident the key of an older one, also after a restart', () => {
    let lab = labOf(2);
    const keys = new Set<string>();
    for (let round = 1; round <= 4; round++) {
      lab.presence('till-2', 'online', DAY);
      lab.disk('till-1', 99);
      for (const { key } of open(lab)) keys.add(key);
      expect(keys.size).toBe(round);
      lab.disk('till-1', 10);
      lab.pass(5);
      // Long enough not to flap.
      for (let sample = 0; sample < 20; sample++) lab.disk('till-1', 10);
      lab.pass(30);
      expect(open(lab)).toEqual([]);
      lab.setClock(-35);
      if (round !== 2) continue;
      const before = lab;
      lab = new Lab(pack);
      lab.now = before.now;
      lab.define(storeOf([till(1), till(2)]));
      loadStore(lab.state, STORE, before.rows.get(STORE) ?? '');
      lab.send({ kind: 'started' });
    }
  });
});

it('a clock that is set by no whole second moves a silence by less than one', () => {
  for (const ms of [2_001, -2_999, 3_600_500, -86_399_123]) {
    const lab = new Lab(pack, storeOf([till(1), till(2)]));
    lab.presence('till-1', 'birth', 10);
    lab.presence('till-2', 'birth', DAY);
    lab.pass(12.3);
    lab.setClock(ms / 1000);
    const from = lab.now;
    while (lab.transitions.length === 0) lab.pass(0.1);
    expect(lab.now - from).toBeGreaterThanOrEqual(17_700);
    expect(lab.now - from).toBeLessThanOrEqual(18_800);
  }
});

it('a clock that begins in 1970 again is a clock', () => {
  const lab = labOf(2);
  lab.disk('till-1', 99);
  lab.disk('till-1', 10);
  lab.pass(5);
  lab.disk('till-1', 10);
  lab.pass(20);
  // The quiet that has lasted 20 seconds would have begun before 1970.
  lab.setClock((5_000 - lab.now) / 1000);
  lab.pass(30);
  expect(open(lab)).toEqual([]);
});
