import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { DeltaRing } from '../../../dashboard/server/delta-ring.ts';
import { LiveHub } from '../../../dashboard/server/live-hub.ts';
import { BACKLOG_AT_MOST, type EventSink } from '../../../dashboard/server/live-reader.ts';
import type { Hindrance } from '../../../protocol/views.ts';
import { NOW, TILE } from './fake-ports.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

class FakeSink implements EventSink {
  chunks: Buffer[] = [];
  writableLength = 0;
  state: 'open' | 'ended' | 'destroyed' = 'open';
  write(chunk: Buffer): void {
    this.chunks.push(chunk);
  }
  end(): void {
    this.state = 'ended';
  }
  destroy(): void {
    this.state = 'destroyed';
  }
  /** `id event` of all that was written. */
  get events(): string[] {
    const text = Buffer.concat(this.chunks).toString();
    return [...text.matchAll(/(?:id: (.+)\n)?event: (.+)\n/g)].map(([, id, event]) =>
      id ? `${id} ${event}` : `${event}`,
    );
  }
}

const makeHub = (epoch = 'e', hindered: () => readonly Hindrance[] = () => []) =>
  new LiveHub({
    hindered,
    epoch,
    snapshot: () => ({ at: NOW, chains: [], stores: [TILE], incidents: [] }),
    now: () => NOW,
  });

function join(hub: LiveHub, since?: string, mayStay = async () => true) {
  const sink = new FakeSink();
  const { leave, sendReadings } = hub.join(sink, { since, mayStay });
  return { sink, leave, sendReadings };
}

const publish = (hub: LiveHub, times = 1): void => {
  for (let i = 0; i < times; i += 1) hub.publish({ at: NOW, stores: [TILE] });
};

test('a new reader gets a snapshot, then deltas with the next numbers', () => {
  const hub = makeHub();
  publish(hub, 2);
  const { sink } = join(hub);
  publish(hub, 2);
  expect(sink.events).toEqual(['e-2 snapshot', 'e-3 delta', 'e-4 delta']);
  expect(hub.id).toBe('e-4');
});

test('one who comes back gets only what came since', () => {
  const hub = makeHub();
  publish(hub, 3);
  expect(join(hub, 'e-1').sink.events).toEqual(['e-2 delta', 'e-3 delta']);
  expect(join(hub, 'e-3').sink.events).toEqual([]);
});

test.each(['f-1', 'e-4', 'e-', 'e', '-1', 'e--1', 'e-1.5', 'x'.repeat(64)])(
  'a position %s of another run, or not yet come, gets a snapshot',
  (since) => {
    const hub = makeHub();
    publish(hub, 3);
    expect(join(hub, since).sink.events).toEqual(['e-3 snapshot']);
  },
);

test('a position too far back gets a snapshot', () => {
  const hub = makeHub();
  publish(hub, 5001);
  expect(join(hub, 'e-0').sink.events).toEqual(['e-5001 snapshot']);
  expect(join(hub, 'e-1').sink.events).toHaveLength(5000);
});

test('a delta is serialised once, whoever many read it', () => {
  const hub = makeHub();
  const sinks = Array.from({ length: 200 }, () => join(hub).sink);
  const toJSON = vi.fn(() => NOW);
  hub.publish({ at: { toJSON } as unknown as number });
  expect(toJSON).toHaveBeenCalledTimes(1);
  expect(new Set(sinks.map((sink) => sink.chunks.at(-1))).size).toBe(1);
  expect(hub.isFull).toBe(true);
});

test('readings go to the one who asked, without a number', () => {
  const hub = makeHub();
  const asking = join(hub);
  const other = join(hub);
  asking.sendReadings({ at: NOW, device: 'a/b/c', readings: [] });
  expect(asking.sink.events).toEqual(['e-0 snapshot', 'readings']);
  expect(other.sink.events).toEqual(['e-0 snapshot']);
});

describe('every five seconds', () => {
  test('there is a beat, while someone listens', () => {
    const hub = makeHub();
    const { sink, leave } = join(hub);
    vi.advanceTimersByTime(10_000);
    expect(sink.events).toEqual(['e-0 snapshot', 'beat', 'beat']);
    expect(sink.chunks.at(-1)?.toString()).toBe(`event: beat\ndata: {"at":${NOW}}\n\n`);
    leave();
    expect(vi.getTimerCount()).toBe(0);
  });

  test('what keeps Vigie from its work is told, while it does', () => {
    let parts: Hindrance[] = ['broker'];
    const { sink } = join(makeHub('e', () => parts));
    vi.advanceTimersByTime(5000);
    expect(sink.chunks.at(-1)?.toString()).toContain('"hindered":["broker"]');
    parts = [];
    vi.advanceTimersByTime(5000);
    expect(sink.chunks.at(-1)?.toString()).not.toContain('hindered');
  });

  test('one who may no longer read is sent away, and nobody while that cannot be told', async () => {
    const hub = makeHub();
    let mayStay = async () => true;
    const { sink } = join(hub, undefined, () => mayStay());
    await vi.advanceTimersByTimeAsync(5000);
    mayStay = () => Promise.reject(new Error('the store is away'));
    await vi.advanceTimersByTimeAsync(5000);
    expect(sink.state).toBe('open');
    mayStay = async () => false;
    await vi.advanceTimersByTimeAsync(5000);
    expect(sink.state).toBe('ended');
    expect(hub.figures()).toEqual({ readers: 0, dropped: 0 });
  });

  test('one who has long taken nothing is dropped', () => {
    const hub = makeHub();
    const stuck = join(hub);
    const slow = join(hub);
    stuck.sink.writableLength = 1000;
    slow.sink.writableLength = 100_000;
    for (let beat = 0; beat < 6; beat += 1) {
      expect(stuck.sink.state).toBe('open');
      slow.sink.writableLength -= 1;
      vi.advanceTimersByTime(5000);
    }
    expect([stuck.sink.state, slow.sink.state]).toEqual(['destroyed', 'open']);
    expect(hub.figures()).toEqual({ readers: 1, dropped: 1 });
  });
});

test('a reader too far behind is dropped, the others read on', () => {
  const hub = makeHub();
  const slow = join(hub);
  const good = join(hub);
  publish(hub);
  slow.sink.writableLength = BACKLOG_AT_MOST;
  publish(hub);
  expect(slow.sink.state).toBe('open');
  slow.sink.writableLength = BACKLOG_AT_MOST + 1;
  publish(hub);
  expect(slow.sink.state).toBe('destroyed');
  expect(slow.sink.events).toHaveLength(good.sink.events.length - 1);
  publish(hub);
  expect(good.sink.events.at(-1)).toBe('e-4 delta');
  expect(hub.figures()).toEqual({ readers: 1, dropped: 1 });
});

test('a large snapshot on its way is no fault of the reader', () => {
  const stores = Array.from({ length: 30_000 }, () => TILE);
  const snapshot = () => ({ at: NOW, chains: [], stores, incidents: [] });
  const hub = new LiveHub({ epoch: 'e', snapshot, hindered: () => [], now: () => NOW });
  const { sink } = join(hub);
  const size = sink.chunks[0]?.length ?? 0;
  expect(size).toBeGreaterThan(BACKLOG_AT_MOST);
  sink.writableLength = size;
  publish(hub);
  expect(sink.events).toEqual(['e-0 snapshot', 'e-1 delta']);
  sink.writableLength = 10;
  publish(hub);
  sink.writableLength = BACKLOG_AT_MOST + 1;
  publish(hub);
  expect(sink.state).toBe('destroyed');
});

test('closing ends every stream', () => {
  const hub = makeHub();
  const sinks = [join(hub).sink, join(hub).sink];
  hub.close();
  expect(sinks.map((sink) => sink.state)).toEqual(['ended', 'ended']);
  expect(vi.getTimerCount()).toBe(0);
});

test('the ring gives exactly what came after, or nothing', () => {
  const sizes = fc.array(fc.integer({ min: 1, max: 6 * 1024 * 1024 }), { maxLength: 12 });
  fc.assert(
    fc.property(sizes, fc.integer({ min: 0, max: 14 }), (bytes, number) => {
      const ring = new DeltaRing();
      for (const size of bytes) ring.push(Buffer.allocUnsafe(size));
      const missing = bytes.slice(number).reduce((sum, size) => sum + size, 0);
      const after = ring.after(number);
      if (number > bytes.length || missing > 16 * 1024 * 1024) expect(after).toBeUndefined();
      else expect(after?.length).toBe(missing);
    }),
    { numRuns: 50 },
  );
});

test('the ring stays bounded however much passes through', () => {
  const ring = new DeltaRing();
  for (let i = 1; i <= 20_000; i += 1) ring.push(Buffer.from(`${i};`));
  expect(ring.after(19_997)?.toString()).toBe('19998;19999;20000;');
  expect(ring.after(15_000)?.toString().split(';')).toHaveLength(5001);
  expect(ring.after(14_999)).toBeUndefined();
});
