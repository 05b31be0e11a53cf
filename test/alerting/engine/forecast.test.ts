import { describe, expect, it } from 'vitest';
import { devicesOf, loadStore, openIncidents, saveStore } from '../../../alerting/engine/engine.ts';
import type { ForecastRule } from '../../../alerting/engine/types.ts';
import { say } from '../../../protocol/words/index.ts';
import { forecast, Lab, packOf, STORE, silence, storeOf, threshold, till } from './lab.ts';

const HOUR = 3600;
const labOf = (over: Partial<ForecastRule> = {}) => {
  const lab = new Lab(packOf(forecast(over)), storeOf([till(1)]));
  lab.presence('till-1', 'birth', 86_400);
  return lab;
};

/** Reports every quarter of an hour for so long, the value by the hours since the first. */
function live(lab: Lab, hours: number, valueAt: (hour: number) => number, path = '/'): void {
  for (let quarter = 0; quarter < 4 * hours; quarter++) {
    lab.disk('till-1', valueAt(quarter / 4), path);
    lab.pass(HOUR / 4);
  }
}

/** A flutter that is the same each time. */
const flutter = (hour: number) => Math.sin(hour * 7.3) / 5;

describe('a forecast', () => {
  it('raises a day ahead, with numbers, and clears when it is tidied up', () => {
    const lab = labOf();
    live(lab, 100, (hour) => 40 + hour / 2 + flutter(hour));
    expect(lab.story()).toEqual(['ok > pending forecast.rising', 'pending > firing forecast.rising']);
    const fired = lab.transitions[1];
    const { value, perDay, expectedAt, earliestAt, latestAt, ...told } = fired?.alert.reason.params ?? {};
    expect(told).toEqual({ reading: 'disk used_percent /', limit: 95, unit: 'percent', zone: 'Europe/Paris' });
    expect(value).toBeGreaterThan(82);
    expect(Number(perDay)).toBeCloseTo(12, 0);
    const full = Date.parse('2025-03-10T09:00:00Z') + 110 * HOUR * 1000;
    expect(Math.abs(Number(expectedAt) - full)).toBeLessThan(2 * HOUR * 1000);
    expect(earliestAt).toBeLessThan(Number(expectedAt));
    expect(latestAt).toBeGreaterThan(Number(expectedAt));
    live(lab, 2, (hour) => 50 + flutter(hour));
    expect(lab.story().at(-1)).toBe('firing > resolved forecast.cleared');
    lab.pass(60);
    expect([...openIncidents(lab.state)]).toEqual([]);
  });

  it('says it in both languages, on a line', () => {
    const reason = {
      code: 'forecast.rising',
      params: {
        ...{ reading: 'disk used_percent /var', value: 81.4, limit: 95, unit: 'percent', perDay: 9.9 },
        ...{ expectedAt: 1_741_791_600_000, earliestAt: 1_741_762_800_000, latestAt: 1_741_834_800_000 },
        zone: 'Europe/Paris',
      },
    } as const;
    expect(say('en', reason)).toBe(
      'Disk used (/var): 81.4%, +9.9% a day, 95% expected 12 Mar, 16:00 (between 12 Mar, 08:00 and 13 Mar, 04:00, 8 times in 10)',
    );
    expect(say('fr', reason)).toBe(
      'Disque utilisé (/var)\u202f: 81,4\u202f%, +9,9\u202f% par jour, seuil de 95\u202f% attendu le 12 mars à 16:00 (8 fois sur 10 entre le 12 mars à 08:00 et le 13 mars à 04:00)',
    );
    const { latestAt: _, ...open } = reason.params;
    expect(say('en', { code: 'forecast.falling', params: { ...open, zone: 'Nowhere/Else' } })).toMatch(
      /\(not before 12 Mar, 07:00, 9 times in 10\)$/,
    );
  });

  it('needs a day of readings, and a rise that stands out', () => {
    const young = labOf();
    live(young, 20, (hour) => 60 + hour * 1.5);
    expect(young.story()).toEqual([]);
    const restless = labOf();
    live(restless, 200, (hour) => 85 + 6 * Math.sin((hour / 12) * Math.PI) + 3 * flutter(hour));
    expect(restless.story()).toEqual([]);
  });

  it('leaves a saw-tooth alone once it knows its teeth, until it grows beyond them', () => {
    const lab = labOf();
    const tooth = (hour: number) => 40 + (hour % 96) * 0.45;
    live(lab, 2 * 96, tooth);
    const before = lab.story().length;
    live(lab, 4 * 96, tooth);
    expect(lab.story().slice(before)).toEqual([]);
    live(lab, 110, (hour) => 40 + hour * 0.45);
    expect(lab.story().slice(before).at(0)).toBe('ok > pending forecast.rising');
  });

  it('watches what falls as what rises', () => {
    const lab = labOf({ direction: 'falling', limit: 5 });
    live(lab, 145, (hour) => 80 - hour / 2 + flutter(hour));
    expect(lab.story()).toEqual(['ok > pending forecast.falling', 'pending > firing forecast.falling']);
    expect(lab.transitions[0]?.alert.reason.params?.perDay).toBeLessThan(-11);
  });

  it('counts only readings of points that bear what it asks for', () => {
    const lab = labOf({ when: { total: 100 } });
    const rule = (total: number | undefined) => {
      for (let hour = 0; hour < 120; hour++) {
        const f = { used_percent: 40 + hour / 2.2, ...(total === undefined ? {} : { total }) };
        lab.report('till-1', [{ m: 'disk', t: { path: '/' }, f }]);
        lab.pass(HOUR);
      }
    };
    rule(99);
    rule(undefined);
    expect(lab.story()).toEqual([]);
    expect(lab.rows.get(STORE)).not.toContain('disk');
    rule(100);
    expect(lab.story().at(0)).toBe('ok > pending forecast.rising');
  });

  it('tells quantities apart by the tags it names, and no more of them than a device may have', () => {
    const lab = labOf();
    for (let index = 0; index < 40; index++) lab.disk('till-1', 10, `/${index}`);
    const kept = () => JSON.parse(saveStore(lab.state, STORE) ?? '').watches['till-1'].length;
    expect(kept()).toBe(16);
    lab.pass(4 * 86_400);
    live(lab, 100, (hour) => 40 + hour / 2, '/new');
    expect(kept()).toBe(16);
    expect(lab.transitions.map(({ alert }) => alert.instance)).toEqual(['path=/new', 'path=/new']);
  });

  it('at its limit leaves the word to thresholds, in the same incident', () => {
    const lab = new Lab(packOf(forecast(), threshold({ raise: 95, clear: 92 })), storeOf([till(1)]));
    lab.presence('till-1', 'birth', 86_400);
    live(lab, 40, () => 97);
    expect(lab.transitions.map(({ alert }) => alert.rule)).toEqual(['disk', 'disk']);
    const filling = new Lab(packOf(forecast(), threshold({ raise: 95, clear: 92 })), storeOf([till(1)]));
    filling.presence('till-1', 'birth', 86_400);
    live(filling, 120, (hour) => Math.min(99, 40 + hour / 2 + flutter(hour)));
    const [incident, ...others] = openIncidents(filling.state);
    expect(others).toEqual([]);
    expect(incident?.alerts.map(({ rule, state }) => [rule, state])).toEqual([
      ['foreseen', 'firing'],
      ['disk', 'firing'],
    ]);
  });

  it('tells anew what no longer holds', () => {
    const lab = labOf();
    live(lab, 90, (hour) => 40 + hour / 2 + flutter(hour));
    const told = () => devicesOf(lab.state, STORE, lab.now)[0]?.alerts[0]?.reason.params;
    const before = told();
    live(lab, 10, (hour) => 85 + hour / 8 + flutter(hour));
    expect(told()?.expectedAt).toBeGreaterThan(Number(before?.latestAt));
    expect(lab.story()).toHaveLength(2);
  });

  it('names its incident anew, and tells its desk, when the day it expects is another, and not each hour', () => {
    const lab = labOf();
    live(lab, 90, (hour) => 40 + hour / 2 + flutter(hour));
    const told = () => [...openIncidents(lab.state)].map(({ cause }) => cause.reason.params?.expectedAt);
    const updates = () => lab.effects.filter((effect) => effect.kind === 'incident' && effect.desk === 'update').length;
    const [before] = told();
    live(lab, 10, (hour) => 85 + hour / 8 + flutter(hour));
    expect(told()[0]).toBeGreaterThan(Number(before) + 3 * HOUR * 1000);
    expect(told()).toEqual([...openIncidents(lab.state)].map(({ alerts }) => alerts[0]?.reason.params?.expectedAt));
    expect(updates()).toBe(1);
  });

  it('is forgotten with its device, and by another rule of its name', () => {
    const lab = labOf();
    live(lab, 30, (hour) => 40 + hour / 2);
    const row = lab.rows.get(STORE) ?? '';
    expect(row).toContain('"disk used_percent path"');
    const other = new Lab(packOf(forecast({ field: 'inodes_used_percent' })), storeOf([till(1)]));
    loadStore(other.state, STORE, row);
    other.presence('till-1', 'birth');
    expect(other.rows.get(STORE)).not.toContain('watches');
    lab.define(storeOf([till(2)]));
    expect(lab.rows.get(STORE) ?? '').not.toContain('disk used_percent');
  });

  it('loads what was kept before there were forecasts', () => {
    const old = new Lab(packOf(silence()), storeOf([till(1)]));
    old.presence('till-1', 'birth', 86_400);
    const lab = labOf();
    loadStore(lab.state, STORE, old.rows.get(STORE) ?? '');
    live(lab, 100, (hour) => 40 + hour / 2);
    expect(lab.story()).toHaveLength(2);
  });

  it('ends with its readings: three days after the last, once the device has had the time to tell', () => {
    const lab = labOf();
    live(lab, 100, (hour) => 40 + hour / 2);
    expect(lab.story()).toHaveLength(2);
    live(lab, 71, () => 10, '/var');
    expect(lab.story()).toHaveLength(2);
    live(lab, 2, () => 10, '/var');
    expect(lab.story().slice(2)).toEqual(['firing > resolved no-longer-watched']);
    lab.pass(60);
    expect([...openIncidents(lab.state)]).toEqual([]);
  });

  it('outlasts an absence of the device itself', () => {
    const lab = labOf();
    live(lab, 100, (hour) => 40 + hour / 2);
    lab.presence('till-1', 'lost');
    lab.pass(100 * HOUR);
    lab.presence('till-1', 'birth', 86_400);
    live(lab, 0.5, () => 10, '/var');
    expect(lab.story()).toHaveLength(2);
    lab.disk('till-1', 92);
    live(lab, 20, () => 10, '/var');
    expect(lab.story()).toHaveLength(2);
  });

  it('ends when its place is given to other readings', () => {
    const lab = labOf();
    live(lab, 100, (hour) => 40 + hour / 2);
    lab.presence('till-1', 'lost');
    lab.pass(100 * HOUR);
    lab.presence('till-1', 'birth', 86_400);
    for (let path = 0; path < 16; path++) lab.disk('till-1', 10, `/${path}`);
    live(lab, 2, () => 10, '/0');
    expect(lab.story().slice(2)).toEqual(['firing > resolved no-longer-watched']);
  });
});
