import fc from 'fast-check';
import { expect, test } from 'vitest';
import { planLeases } from '../../../collector/cluster/plan-leases.ts';

test('one alone takes everything', () => {
  expect(planLeases('a', ['a'], 4, [], [0, 1, 2, 3])).toEqual({ take: [0, 1, 2, 3], give: [] });
});

test('a newcomer takes nothing that is held, and the other hands over what is too much', () => {
  expect(planLeases('b', ['a', 'b'], 4, [], [])).toEqual({ take: [], give: [] });
  expect(planLeases('a', ['a', 'b'], 4, [0, 1, 2, 3], [])).toEqual({ take: [], give: [2, 3] });
});

test('whoever holds its share leaves the rest alone', () => {
  expect(planLeases('a', ['a', 'b'], 3, [0, 2], [1])).toEqual({ take: [], give: [] });
});

test('from any state, collectors that come, go and plan in any order soon hold all partitions, evenly, and stay so', () => {
  const move = fc.record({ who: fc.nat({ max: 4 }), comes: fc.boolean() });
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 32 }), fc.array(move, { maxLength: 20 }), (partitions, moves) => {
      const holders = new Map<number, string>();
      const there = new Set(['c0']);
      const heldBy = (id: string) => [...holders].filter(([, holder]) => holder === id).map(([partition]) => partition);
      const free = () => Array.from({ length: partitions }, (_, i) => i).filter((i) => !holders.has(i));
      const plan = (id: string) => {
        const { take, give } = planLeases(id, [...there].sort(), partitions, heldBy(id), free());
        for (const partition of give) holders.delete(partition);
        for (const partition of take) if (!holders.has(partition)) holders.set(partition, id);
        return take.length + give.length;
      };
      for (const { who, comes } of moves) {
        const id = `c${who}`;
        if (comes) there.add(id);
        else if (there.size > 1 && there.delete(id)) for (const partition of heldBy(id)) holders.delete(partition);
        for (const one of there) plan(one);
      }
      for (let round = 0; round < 3; round++) for (const one of there) plan(one);
      expect(free()).toEqual([]);
      const counts = [...there].map((id) => heldBy(id).length);
      expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
      for (const one of there) expect(plan(one)).toBe(0);
    }),
  );
});
