import { defineConfig } from 'vitest/config';

/** Ten thousand random histories: minutes of work, which the fast tests spare with a few of them. */
export default defineConfig({
  test: {
    include: ['test/alerting/engine/histories.property.test.ts'],
    env: { VIGIE_PROPERTY_RUNS: process.env.VIGIE_PROPERTY_RUNS ?? '10000' },
    testTimeout: 1_800_000,
  },
});
