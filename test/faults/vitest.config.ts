import { defineConfig } from 'vitest/config';

/** Real processes and real keepalives: one file at a time, and patience for a busy machine. */
export default defineConfig({
  test: {
    include: ['test/**/*.fault.test.ts', 'test/**/*.live.test.ts'],
    fileParallelism: false,
    testTimeout: 180_000,
    hookTimeout: 60_000,
  },
});
