import { appendFileSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Outbox, openOutbox } from '../../../agent/outbox/outbox.ts';

const NOW = 1_800_000_000_000;

type Step =
  | { do: 'append'; padding: number }
  | { do: 'acknowledge'; which: number }
  | { do: 'crash'; tail: Uint8Array }
  | { do: 'close' };

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ do: fc.constant('append' as const), padding: fc.nat({ max: 300 }) }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('acknowledge' as const), which: fc.nat() }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('crash' as const), tail: fc.uint8Array({ maxLength: 20 }) }) },
  { weight: 1, arbitrary: fc.constant({ do: 'close' as const }) },
);

const seqIn = (bytes: Uint8Array): number => JSON.parse(Buffer.from(bytes).toString()).seq;

/** What waits, by report number; every one of them must be readable and whole. */
function held(outbox: Outbox): Map<number, number> {
  const found = new Map<number, number>();
  for (const id of outbox.waiting()) {
    const waiting = outbox.read(id);
    if (!waiting) throw new Error(`record ${id} waits but cannot be read`);
    found.set(seqIn(waiting.body), id);
  }
  return found;
}

test.each([
  ['far from its bound', 10_000_000],
  ['at its bound', 2000],
])('%s, no sequence of appends, acknowledgements, kills and restarts loses an unacknowledged report', (_, maxBytes) => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const folder = mkdtempSync(join(tmpdir(), 'vigie-outbox-'));
      const open = () =>
        openOutbox({ folder, maxBytes, maxAgeMs: 1e9, now: () => NOW, log: () => {}, segmentBytes: 500 });
      try {
        let outbox = open();
        let seq = 0;
        const owed = new Set<number>();
        const told = { dropped: 0 };
        for (const each of steps) {
          if (each.do === 'append') {
            seq += 1;
            owed.add(seq);
            const before = outbox.stats().dropped;
            outbox.append(Buffer.from(JSON.stringify({ seq, at: NOW, padding: 'x'.repeat(each.padding) })), NOW);
            told.dropped += outbox.stats().dropped - before;
          } else if (each.do === 'acknowledge') {
            const waiting = [...held(outbox)];
            const [number, id] = waiting[each.which % waiting.length] ?? [];
            if (number === undefined || id === undefined) continue;
            outbox.acknowledge(id);
            owed.delete(number);
          } else {
            if (each.do === 'close') outbox.close();
            const last = readdirSync(folder)
              .filter((file) => file.endsWith('.seg'))
              .sort()
              .at(-1);
            if (each.do === 'crash' && last) appendFileSync(join(folder, last), each.tail);
            outbox = open();
            told.dropped += outbox.stats().dropped - outbox.stats().damaged;
          }
          const holds = held(outbox);
          const missing = [...owed].filter((number) => !holds.has(number));
          // Only the bound may take one, the oldest first, and never unseen.
          if (maxBytes > 1e6) expect(missing).toEqual([]);
          expect(missing.length).toBeLessThanOrEqual(told.dropped);
          for (const number of missing) expect(number).toBeLessThan(Math.min(...[...owed].filter((n) => holds.has(n))));
        }
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    }),
    { numRuns: 150 },
  );
});
