import { defineConfig } from 'vitest/config';

/** The fast tests. What waits for real keepalives, real processes or a browser has a configuration of its own. */
export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/browser/**', 'test/faults/**', 'test/**/*.fault.test.ts', 'test/**/*.live.test.ts'],
  },
});
