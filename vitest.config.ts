import { defineConfig } from 'vitest/config';

const slow = ['test/browser/**', 'test/faults/**', 'test/**/*.fault.test.ts', 'test/**/*.live.test.ts'];
/** Pure, and many small files: a worker of its own for each would take longer than they do. */
const profiles = 'test/agent/snmp/profiles/**/*.test.ts';

/** Histories by the hundred take seconds while the machine does other things. */
const testTimeout = 30_000;

/** The fast tests. What waits for real keepalives, real processes or a browser has a configuration of its own. */
export default defineConfig({
  test: {
    projects: [
      { test: { name: 'fast', include: ['test/**/*.test.ts'], exclude: [...slow, profiles], testTimeout } },
      { test: { name: 'profiles', include: [profiles], isolate: false } },
    ],
  },
});
