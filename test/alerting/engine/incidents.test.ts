import { describe, expect, it } from 'vitest';
import { openIncidents } from '../../../alerting/engine/engine.ts';
import { Lab, packOf, STORE, silence, storeOf, threshold, till } from './lab.ts';

const NEVER_SILENT_S = 86_400;

function labOf(names: string[], over: Parameters<typeof silence>[0] = {}): Lab {
  const devices = names.map((name) =>
    name === 'server' ? ({ name, kind: 'server' } as const) : till(Number(name.slice(5))),
  );
  const lab = new Lab(packOf(silence(over), threshold({ forS: 60 })), storeOf(devices));
  for (const name of names) lab.presence(name, 'birth', NEVER_SILENT_S);
  return lab;
}

const open = (lab: Lab) => [...openIncidents(lab.state)];
const targets = (lab: Lab) => open(lab).map(({ cause }) => cause.target);

describe('an incident', () => {
  it('stays open while its fault is coming back, however long that takes to confirm', () => {
    const lab = labOf(['till-1', 'till-2'], { forS: 60 });
    lab.presence('till-1', 'lost');
    lab.pass(60);
    const [first] = open(lab);
    lab.presence('till-1', 'birth', NEVER_SILENT_S);
    lab.pass(25);
    lab.presence('till-1', 'lost');
    lab.pass(60);
    expect(open(lab).map(({ key }) => key)).toEqual([first?.key]);
  });

  it('of a store takes back a device that falls again before the rest has returned', () => {
    const names = ['server', 'till-1', 'till-2', 'till-3'];
    const lab = labOf(names);
    for (const name of names) lab.presence(name, 'lost');
    lab.pass(20);
    expect(targets(lab)).toEqual([STORE]);
    for (const name of ['server', 'till-1']) lab.presence(name, 'birth', NEVER_SILENT_S);
    lab.pass(120);
    lab.presence('till-1', 'lost');
    lab.pass(60);
    expect(targets(lab)).toEqual([STORE]);
  });

  it('of a store narrows to the last device missing, unless that has one of its own', () => {
    const names = ['server', 'till-1', 'till-2'];
    const lab = labOf(names);
    for (let round = 0; round < 3; round++) {
      lab.disk('till-2', 99);
      lab.pass(30);
    }
    expect(targets(lab)).toEqual([`${STORE}/till-2`]);
    for (const name of names) lab.presence(name, 'lost');
    lab.pass(20);
    for (const name of ['server', 'till-1']) lab.presence(name, 'birth', NEVER_SILENT_S);
    lab.pass(300);
    expect(targets(lab)).toEqual([`${STORE}/till-2`, STORE]);
  });

  it('tells how its store was folded', () => {
    const lab = labOf(['server', 'till-1', 'till-2']);
    for (const name of ['server', 'till-1', 'till-2']) lab.presence(name, 'lost');
    lab.pass(5);
    expect(open(lab)[0]).toMatchObject({
      cause: { kind: 'store', target: STORE, reason: { code: 'store.silent' } },
      fold: { code: 'fold.store-silent', params: { devices: 3 } },
      impact: 1,
      lanesDown: 2,
      lanesTotal: 2,
    });
    expect(open(lab)[0]?.alerts.length).toBe(3);
  });

  it('has a key of its store, its first cause and its time', () => {
    const lab = labOf(['till-1', 'till-2']);
    lab.presence('till-1', 'lost');
    lab.pass(5);
    expect(open(lab)[0]?.key).toBe(`${STORE}#${STORE}/till-1#silent#${lab.now}`);
  });

  it('is named after the gravest of what fires, and after what remains once that is over', () => {
    const small = threshold({ id: 'filling', forS: 0, severity: 'warning', urgency: 3, raise: 70, clear: 60 });
    const lab = new Lab(packOf(silence(), small), storeOf([till(1), till(2)]));
    for (const name of ['till-1', 'till-2']) lab.presence(name, 'birth', NEVER_SILENT_S);
    lab.disk('till-1', 80);
    const [first] = open(lab);
    expect(first?.cause).toMatchObject({ rule: 'filling', reason: { code: 'threshold.above' } });
    lab.presence('till-1', 'lost');
    lab.pass(5);
    expect(open(lab)).toMatchObject([
      { key: first?.key, cause: { rule: 'silent', reason: { code: 'presence.lost' } } },
    ]);
    expect(lab.effects.at(-3)).toMatchObject({ kind: 'incident', desk: 'update' });
    lab.presence('till-1', 'birth', NEVER_SILENT_S);
    lab.disk('till-1', 80);
    lab.pass(5);
    expect(open(lab)).toMatchObject([{ key: first?.key, cause: { rule: 'filling' }, severity: 'warning' }]);
  });

  it('is to be taken on again when something graver takes over what was acknowledged, and not when that is over', () => {
    const small = threshold({ id: 'filling', forS: 0, severity: 'warning', urgency: 3, raise: 70, clear: 60 });
    const lab = new Lab(packOf(silence(), small), storeOf([till(1), till(2)]));
    for (const name of ['till-1', 'till-2']) lab.presence(name, 'birth', NEVER_SILENT_S);
    lab.disk('till-1', 80);
    const incident = open(lab)[0]?.key ?? '';
    lab.send({ kind: 'acknowledge', incident, by: 'alice' });
    lab.presence('till-1', 'lost');
    lab.pass(5);
    expect(open(lab)).toMatchObject([{ key: incident, state: 'new', cause: { rule: 'silent' } }]);
    expect(open(lab)[0]).not.toHaveProperty('acknowledgedBy');
    lab.send({ kind: 'acknowledge', incident, by: 'bob' });
    lab.presence('till-1', 'birth', NEVER_SILENT_S);
    lab.disk('till-1', 80);
    lab.pass(5);
    expect(open(lab)).toMatchObject([{ state: 'acknowledged', acknowledgedBy: 'bob', cause: { rule: 'filling' } }]);
  });

  it('that opens with several alerts at once is opened by the gravest', () => {
    const small = threshold({ id: 'filling', forS: 0, severity: 'warning', urgency: 3, raise: 70, clear: 60 });
    const lab = new Lab(packOf(small, threshold({ forS: 0 })), storeOf([till(1), till(2)]));
    lab.disk('till-1', 95);
    expect(open(lab)).toMatchObject([{ cause: { rule: 'disk' }, alerts: [{ rule: 'disk' }, { rule: 'filling' }] }]);
  });
});

it('a count that begins anew is kept, though nothing is shown', () => {
  const lab = labOf(['till-1', 'till-2']);
  lab.disk('till-1', 95);
  lab.pass(10);
  expect(lab.disk('till-1', 95).effects).toEqual([]);
  expect(lab.disk('till-1', 85).effects).toEqual([{ kind: 'save', store: STORE }]);
  expect(lab.disk('till-1', 85).effects).toEqual([]);
});
