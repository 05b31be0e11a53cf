import { defineConfig } from 'vitest/config';

const slow = ['test/browser/**', 'test/faults/**', 'test/**/*.fault.test.ts', 'test/**/*.live.test.ts'];
/** Nothing but functions of what they are given: they can share a worker, which loads what they try once. */
const pure = ['agent/snmp/profiles', 'alerting', 'protocol', 'scenarios'].map((room) => `test/${room}/**/*.test.ts`);

const shared = {
  // Histories by the hundred take seconds while the machine does other things.
  testTimeout: 30_000,
  // By itself vitest leaves a processor free: half of a machine that has two.
  maxWorkers: '100%',
};

/** The fast tests. What waits for real keepalives, real processes or a browser has a configuration of its own. */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          ...shared,
          name: 'fast',
          include: ['test/**/*.test.ts', 'deploy/samples/**/*.test.ts'],
          exclude: [...slow, ...pure],
        },
      },
      { test: { ...shared, name: 'pure', include: pure, exclude: slow, isolate: false } },
    ],
  },
});
