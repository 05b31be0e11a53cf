import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { LeaseKeeper } from '../../../collector/cluster/lease-keeper.ts';
import type { Cluster, ClusterNews, Lease } from '../../../collector/ports.ts';

/** Leases as a table would hold them, for collectors that all live here. */
class Table {
  readonly partitions: number;
  readonly holders = new Map<number, { id: string; epoch: number }>();
  readonly there = new Map<string, string>();
  readonly listeners = new Set<(news: ClusterNews) => void>();
  readonly renewed = new Map<string, number>();
  epoch = 0;
  away = false;

  constructor(partitions: number) {
    this.partitions = partitions;
  }

  free(): number[] {
    return Array.from({ length: this.partitions }, (_, i) => i).filter((i) => !this.holders.has(i));
  }

  clusterFor(): Cluster {
    const ask = async <T>(work: () => T): Promise<T> => {
      if (this.away) throw new Error('no answer');
      return work();
    };
    const isHeld = ({ partition, epoch }: Lease) => this.holders.get(partition)?.epoch === epoch;
    const unused = () => Promise.reject(new Error('not asked for here'));
    return {
      partitions: this.partitions,
      beat: ({ id, url }, held) =>
        ask(() => {
          this.there.set(id, url);
          this.renewed.set(id, (this.renewed.get(id) ?? 0) + 1);
          return {
            collectors: [...this.there]
              .map(([name, at]) => ({ id: name, url: at }))
              .sort((a, b) => (a.id < b.id ? -1 : 1)),
            held: held.filter(isHeld),
            free: this.free(),
            lastIncident: 0,
            inventoryRevision: 0,
          };
        }),
      take: (id, partition) =>
        ask(() => {
          if (this.holders.has(partition)) return undefined;
          const lease = { partition, epoch: ++this.epoch };
          this.holders.set(partition, { id, epoch: lease.epoch });
          return lease;
        }),
      giveBack: (lease) =>
        ask(() => {
          if (isHeld(lease)) this.holders.delete(lease.partition);
          this.tell();
        }),
      leave: (id) =>
        ask(() => {
          this.forget(id);
          this.tell();
        }),
      changes: unused,
      hand: unused,
      onNews: (listener) => {
        this.listeners.add(listener);
        return () => this.listeners.delete(listener);
      },
    };
  }

  tell(): void {
    for (const listener of this.listeners) listener({ kind: 'leases' });
  }

  /** What a collector that is killed leaves, once its leases have run out. */
  forget(id: string): void {
    this.there.delete(id);
    for (const [partition, { id: holder }] of this.holders) if (holder === id) this.holders.delete(partition);
  }
}

let table: Table;
let served: Map<string, Set<number>>;
let troubles: (string | undefined)[];
let refuses: number | undefined;
let keepers: LeaseKeeper[];

function join(id: string, slowly?: () => Promise<void>): LeaseKeeper {
  const own = new Set<number>();
  served.set(id, own);
  const keeper = new LeaseKeeper({
    cluster: table.clusterFor(),
    me: { id, url: `http://${id}` },
    async onTaken({ partition }) {
      if (partition === refuses) throw new Error('the partition cannot be opened');
      own.add(partition);
    },
    async onGive(partition) {
      await slowly?.();
      own.delete(partition);
    },
    onLost: async (partition) => void own.delete(partition),
    onView: () => {},
    onTrouble: (error) => troubles.push(error?.message),
  });
  keepers.push(keeper);
  return keeper;
}

const servedBy = (id: string) => [...(served.get(id) ?? [])].sort((a, b) => a - b);

beforeEach(() => {
  vi.useFakeTimers();
  table = new Table(4);
  served = new Map();
  troubles = [];
  refuses = undefined;
  keepers = [];
});
afterEach(async () => {
  await Promise.all(keepers.map((keeper) => keeper.stop()));
  vi.useRealTimers();
});

test('the first serves all; the second gets its half, from hand to hand', async () => {
  await join('a').start();
  expect(servedBy('a')).toEqual([0, 1, 2, 3]);
  await join('b').start();
  await vi.advanceTimersByTimeAsync(6_000);
  expect([servedBy('a').length, servedBy('b').length, table.free()]).toEqual([2, 2, []]);
  expect(servedBy('a').some((partition) => served.get('b')?.has(partition))).toBe(false);
});

test('one that leaves is followed at once', async () => {
  const a = join('a');
  await a.start();
  await join('b').start();
  await vi.advanceTimersByTimeAsync(6_000);
  await a.stop();
  // No timer: the word is passed on.
  await vi.advanceTimersByTimeAsync(0);
  expect([servedBy('a'), servedBy('b')]).toEqual([[], [0, 1, 2, 3]]);
});

test('what a dead collector held is taken with the next beat after it has run out', async () => {
  const a = join('a');
  await a.start();
  await join('b').start();
  await vi.advanceTimersByTimeAsync(6_000);
  table.listeners.clear();
  table.away = true;
  await a.stop();
  table.away = false;
  table.forget('a');
  await vi.advanceTimersByTimeAsync(2_600);
  expect(servedBy('b')).toEqual([0, 1, 2, 3]);
});

test('a collector that was killed and comes back does not wait for its own leases to run out', async () => {
  table.there.set('a', 'http://a');
  for (let i = 0; i < 4; i++) table.holders.set(i, { id: 'a', epoch: ++table.epoch });
  await join('a').start();
  expect(servedBy('a')).toEqual([0, 1, 2, 3]);
});

test('a lease that has gone is served no more', async () => {
  await join('a').start();
  table.holders.set(2, { id: 'z', epoch: ++table.epoch });
  await vi.advanceTimersByTimeAsync(2_600);
  expect(servedBy('a')).toEqual([0, 1, 3]);
});

test('a commit that was refused ends the partition before the next beat', async () => {
  const a = join('a');
  await a.start();
  const before = table.holders.get(1)?.epoch ?? 0;
  table.holders.set(1, { id: 'z', epoch: ++table.epoch });
  a.lost({ partition: 1, epoch: 99 });
  expect(servedBy('a')).toEqual([0, 1, 2, 3]);
  a.lost({ partition: 1, epoch: before });
  await vi.advanceTimersByTimeAsync(0);
  expect(servedBy('a')).toEqual([0, 2, 3]);
});

test('handing over takes its time, and what is kept is renewed meanwhile', async () => {
  const waiting: (() => void)[] = [];
  let isSlow = true;
  const slowly = () => (isSlow ? new Promise<void>((resolve) => waiting.push(resolve)) : Promise.resolve());
  await join('a', slowly).start();
  await join('b').start();
  await vi.advanceTimersByTimeAsync(20_000);
  expect(table.renewed.get('a')).toBeGreaterThan(6);
  // Two are on their way: still served, and nobody else's.
  expect([waiting.length, servedBy('a'), table.free()]).toEqual([2, [0, 1, 2, 3], []]);
  isSlow = false;
  for (const resolve of waiting) resolve();
  await vi.advanceTimersByTimeAsync(6_000);
  expect([servedBy('a').length, servedBy('b').length]).toEqual([2, 2]);
});

test('while the store is away nothing is given up, and it is told', async () => {
  await join('a').start();
  table.away = true;
  await vi.advanceTimersByTimeAsync(30_000);
  expect(servedBy('a')).toEqual([0, 1, 2, 3]);
  expect(troubles.at(-1)).toBe('no answer');
  table.away = false;
  await vi.advanceTimersByTimeAsync(2_600);
  expect(troubles.at(-1)).toBeUndefined();
});

test('a partition that cannot be opened goes back, for whoever can', async () => {
  refuses = 3;
  await join('a').start();
  expect([servedBy('a'), table.free()]).toEqual([[0, 1, 2], [3]]);
  expect(troubles).toContain('the partition cannot be opened');
  refuses = undefined;
  await vi.advanceTimersByTimeAsync(2_600);
  expect(servedBy('a')).toEqual([0, 1, 2, 3]);
});
