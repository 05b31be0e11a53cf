import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createEntries, type Entry } from '../../../agent/outbox/entries.ts';
import type { Segment } from '../../../agent/outbox/segment.ts';

const segment = (path: string): Segment => ({ path, size: 0, waiting: 0, descriptor: undefined });
const segments = [segment('a'), segment('b'), segment('c')];
const place = fc.record({
  segment: fc.constantFrom(...segments),
  offset: fc.nat({ max: 0xffff_ffff }),
  bytes: fc.nat({ max: 0xffff_ffff }),
});
const entry: fc.Arbitrary<Entry> = fc.record({
  boot: fc.constantFrom('', 'bootaaaa', 'bootbbbb'),
  seq: fc.nat({ max: 50 }),
  at: fc.integer({ min: -1e15, max: 1e15 }),
  place: fc.option(place, { nil: undefined }),
});
const step = fc.oneof(
  fc.record({ add: fc.array(entry, { minLength: 1, maxLength: 20 }), times: fc.constantFrom(1, 40) }),
  fc.record({ remove: fc.double({ min: 0, max: 1, noNaN: true }), count: fc.nat({ max: 600 }) }),
  fc.record({ move: fc.nat(), place }),
  fc.record({
    boot: fc.constantFrom('bootaaaa', 'bootbbbb'),
    seen: fc.tuple(fc.nat({ max: 50 }), fc.nat({ max: 50 })),
  }),
);

test('whatever is added, moved and removed, they hold what a map of objects would', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
      const entries = createEntries();
      const model = new Map<number, Entry>();
      for (const each of steps) {
        if ('add' in each) {
          for (const added of Array.from({ length: each.times }, () => each.add).flat()) {
            const id = entries.add(added);
            expect(model.has(id)).toBe(false);
            model.set(id, added);
          }
        } else if ('remove' in each) {
          const ids = [...model.keys()];
          const from = Math.floor(each.remove * ids.length);
          for (const id of ids.slice(from, from + each.count)) {
            entries.remove(id);
            entries.remove(id);
            model.delete(id);
            expect(entries.has(id)).toBe(false);
          }
        } else if ('move' in each) {
          const id = [...model.keys()][each.move % model.size];
          if (id === undefined) continue;
          entries.setPlace(id, each.place);
          model.set(id, { ...(model.get(id) as Entry), place: each.place });
        } else {
          const [from, to] = each.seen;
          const isNamed = ({ boot, seq }: Entry) => boot === each.boot && from <= seq && seq <= to;
          const named = [...model].filter(([, one]) => isNamed(one)).map(([id]) => id);
          // Removed while one goes through them.
          const removed: number[] = [];
          for (const id of entries.named(each.boot, [each.seen])) {
            entries.remove(id);
            model.delete(id);
            removed.push(id);
          }
          expect(removed).toEqual(named);
        }
        expect([...entries.ids()]).toEqual([...model.keys()]);
        expect(entries.size()).toBe(model.size);
      }
      for (const [id, one] of model) expect(entries.get(id)).toEqual(one);
    }),
    { numRuns: 60 },
  );
});

test('a report that waits costs some thirty bytes, and nothing once it has left', () => {
  const entries = createEntries();
  const [of] = segments;
  const bytes = () => process.memoryUsage().arrayBuffers;
  const before = bytes();
  for (let seq = 1; seq <= 51_200; seq += 1) {
    entries.add({ boot: 'bootaaaa', seq, at: seq, place: of && { segment: of, offset: seq, bytes: 9 } });
  }
  expect((bytes() - before) / 51_200).toBeLessThan(32);
  for (const id of entries.ids()) entries.remove(id);
  expect(entries.get(700)).toBeUndefined();
  expect([...entries.ids()]).toEqual([]);
});
