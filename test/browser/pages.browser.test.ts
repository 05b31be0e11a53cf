import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchChromium } from '../support/chromium.ts';
import { openPage } from './open-page.ts';

const BUDGET_BYTES = 60 * 1024;
const web = new URL('../../dist/web/', import.meta.url);

let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());

test('what the wall needs of script is within its budget, and charts are not part of it', () => {
  type Chunk = { file: string; imports?: string[]; dynamicImports?: string[] };
  const manifest = JSON.parse(readFileSync(new URL('.vite/manifest.json', web), 'utf8')) as Record<string, Chunk>;
  const needed = new Set<string>();
  const add = (name: string): void => {
    const chunk = manifest[name] as Chunk;
    if (needed.has(chunk.file)) return;
    needed.add(chunk.file);
    for (const one of chunk.imports ?? []) add(one);
  };
  add('index.html');
  const sizes = [...needed].map((file) => gzipSync(readFileSync(new URL(file, web))).length);
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(BUDGET_BYTES);
  expect([...needed].filter((file) => file.includes('chart'))).toEqual([]);
});

test('a store, its device with live readings and charts, and an incident, each whole and without a complaint', async () => {
  const { page, fixture, faults, close } = await openPage(browser, { stores: 50, mood: 'unwell' });
  const sick = [...fixture.stores.values()].find(({ tile }) => tile.state === 'degraded');
  const { key, incident } = sick?.tile ?? {};

  await page.locator(`[data-testid=tile][data-store="${key}"]`).click();
  const store = page.getByTestId('store-page');
  await store.waitFor();
  expect(await store.getByTestId('devices').locator('tbody tr').count()).toBe(sick?.devices.length);
  expect(await store.textContent()).toContain('Connection lost');
  expect(await store.getByTestId('simulated').first().isVisible()).toBe(true);

  const [down] = await store.getByTestId('devices').locator('tr[data-state=down] a').all();
  await down?.click();
  const device = page.getByTestId('device-page');
  await device.waitFor();
  await expect
    .poll(() =>
      device.getByTestId('chart').evaluateAll((all) => all.filter((one) => Number(one.dataset.points) > 10).length),
    )
    .toBeGreaterThan(8);
  const cell = device.locator('[data-measurement=processes] [data-field=total] td');
  const before = await cell.textContent();
  await expect.poll(() => cell.textContent(), { timeout: 15_000 }).not.toBe(before);
  await page.getByTestId('range-week').click();
  await expect.poll(() => device.locator('[data-chart^="cpu"]').getAttribute('data-points')).not.toBe('0');

  await page.goto(`${fixture.url}/incidents/${incident?.number}`);
  const told = page.getByTestId('incident-page');
  await told.waitFor();
  expect(await told.locator('.cause').textContent()).toMatch(/^Caisse \d+: connection lost$/);
  expect(await told.getByTestId('timeline').locator('li').count()).toBe(2);
  expect(faults).toEqual([]);

  await page.goto(`${fixture.url}/stores/demo/nowhere`);
  await page.getByTestId('empty').waitFor();
  expect(await page.getByTestId('empty').textContent()).toContain('There is nothing at this address');
  await close();
});
