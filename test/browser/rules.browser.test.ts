import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchChromium } from '../support/chromium.ts';
import { openPage } from './open-page.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());

test.each([
  ['fr-FR', [1440, 900], ['70\u202f%', 'magasin', 'disques de 32 Go'], '2 autres règles'],
  ['en-GB', [390, 844], ['70%', 'store', 'disques de 32 Go'], '2 other rules'],
] as const)('the rules of a device, what is adapted first and open (%s)', async (locale, size, raise, rest) => {
  const { page, fixture, faults, close } = await openPage(browser, { stores: 12, mood: 'well' }, { size, locale });
  const { devices } = [...fixture.stores.values()][0] ?? {};
  await page.goto(`${fixture.url}/devices/${devices?.[0]?.key}`);
  const rules = page.getByTestId('rules');
  await rules.waitFor();
  const adapted = rules.locator('li[data-rule="disk-filling"] [data-setting="raise"]');
  expect(await adapted.isVisible()).toBe(true);
  const told = (await adapted.textContent())?.replace(/\s*\u202f?%/, locale === 'fr-FR' ? '\u202f%' : '%');
  for (const part of raise) expect(told).toContain(part);
  const unchanged = rules.locator('li[data-rule="check-critical"]');
  expect(await unchanged.isVisible()).toBe(false);
  await rules.locator('.rules-rest > summary').click();
  expect(await rules.locator('.rules-rest > summary').textContent()).toContain(rest);
  await unchanged.locator('summary').click();
  expect(await unchanged.locator('[data-setting="raise"]').isVisible()).toBe(true);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(size[0]);
  if (process.env.SHOTS) await rules.screenshot({ path: `${process.env.SHOTS}/rules-${locale}.png` });
  expect(faults).toEqual([]);
  await close();
});
