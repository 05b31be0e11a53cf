import fc from 'fast-check';
import { expect, it } from 'vitest';
import { DueHeap } from '../../../alerting/engine/due.ts';

fc.configureGlobal({ seed: 20250310 });

const item = (name: number) => ({ name, dueAt: Number.POSITIVE_INFINITY, heapIndex: -1 });

it('always knows the earliest, whatever moves or leaves', () => {
  const moves = fc.array(fc.tuple(fc.nat(9), fc.option(fc.nat(1000), { nil: Number.POSITIVE_INFINITY })), {
    maxLength: 200,
  });
  fc.assert(
    fc.property(moves, fc.nat(1000), (all, now) => {
      const heap = new DueHeap<ReturnType<typeof item>>();
      const items = Array.from({ length: 10 }, (_, name) => item(name));
      const model = new Map<number, number>();
      for (const [name, dueAt] of all) {
        heap.set(items[name] as ReturnType<typeof item>, dueAt);
        if (dueAt === Number.POSITIVE_INFINITY) model.delete(name);
        else model.set(name, dueAt);
        expect(heap.nextAt() ?? Number.POSITIVE_INFINITY).toBe(Math.min(...model.values()));
      }
      const due = heap.takeDue(now).map(({ name }) => model.get(name) as number);
      expect(due).toEqual([...model.values()].filter((at) => at <= now).sort((a, b) => a - b));
      expect(heap.nextAt() ?? Number.POSITIVE_INFINITY).toBe(Math.min(...[...model.values()].filter((at) => at > now)));
    }),
  );
});
