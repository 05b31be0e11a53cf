import { defineConfig } from 'vitest/config';

const RUNS = Number(process.env.VIGIE_PROPERTY_RUNS ?? 10_000);
/** Two halves side by side, of other histories each. */
const SEEDS = ['20250310', '20260922'];

/** Ten thousand random histories: minutes of work, which the fast tests spare with a few of them. */
export default defineConfig({
  test: {
    projects: SEEDS.map((seed) => ({
      test: {
        name: seed,
        include: ['test/alerting/engine/histories.property.test.ts'],
        env: { VIGIE_PROPERTY_RUNS: String(Math.ceil(RUNS / SEEDS.length)), VIGIE_PROPERTY_SEED: seed },
        testTimeout: 1_800_000,
        maxWorkers: SEEDS.length,
      },
    })),
  },
});
