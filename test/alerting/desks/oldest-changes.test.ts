import fc from 'fast-check';
import { expect, test } from 'vitest';
import { oldestChanges } from '../../../alerting/desks/oldest-changes.ts';
import type { ChangedTicket } from '../../../alerting/desks/remote-ticket.ts';

const MOST = 5;
const ticket = (id: number, second: number): ChangedTicket => ({
  ...{ id: `${id}`, number: `${id}`, key: 'a', status: 'new', changedAt: second * 1_000 },
});

/** A desk that lists by number, and no more than it is asked for. */
async function ask(since: number, seconds: readonly number[]) {
  const all = seconds.map((second, id) => ticket(id, second));
  return oldestChanges(since, MOST, async (from, until) =>
    all.filter(({ changedAt }) => changedAt >= from && changedAt <= until).slice(0, MOST + 1),
  );
}

test('the oldest come first and none is left out among them, in whatever order the desk lists them', async () => {
  const seconds = fc.uniqueArray(fc.nat(200), { maxLength: 60 });
  await fc.assert(
    fc.asyncProperty(seconds, fc.nat(200), async (all, since) => {
      const told = (await ask(since * 1_000 + 500, all)).map(({ changedAt }) => changedAt / 1_000);
      const wanted = all.filter((second) => second >= since).sort((a, b) => a - b);
      expect(told).toEqual(wanted.slice(0, told.length));
      expect(told.length > 0).toBe(wanted.length > 0);
      if (wanted.length <= MOST) expect(told).toEqual(wanted);
    }),
  );
});

test('of a second with more than there is room for, some are told, and what was before it', async () => {
  const many = Array.from({ length: 12 }, () => 9);
  expect(await ask(0, many)).toHaveLength(MOST);
  expect((await ask(0, [...many, 3])).map(({ changedAt }) => changedAt)).toEqual([3_000]);
});
