import { describe, expect, it } from 'vitest';
import { devicesOf, loadStore, openIncidents } from '../../../alerting/engine/engine.ts';
import { DEFAULT_JUDGEMENT } from '../../../alerting/engine/judgement.ts';
import type { RulePack } from '../../../alerting/engine/types.ts';
import { burntMsOf } from '../../../protocol/counting.ts';
import type { OpeningHours } from '../../../protocol/inventory.ts';
import type { MaintenanceWindow } from '../../../protocol/maintenance.ts';
import { Lab, packOf, STORE, silence, status, storeOf, threshold, till } from './lab.ts';

const MINUTE = 60_000;
const START = Date.parse('2025-03-10T09:00:00Z');

/** From 10:10 to 12:10 in Paris; the lab starts at 10:00. */
const window = (end = '2025-03-10T12:10', start = '2025-03-10T10:10'): MaintenanceWindow => ({
  id: 'w1',
  kind: 'maintenance',
  title: 'Mise à jour des caisses',
  who: 'Inès',
  why: 'version 8',
  scope: {},
  start,
  end,
});

const only = (lab: Lab) => {
  const [incident, ...others] = openIncidents(lab.state);
  expect(others).toEqual([]);
  return incident;
};

describe('the clocks of an incident whose cause is worked on', () => {
  const judgement = {
    ...DEFAULT_JUDGEMENT,
    contracts: [
      {
        targetsS: { respond: { 1: 1200, 2: 1200, 3: 1200 }, restore: { 1: 3600, 2: 3600, 3: 3600 } },
        escalateAt: [50, 75, 100] as const,
      },
    ],
  };
  const pack: RulePack = { ...packOf(silence({ forS: 0 })), judgement };
  const inService = (hours?: OpeningHours) => storeOf([till(1), till(2)], hours && { hours });

  /** Lost at 10:00, planned work from 10:10 on. */
  function labOf(hours?: OpeningHours): Lab {
    const lab = new Lab(pack, inService(hours));
    lab.send({ kind: 'maintenance', windows: [window()] });
    for (const name of ['till-1', 'till-2']) lab.presence(name, 'birth', 86_400);
    lab.presence('till-1', 'lost');
    return lab;
  }
  const burnt = (lab: Lab) => {
    const { clocks } = only(lab) ?? {};
    return clocks && [burntMsOf(clocks.respond, lab.now), burntMsOf(clocks.restore, lab.now)].map((ms) => ms / MINUTE);
  };
  const escalations = (lab: Lab) =>
    lab.effects.flatMap((effect) =>
      effect.kind === 'incident' ? effect.entries.filter(({ reason }) => reason.code === 'incident.escalated') : [],
    );

  it('burn nothing and escalate nothing until it is over, then go on with what was left', () => {
    const lab = labOf();
    lab.pass(5 * 60);
    const opened = only(lab)?.openedAt ?? 0;
    const before = START + 10 * MINUTE - opened;
    expect(only(lab)?.restoreBy).toBe(opened + 60 * MINUTE);
    lab.pass(5 * 60);
    expect(only(lab)).toMatchObject({ maintenance: { params: { id: 'w1' } }, clocks: { restore: { runs: false } } });
    const told = escalations(lab).length;
    lab.pass(119 * 60);
    expect(burnt(lab)).toEqual([before / MINUTE, before / MINUTE]);
    expect(only(lab)).not.toHaveProperty('restoreBy');
    expect(escalations(lab).length).toBe(told);
    lab.pass(60);
    expect(only(lab)).not.toHaveProperty('maintenance');
    expect(only(lab)?.restoreBy).toBe(lab.now + 60 * MINUTE - before);
    expect(only(lab)?.clocks?.restore).not.toHaveProperty('held');
    lab.pass(5 * 60);
    expect(burnt(lab)).toEqual([before / MINUTE + 5, before / MINUTE + 5]);
  });

  it('stay still where service begins in the middle of it', () => {
    const daily: OpeningHours = { mon: ['08:00-10:05', '11:00-20:00'] };
    const lab = labOf(daily);
    lab.pass(130 * 60);
    const [, restore] = burnt(lab) ?? [];
    expect(restore).toBeLessThanOrEqual(5);
    lab.pass(10 * 60);
    expect(burnt(lab)?.[1]).toBe((restore ?? 0) + 10);
  });

  it('stay still over a restart, an answer, and a clock that is set', () => {
    const lab = labOf();
    lab.pass(30 * 60);
    const before = burnt(lab);
    const next = new Lab(pack);
    next.send({ kind: 'maintenance', windows: [window()] });
    next.now = lab.now;
    next.define(inService());
    for (const [key, saved] of lab.rows) loadStore(next.state, key, saved);
    next.send({ kind: 'started' });
    next.presence('till-2', 'online', 86_400);
    expect(burnt(next)).toEqual(before);
    next.setClock(20 * 60);
    next.pass(10 * 60);
    expect(burnt(next)).toEqual(before);
    next.send({ kind: 'acknowledge', incident: only(next)?.key ?? '', by: 'Inès' });
    expect(only(next)?.clocks?.respond).toMatchObject({ stoppedAt: next.now, runs: false });
    expect(only(next)?.clocks?.respond).not.toHaveProperty('held');
    next.pass(10 * 60);
    expect(burnt(next)).toEqual(before);
    next.send({ kind: 'maintenance', windows: [] });
    next.pass(60);
    expect(burnt(next)?.[1]).toBe((before?.[1] ?? 0) + 1);
  });
});

describe('what stays away while it is worked on', () => {
  const rule = threshold({ noData: { afterS: 600, does: 'alert' } });

  it('is due anew from the end', () => {
    const lab = new Lab(packOf(rule), storeOf([till(1)]));
    lab.send({ kind: 'maintenance', windows: [window()] });
    lab.presence('till-1', 'birth', 86_400);
    lab.disk('till-1', 50);
    lab.pass(60);
    lab.disk('till-1', 50);
    lab.pass(129 * 60);
    expect([lab.now, lab.story()]).toEqual([START + 130 * MINUTE, []]);
    lab.pass(599);
    expect(lab.story()).toEqual([]);
    lab.pass(1);
    expect(lab.story().at(-1)).toBe('pending > firing no-data.reading');
  });

  it('is forgotten after a week, with a window every night, and never leaves anything due that is over', () => {
    const lab = new Lab(packOf(rule), storeOf([till(1)]));
    const nightly = { ...window('2025-03-10T03:00', '2025-03-10T02:00'), repeat: 'FREQ=DAILY' };
    lab.send({ kind: 'maintenance', windows: [nightly] });
    lab.presence('till-1', 'birth', 864_000);
    lab.disk('till-1', 50);
    lab.pass(7 * 86_400 + 601);
    expect(lab.story()).toEqual([
      'ok > pending no-data.reading',
      'pending > firing no-data.reading',
      'firing > resolved no-longer-watched',
    ]);
  });
});

describe('the severity of what fired for flapping alone', () => {
  it('does not rise while it is worked on, and does once the fault lasts after that', () => {
    const lab = new Lab(packOf(status({ forS: 60, clearForS: 0 })), storeOf([till(1)]));
    lab.send({ kind: 'maintenance', windows: [window()] });
    lab.presence('till-1', 'birth');
    const say = (result: 'ok' | 'critical', times: number) => {
      for (let time = 0; time < times; time++) {
        lab.report('till-1', [], [{ check: 'pos', status: result }]);
        lab.pass(30);
      }
    };
    for (let time = 0; time < 10; time++) say(time % 2 === 0 ? 'ok' : 'critical', 1);
    say('ok', 10);
    expect(lab.now).toBe(START + 10 * MINUTE);
    expect(only(lab)).toMatchObject({ severity: 'warning', alerts: [{ flapping: true }] });
    say('critical', 240);
    expect([lab.now, only(lab)?.severity]).toEqual([START + 130 * MINUTE, 'warning']);
    say('critical', 2);
    expect(only(lab)?.severity).toBe('warning');
    say('critical', 1);
    expect(only(lab)?.severity).toBe('critical');
  });

  it('nor that of a silence', () => {
    const lab = new Lab(packOf(silence({ forS: 300 })), storeOf([till(1), till(2)]));
    lab.presence('till-2', 'birth', 86_400);
    lab.presence('till-1', 'birth', 86_400);
    for (let time = 0; time < 12; time++) {
      lab.presence('till-1', time % 2 === 0 ? 'lost' : 'online', 86_400);
      lab.pass(30);
    }
    lab.presence('till-1', 'lost');
    lab.pass(60);
    expect(only(lab)).toMatchObject({ severity: 'warning' });
    lab.send({ kind: 'maintenance', windows: [window('2025-03-10T12:10', '2025-03-10T10:07')] });
    lab.pass(122 * 60);
    expect(devicesOf(lab.state, STORE, lab.now)[0]).toMatchObject({
      state: 'maintenance',
      alerts: [{ severity: 'warning' }],
    });
    expect(only(lab)?.severity).toBe('warning');
    lab.pass(6 * 60);
    expect(only(lab)?.severity).toBe('critical');
  });
});
