import { expect, test } from 'vitest';
import type { EngineEvent } from '../../alerting/engine/types.ts';
import { defaultRulePackPath, readRulePack } from '../../alerting/rules/read-rule-pack.ts';
import type { ServedPartition } from '../../cli/server/serve-partition.ts';
import { Served } from '../../cli/server/served.ts';
import { Devices } from '../../collector/devices.ts';
import { type Cluster, PartitionGone, type StateStore } from '../../collector/ports.ts';

const pack = readRulePack(defaultRulePackPath);
const devices = [{ name: 'till-1', kind: 'till' }] as const;
const chainOf = (...stores: string[]) => ({
  name: 'acme',
  title: 'Acme',
  stores: stores.map((name) => ({ name, title: name, timeZone: 'Europe/Paris', devices: [...devices] })),
});
const word: EngineEvent = { kind: 'comment', incident: 'i', by: 'Inès', text: 'seen' };

/** Two partitions of a cluster, both served here, that take nothing in any more for the reason given. */
async function leaving(gone: Error) {
  const handed: [number, EngineEvent][] = [];
  const observed: string[] = [];
  const refuses = () => Promise.reject(gone);
  const partition = {
    judge: {
      snapshot: () => ({ incidents: [], majors: [] }),
      defineElsewhere() {},
      hear() {},
      follow() {},
      observe: (store: string) => observed.push(store),
    },
    collector: { submit: refuses, setStores: async () => {} },
    recheckTopology() {},
  } as unknown as ServedPartition;
  const cluster = {
    partitions: 2,
    hand: async (index: number, event: EngineEvent) => void handed.push([index, event]),
  } as unknown as Cluster;
  const served = new Served({
    ...{ devices: new Devices([chainOf('lyon')]), revision: 0, state: {} as StateStore, cluster, now: () => 0 },
    ...{ pack: () => pack, observed: () => undefined, maintenance: () => [] },
    ...{ serve: async () => partition, onShown: () => {}, onTrouble: () => {} },
  });
  await served.take(0);
  await served.take(1);
  return { served, handed, observed };
}

test('what everyone reads from the store is taken, though partitions are on their way to another collector', async () => {
  const { served } = await leaving(new PartitionGone(true));
  await served.redefine([chainOf('lyon', 'nice', 'brest', 'lille')]);
  await served.rejudge();
  await served.replan();
});

test('a person’s word is handed to whoever has the store next', async () => {
  const { served, handed } = await leaving(new PartitionGone(false));
  await served.submit('acme/lyon', word);
  await served.submitToFirst(word);
  expect(handed.map(([, event]) => event)).toEqual([word, word]);
});

test('… but not where it may have been committed: it would be said twice', async () => {
  const { served, handed } = await leaving(new PartitionGone(true));
  await expect(served.submit('acme/lyon', word)).rejects.toThrow('another collector has the partition');
  expect(handed).toEqual([]);
});

test('any other failure is told', async () => {
  const { served } = await leaving(new Error('the disk is full'));
  await expect(served.redefine([chainOf('lyon', 'nice', 'brest', 'lille')])).rejects.toThrow('the disk is full');
  await expect(served.submit('acme/lyon', word)).rejects.toThrow('the disk is full');
});

test('whoever finds major incidents is told of what devices of any store tell of themselves', async () => {
  const { served, observed } = await leaving(new PartitionGone(false));
  served.told(['acme/lyon/till-1', 'acme/lyon/till-2', 'acme/nice/till-1']);
  expect(observed).toEqual(['acme/lyon', 'acme/nice']);
});
