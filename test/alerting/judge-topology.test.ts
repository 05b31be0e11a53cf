import { expect, test } from 'vitest';
import type { ToldTree } from '../../alerting/engine/tree.ts';
import type { StoreKey } from '../../protocol/names.ts';
import { JudgeRig, makeChain, makeStore } from './judge-rig.ts';

const STORE: StoreKey = 'demo/001';
const at = (...names: string[]) => names.map((name) => `${STORE}/${name}` as const);
const devices = [
  { name: 'gw', kind: 'gateway' as const },
  ...['sw-1', 'sw-2'].map((name) => ({ name, kind: 'switch' as const, gateway: 'gw' })),
  ...[1, 2, 3].map((lane) => ({ name: `till-${lane}`, kind: 'till' as const, lane, gateway: 'gw' })),
];
const TREE: ToldTree = Object.fromEntries(
  ['till-2', 'till-3'].map((name, port) => [name, { parent: 'sw-2', port: `${port}`, evidence: 'lldp' }]),
);
const open = (topologies?: [StoreKey, ToldTree][]) =>
  JudgeRig.open({
    inventory: [makeChain([makeStore('001', 'Nantes', { devices })])],
    ...(topologies && { topologies }),
  });

async function fail(rig: JudgeRig): Promise<void> {
  await rig.hear('unreachable', ...at('sw-2', 'till-2', 'till-3'));
  await rig.pass(30);
}

test('a tree given at the start, or told later, names the cause; and a restart keeps it', async () => {
  const [given, told, untold] = [await open([[STORE, TREE]]), await open(), await open()];
  for (const rig of [given, told, untold]) await rig.birth();
  await told.feed({ kind: 'topology', store: STORE, parents: TREE });
  for (const rig of [given, told, untold]) await fail(rig);
  const cause = { cause: { target: `${STORE}/sw-2` }, fold: { code: 'fold.switch', params: { devices: 2 } } };
  expect(given.judge.snapshot().incidents).toMatchObject([cause]);
  expect(told.judge.snapshot().incidents).toMatchObject([cause]);
  expect(untold.judge.snapshot().incidents).toMatchObject([{ fold: { code: 'fold.fell-together' } }]);
  await given.restart();
  await given.hear('unreachable', ...at('sw-2', 'till-2', 'till-3'));
  await given.pass(120);
  expect(given.judge.snapshot().incidents.filter(({ cause: { target } }) => target.endsWith('sw-2'))).toHaveLength(1);
});

test('a tree of a store that is not in the inventory is nothing', async () => {
  const rig = await open([['demo/nowhere', TREE]]);
  expect((await rig.feed({ kind: 'topology', store: 'demo/nowhere', parents: TREE })).writes.stores).toEqual([]);
});
