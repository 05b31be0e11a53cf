import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchChromium } from '../support/chromium.ts';
import { ADMIN_TOKEN } from './fixture-server.ts';
import { openPage } from './open-page.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());

test.each([
  ['fr-FR', [1440, 900]],
  ['en-GB', [390, 844]],
] as const)('what devices told, what hangs on what, and what was found, each whole (%s)', async (locale, size) => {
  const data = { stores: 12, mood: 'unwell' } as const;
  const { page, fixture, faults, close } = await openPage(browser, data, { size, locale });
  await page.request.post(`${fixture.url}/api/v1/session`, { data: { token: ADMIN_TOKEN } });
  const { tile, devices } = [...fixture.stores.values()][0] ?? {};
  const isWhole = async () =>
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(size[0]);

  await page.goto(`${fixture.url}/devices/${devices?.[0]?.key}`);
  const events = page.getByTestId('events');
  await events.locator('li').nth(2).waitFor();
  expect(await events.locator('li').count()).toBe(3);
  expect(await events.locator('li').first().textContent()).toContain('Alimentation 2 en panne');
  await events.locator('summary').first().click();
  expect(await events.locator('dl').first().isVisible()).toBe(true);
  await isWhole();

  await page.goto(`${fixture.url}/stores/${tile?.key}`);
  const branches = page.locator('.tree li');
  await branches.first().waitFor();
  expect(await branches.count()).toBe((devices ?? []).length);
  await isWhole();

  await page.goto(`${fixture.url}/assets/discovered`);
  const found = page.getByTestId('discovery');
  await found.locator('tr[data-address="10.1.0.7"] .button.primary').click();
  const dialog = page.getByRole('dialog');
  await dialog.waitFor();
  expect(await dialog.locator('input').first().inputValue()).toBe('sw-reserve');
  await isWhole();
  expect(faults).toEqual([]);
  await close();
});
