import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FactsKeeper } from '../../../collector/facts/facts-keeper.ts';
import { takeFacts } from '../../../collector/facts/take-facts.ts';
import type { KeptFacts } from '../../../collector/ports.ts';
import type { FactChange, Facts } from '../../../protocol/facts.ts';
import type { DeviceKey } from '../../../protocol/names.ts';

const TILL: DeviceKey = 'c/s/till-1';
const told = (boot: string, seq: number, facts: Record<string, string>, unread?: Facts['unread']): Facts => ({
  v: 1,
  boot,
  seq,
  at: 0,
  facts,
  ...(unread && { unread }),
});

/** Takes one after the other: what is known in the end, and all that changed. */
function replay(documents: readonly Facts[]): { kept: KeptFacts | undefined; changes: FactChange[] } {
  let kept: KeptFacts | undefined;
  const changes: FactChange[] = [];
  for (const [at, document] of documents.entries()) {
    const news = takeFacts(kept, TILL, document, at);
    if (!news) continue;
    kept = news.kept;
    changes.push(...news.changes);
  }
  return { kept, changes };
}

describe('what an agent tells of a device', () => {
  test('the first time is how things are; then a part that is replaced is a change', () => {
    const { changes } = replay([
      told('boot0001', 1, { 'machine.serial': 'A', 'os.lastBoot': '1' }),
      told('boot0002', 1, { 'machine.serial': 'B', 'os.lastBoot': '2', 'usb[1:2].name': 'Scanner' }),
      told('boot0002', 2, { 'machine.serial': 'B', 'os.lastBoot': '2' }),
    ]);
    expect(changes).toEqual([
      { at: 1, path: 'machine.serial', from: 'A', to: 'B' },
      { at: 1, path: 'usb[1:2].name', to: 'Scanner' },
      { at: 2, path: 'usb[1:2].name', from: 'Scanner' },
    ]);
  });

  test('what could not be read this time stays known, and is no change', () => {
    const { kept, changes } = replay([
      told('boot0001', 1, { 'machine.serial': 'A', 'disk[sda].model': 'X', 'os.name': 'Debian 12' }),
      told('boot0001', 2, { 'os.name': 'Debian 13' }, { 'machine.serial': 'permission', disk: 'timeout' }),
    ]);
    expect(kept?.facts).toEqual({ 'machine.serial': 'A', 'disk[sda].model': 'X', 'os.name': 'Debian 13' });
    expect(kept?.unread).toEqual({ 'machine.serial': 'permission', disk: 'timeout' });
    expect(changes.map(({ path }) => path)).toEqual(['os.name']);
  });

  const values = fc.dictionary(
    fc.constantFrom('a.x', 'a.y', 'b[1].z', '__proto__.x', 'os.lastBoot'),
    fc.constantFrom('1', '2', '3'),
    {
      noNullPrototype: true,
    },
  );
  const run = fc.array(values, { minLength: 1, maxLength: 5 });

  test('documents of a run in any order and any number end the same, and the changes lead there', () => {
    const runs = fc.array(run, { minLength: 1, maxLength: 3 }).chain((all) =>
      fc.tuple(
        ...all.map((documents, index) => {
          const sent = documents.map((facts, seq) => told(`boot000${index}`, seq + 1, facts));
          return fc.tuple(
            fc.constant(sent),
            fc.shuffledSubarray([...sent, ...sent], { minLength: sent.length, maxLength: sent.length * 2 }),
          );
        }),
      ),
    );
    fc.assert(
      fc.property(runs, (all) => {
        const first = all.flatMap(([sent]) => sent)[0] as Facts;
        // Whatever is lost or overtaken within a run, its last document comes in the end.
        const came = [first, ...all.flatMap(([sent, any]) => [...any, sent.at(-1) as Facts])];
        const { kept, changes } = replay(came);
        const last = all.at(-1)?.[0].at(-1) as Facts;
        expect(kept?.facts).toEqual(last.facts);
        const followed = new Map(Object.entries(first.facts).filter(([path]) => path !== 'os.lastBoot'));
        for (const { path, from, to } of changes) {
          expect(followed.get(path)).toBe(from);
          if (to === undefined) followed.delete(path);
          else followed.set(path, to);
        }
        const lasting = Object.entries(last.facts).filter(([path]) => path !== 'os.lastBoot');
        expect(new Map([...followed].sort())).toEqual(new Map(lasting.sort()));
        expect(replay([...came, ...came.slice(-1)])).toEqual({ kept, changes });
      }),
      { numRuns: 300 },
    );
  });
});

describe('keeping it', () => {
  function fakeStore() {
    const rows = new Map<DeviceKey, KeptFacts>();
    let refuses = false;
    return {
      rows,
      refuse: (is: boolean) => {
        refuses = is;
      },
      get: async (device: DeviceKey) => rows.get(device),
      save: async (kept: KeptFacts) => {
        if (refuses) throw new Error('the disk refuses');
        rows.set(kept.device, kept);
      },
    };
  }

  test('judgement hears of it when something rules may ask for has changed', async () => {
    const keeper = new FactsKeeper(fakeStore());
    const version = (seq: number, pos: string, more = {}) =>
      keeper.take(TILL, told('boot0001', seq, { 'os.name': 'Debian 12', 'software[pos].version': pos, ...more }), 5);
    expect(await version(1, '8.4')).toEqual({
      kind: 'observed',
      device: TILL,
      attributes: { os: 'Debian 12', 'software.pos': '8.4' },
    });
    expect(await version(2, '8.4', { 'disk[sda].model': 'X' })).toBeUndefined();
    expect(await version(3, '8.5')).toMatchObject({ attributes: { 'software.pos': '8.5' } });
    expect(await version(2, '8.4')).toBeUndefined();
  });

  test('a store that refuses is told to the sender, who sends again', async () => {
    const store = fakeStore();
    const keeper = new FactsKeeper(store);
    store.refuse(true);
    const message = told('boot0001', 1, { 'os.name': 'x' });
    await expect(keeper.take(TILL, message, 1)).rejects.toThrow('the disk refuses');
    store.refuse(false);
    expect(await keeper.take(TILL, message, 1)).toMatchObject({ kind: 'observed' });
    expect(store.rows.get(TILL)?.facts).toEqual({ 'os.name': 'x' });
  });
});
