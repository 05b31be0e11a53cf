import { describe, expect, test } from 'vitest';
import { type Described, matchScopes } from '../../../alerting/engine/scope.ts';
import type { Scope } from '../../../alerting/engine/types.ts';
import { Lab, packOf, STORE, silence, storeOf, threshold, till } from './lab.ts';

const TILL: Described = {
  kind: 'till',
  store: { carrier: 'Orange' },
  device: { model: 'TCx (800)' },
  asset: { contract: 'Gold 4 h' },
  observed: { os: 'Windows 10 IoT', 'software.pos': '8.4.1' },
};
const takes = (scope: Scope, device: Described = TILL) =>
  matchScopes(packOf(threshold({ scope }))).rulesFor(device).length === 1;

describe('a scope', () => {
  test.each<[Scope, boolean]>([
    [{}, true],
    [{ kinds: ['till', 'printer'] }, true],
    [{ kinds: ['printer'] }, false],
    [{ attributes: { 'device.model': ['tcx (800)'] } }, true],
    [{ attributes: { 'device.model': ['TCx'] } }, false],
    [{ attributes: { 'device.model': ['x', 'TCx*'] } }, true],
    [{ attributes: { 'observed.software.pos': ['8.4*'] } }, true],
    [{ attributes: { 'observed.software.pos': ['8.5*'] } }, false],
    [{ attributes: { 'asset.contract': ['gold*'], 'store.carrier': ['*'] } }, true],
    [{ attributes: { 'store.carrier': ['Orange'], 'store.region': ['*'] } }, false],
    [{ attributes: { 'store.constructor': ['*'] } }, false],
    [{ kinds: ['printer'], attributes: { 'store.carrier': ['*'] } }, false],
  ])('%j takes it: %s', (scope, is) => {
    expect(takes(scope)).toBe(is);
  });

  test('is asked once for all devices that are alike in what it asks', () => {
    const { rulesFor } = matchScopes(packOf(threshold({ scope: { attributes: { 'store.carrier': ['orange'] } } })));
    const other = (change: Partial<Described>) => rulesFor({ ...TILL, ...change });
    expect(other({ device: { model: 'another' } })).toBe(rulesFor(TILL));
    expect(other({ store: { carrier: 'ORANGE' } })).toEqual([0]);
    expect(['SFR', 'null', undefined].map((carrier) => other({ store: carrier ? { carrier } : {} }))).toEqual([
      [],
      [],
      [],
    ]);
    for (let at = 0; at < 10_000; at++) other({ store: { carrier: `${at}` } });
    expect([rulesFor(TILL), other({ store: { carrier: 'SFR' } })]).toEqual([[0], []]);
  });

  test('a device of which nothing is known has no attributes', () => {
    const bare: Described = {
      kind: 'till',
      store: undefined,
      device: undefined,
      asset: undefined,
      observed: undefined,
    };
    expect(takes({ attributes: { 'observed.os': ['*'] } }, bare)).toBe(false);
    expect(takes({}, bare)).toBe(true);
  });
});

test('the first rule of silence that takes a device is its own', () => {
  const patient = silence({ id: 'patient', scope: { attributes: { 'asset.contract': ['None'] } }, forS: 600 });
  const lab = new Lab(
    packOf(patient, silence({ id: 'usual' })),
    storeOf([till(1, { asset: { contract: 'none' } }), till(2)]),
  );
  for (const name of ['till-1', 'till-2']) lab.presence(name, 'birth');
  for (const name of ['till-1', 'till-2']) lab.presence(name, 'lost');
  lab.pass(60);
  expect(lab.transitions.filter(({ alert }) => alert.state === 'firing').map(({ alert }) => alert.key)).toEqual([
    `${STORE}/till-2#usual#`,
  ]);
});

test('what an agent tells before the inventory knows its device counts once it does', () => {
  const lab = new Lab(packOf(threshold({ forS: 0, scope: { attributes: { 'observed.os': ['Debian*'] } } })));
  lab.send({ kind: 'observed', device: `${STORE}/till-1`, attributes: { os: 'Debian 12' } });
  lab.define(storeOf([till(1), till(2)]));
  for (const name of ['till-1', 'till-2']) {
    lab.presence(name, 'birth');
    lab.disk(name, 95);
  }
  lab.pass(1);
  expect(lab.transitions.map(({ alert }) => alert.device)).toEqual(
    Array(lab.transitions.length).fill(`${STORE}/till-1`),
  );
  expect(lab.transitions.at(-1)?.alert.state).toBe('firing');
});
