import { defineConfig } from 'vitest/config';

/** Needs Chromium and the built web app (`npm run build`). One file at a time: a browser is enough for this machine. */
export default defineConfig({
  test: {
    include: ['test/browser/*.browser.test.ts'],
    fileParallelism: false,
    testTimeout: 60_000,
    hookTimeout: 90_000,
  },
});
