import { defineConfig } from 'vitest/config';
import { LongestFirst } from './longest-first.ts';

/** Patience for a busy machine. */
const patience = { testTimeout: 180_000, hookTimeout: 60_000 };

const faults = 'test/**/*.fault.test.ts';
/**
 * Of these none looks at how long anything takes: one counts, one has a clock of its own, one waits for less than could harm it, one
 * kills where it counts, one throws bytes.
 */
const unhurried = [
  'kill-server',
  'three-days-cut',
  'broker-away',
  'kill-outbox',
  'kill-server-outbox',
  'any-bytes',
].map((name) => `test/faults/${name}.fault.test.ts`);

/** Real processes and real keepalives. */
export default defineConfig({
  test: {
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        test: {
          ...patience,
          name: 'live',
          include: ['test/**/*.live.test.ts', ...unhurried],
          // They wait more than they work, and what limits they have are far off.
          maxWorkers: 3,
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          ...patience,
          name: 'faults',
          include: [faults],
          exclude: unhurried,
          // One file at a time: these have limits in seconds.
          maxWorkers: 1,
          fileParallelism: false,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
});
