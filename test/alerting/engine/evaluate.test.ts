import { describe, expect, it } from 'vitest';
import { loadStore, openIncidents } from '../../../alerting/engine/engine.ts';
import type { Status } from '../../../protocol/status.ts';
import { Lab, packOf, STORE, silence, status, storeOf, threshold, till } from './lab.ts';

const labOf = (...rules: Parameters<typeof packOf>) => {
  const lab = new Lab(packOf(...rules), storeOf([till(1), till(2)]));
  lab.presence('till-1', 'birth');
  lab.presence('till-2', 'birth', 86_400);
  return lab;
};

/** Feeds one value every 30 s and tells the transitions, each with the index of its sample. */
function feed(lab: Lab, values: (number | undefined)[]): string[] {
  return values.flatMap((value, index) => {
    const { transitions } = value === undefined ? lab.report('till-1') : lab.disk('till-1', value);
    lab.pass(30);
    return transitions.map(({ from, alert }) => `${index}: ${from} > ${alert.state}`);
  });
}

describe('thresholds', () => {
  it.each([
    ['below raise nothing happens', [10, 89.9], []],
    ['fires once the fault has lasted', [90, 95, 99], ['0: ok > pending', '2: pending > firing']],
    [
      'a pending fault that clears is no alert',
      [95, 80, 95],
      ['0: ok > pending', '1: pending > resolved', '2: ok > pending'],
    ],
    ['between, a pending fault counts anew', [95, 85, 95, 95, 95], ['0: ok > pending', '4: pending > firing']],
    ['between, a firing one goes on', [95, 95, 95, 85, 85, 95, 85], ['0: ok > pending', '2: pending > firing']],
    [
      'clears once it has lasted',
      [95, 95, 95, 80, 79, 50],
      ['0: ok > pending', '2: pending > firing', '5: firing > resolved'],
    ],
    ['between, the clearing counts anew', [95, 95, 95, 80, 81, 80, 80], ['0: ok > pending', '2: pending > firing']],
    ['missing samples raise nothing', [95, undefined, undefined, undefined], ['0: ok > pending']],
    [
      'missing samples clear nothing',
      [95, 95, 95, undefined, undefined, undefined],
      ['0: ok > pending', '2: pending > firing'],
    ],
  ])('%s', (_, values, expected) => {
    expect(feed(labOf(threshold({ forS: 60, clearForS: 60 })), values)).toEqual(expected);
  });

  it('works downwards too', () => {
    const lab = labOf(threshold({ direction: 'below', raise: 5, clear: 10, forS: 0, clearForS: 0 }));
    expect(feed(lab, [6, 5, 7, 9.9, 10])).toEqual(['1: ok > pending', '1: pending > firing', '4: firing > resolved']);
    expect(lab.story()[0]).toBe('ok > pending threshold.below');
  });

  it('asks a point for a tag, whatever it says', () => {
    const lab = labOf(threshold({ forS: 0, tags: { fstype: '*', path: '/' } }));
    const disk = (t: Record<string, string>) => ({ m: 'disk', t, f: { used_percent: 99 } });
    lab.report('till-1', [disk({ path: '/' }), disk({ path: '/var', fstype: 'ext4' })]);
    expect(lab.transitions).toEqual([]);
    lab.report('till-1', [disk({ path: '/', fstype: 'ext4' })]);
    expect(lab.transitions).not.toEqual([]);
  });

  it('tells alerts apart by their tags, in whatever order they come', () => {
    const lab = labOf(threshold({ forS: 0 }));
    lab.report('till-1', [
      { m: 'disk', t: { path: '/', device: 'sda1' }, f: { used_percent: 99 } },
      { m: 'disk', t: { device: 'sda1', path: '/' }, f: { used_percent: 98 } },
      { m: 'disk', t: { device: 'sda2', path: '/var' }, f: { used_percent: 97 } },
    ]);
    const firing = lab.transitions.filter(({ alert }) => alert.state === 'firing');
    expect(firing.map(({ alert }) => alert.key)).toEqual([
      'chain/lyon/till-1#disk#device=sda1,path=/',
      'chain/lyon/till-1#disk#device=sda2,path=/var',
    ]);
    expect(firing[0]?.alert.reason).toEqual({
      code: 'threshold.above',
      params: { reading: 'disk used_percent sda1 /', value: 99, limit: 90, unit: 'percent' },
    });
  });

  it('takes only the tags it is told to', () => {
    const rule = threshold({ forS: 0, tags: { fstype: 'ext4' }, by: ['path'] });
    const lab = labOf(rule);
    lab.report('till-1', [
      { m: 'disk', t: { path: '/', device: 'a', fstype: 'ext4' }, f: { used_percent: 99 } },
      { m: 'disk', t: { path: '/media', device: 'b', fstype: 'iso9660' }, f: { used_percent: 100 } },
    ]);
    expect(new Set(lab.transitions.map(({ alert }) => alert.instance))).toEqual(new Set(['path=/']));
  });

  it('holds a bounded number of alerts on one device, whatever its tags', () => {
    const lab = labOf(threshold({ forS: 0 }));
    const points = Array.from({ length: 1000 }, (_, n) => ({
      m: 'disk',
      t: { path: `/${n}` },
      f: { used_percent: 99 },
    }));
    lab.report('till-1', points);
    expect([...openIncidents(lab.state)][0]?.alerts.length).toBe(200);
  });

  it('holds the alerts of a lost device, and counts a half confirmed fault anew when it is back', () => {
    const lab = labOf(silence(), threshold({ forS: 60, clearForS: 0 }));
    feed(lab, [95, 95]);
    lab.presence('till-1', 'lost');
    lab.pass(600);
    lab.presence('till-1', 'birth');
    expect(feed(lab, [95, 95])).toEqual([]);
    expect(feed(lab, [95])).toEqual(['0: pending > firing']);
    lab.presence('till-1', 'lost');
    lab.pass(3600);
    expect(
      [...openIncidents(lab.state)].flatMap(({ alerts }) => alerts.map(({ rule, state }) => `${rule} ${state}`)),
    ).toEqual(['disk firing', 'silent firing']);
  });

  it('waits for opening where it is judged in opening hours only', () => {
    const lab = new Lab(
      packOf(threshold({ forS: 0, hours: 'open' })),
      storeOf([till(1)], { hours: { mon: ['11:00-12:00'] } }),
    );
    expect(feed(lab, [95, 95])).toEqual(['0: ok > pending']);
    lab.pass(3600);
    expect(feed(lab, [95])).toEqual(['0: pending > firing']);
  });
});

describe('statuses', () => {
  const say = (lab: Lab, ...all: Status[]) =>
    all.flatMap((one) => {
      const { transitions } = lab.report('till-1', [], [{ check: 'process:pos', status: one, text: 'seen' }]);
      lab.pass(30);
      return transitions.map(({ from, alert }) => `${from} > ${alert.state} ${alert.reason.code}`);
    });

  it('raises what it names, for as long as it asks', () => {
    expect(say(labOf(status({ forS: 30 })), 'ok', 'warning', 'critical', 'critical')).toEqual([
      'ok > pending status.critical',
      'pending > firing status.critical',
    ]);
  });

  it('neither raises nor clears by unknown, unless it is named', () => {
    const lab = labOf(status({ forS: 0, clearForS: 0 }));
    expect(say(lab, 'unknown')).toEqual([]);
    expect(say(lab, 'critical', 'unknown', 'unknown')).toEqual([
      'ok > pending status.critical',
      'pending > firing status.critical',
    ]);
    expect(say(lab, 'warning')).toEqual(['firing > resolved status.cleared']);
    expect(say(labOf(status({ forS: 0, raise: ['unknown'] })), 'unknown')).toEqual([
      'ok > pending status.unknown',
      'pending > firing status.unknown',
    ]);
  });

  it.each([
    ['*', 'process:pos', true],
    ['process:*', 'process:pos', true],
    ['process:*', 'net_response:process:pos', false],
    ['*:pos', 'process:pos', true],
    ['p*s:p*s', 'process:pos', true],
    ['process.pos', 'process:pos', false],
    ['process:po', 'process:pos', false],
  ])('%s takes %s: %s', (check, name, takes) => {
    const { transitions } = labOf(status({ check: [check] })).report(
      'till-1',
      [],
      [{ check: name, status: 'critical' }],
    );
    expect(transitions.length > 0).toBe(takes);
  });

  it('ends what it raised on a check that the pack has left to another rule since', () => {
    const before = labOf(status({ forS: 0 }));
    before.report('till-1', [], [{ check: 'smart', status: 'critical' }]);
    before.report('till-1', [], [{ check: 'smart', status: 'critical' }]);
    const lab = new Lab(packOf(status({ except: ['smart'] })), storeOf([till(1)]));
    lab.now = before.now;
    loadStore(lab.state, STORE, before.rows.get(STORE) ?? '');
    lab.send({ kind: 'started' });
    expect(lab.story()).toEqual(['firing > resolved rule.gone']);
  });

  it('takes any of several names, but for those it leaves to others', () => {
    const lab = labOf(status({ check: ['ping', 'process*'], except: ['process:backup*'] }));
    const names = ['ping', 'process:pos', 'process:backup-night', 'dns'];
    const { transitions } = lab.report(
      'till-1',
      [],
      names.map((check) => ({ check, status: 'critical' })),
    );
    expect(transitions.map(({ alert }) => alert.instance)).toEqual(['ping', 'process:pos']);
  });
});

describe('silence', () => {
  it('is looked at again after the intervals the agent named', () => {
    const lab = labOf(silence());
    lab.presence('till-1', 'birth', 10);
    lab.pass(29);
    lab.report('till-2');
    expect(lab.story()).toEqual([]);
    lab.pass(1);
    expect(lab.story()).toEqual(['ok > pending presence.silent']);
    lab.pass(5);
    expect(lab.story().at(-1)).toBe('pending > firing presence.silent');
    expect(lab.transitions[0]?.alert.reason.params).toEqual({ seconds: 30 });
  });

  it('has patience with a goodbye, less once the device is lost otherwise', () => {
    const lab = new Lab(packOf(silence()), storeOf([{ name: 'gw', kind: 'gateway' }, till(1, { gateway: 'gw' })]));
    lab.presence('gw', 'birth', 600);
    lab.presence('till-1', 'online', 600);
    lab.presence('till-1', 'stopped');
    lab.presence('till-1', 'lost');
    lab.pass(299);
    expect(lab.story()).toEqual(['ok > pending presence.stopped']);
    lab.presence('till-1', 'unreachable');
    lab.pass(5);
    expect(lab.story().at(-1)).toBe('pending > firing presence.unreachable');
  });

  it('clears once the device has been heard for long enough', () => {
    const lab = labOf(silence());
    lab.presence('till-1', 'lost');
    lab.pass(10);
    lab.presence('till-1', 'birth');
    lab.pass(3);
    lab.presence('till-1', 'lost');
    lab.pass(60);
    expect(lab.story()).toEqual(['ok > pending presence.lost', 'pending > firing presence.lost']);
    lab.presence('till-1', 'birth');
    lab.pass(5);
    expect(lab.story().at(-1)).toBe('firing > resolved presence.back');
  });
});
