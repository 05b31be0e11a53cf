import { defineConfig } from 'vitest/config';

/** Patience for a busy machine. */
const patience = { testTimeout: 180_000, hookTimeout: 60_000 };

/** Real processes and real keepalives. */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          ...patience,
          name: 'live',
          include: ['test/**/*.live.test.ts'],
          // They wait more than they work, and none looks at how long it takes.
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          ...patience,
          name: 'faults',
          include: ['test/**/*.fault.test.ts'],
          // One file at a time: these have limits in seconds.
          maxWorkers: 1,
          fileParallelism: false,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
});
