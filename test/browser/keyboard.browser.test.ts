import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchChromium } from '../support/chromium.ts';
import { TOKEN } from './fixture-server.ts';
import { openPage } from './open-page.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());

test('the whole watch can be kept from the keyboard: walk, open, search, acknowledge, comment', async () => {
  const { page, fixture, faults, close } = await openPage(browser, { stores: 150, mood: 'unwell' });
  const press = (key: string) => page.keyboard.press(key);
  const focused = (name: string) =>
    page.evaluate((data) => (document.activeElement as HTMLElement).dataset[data], name);
  const tiles = page.getByTestId('tile');
  await tiles.first().waitFor();

  // Arrows walk the tiles in sight order; the walk comes back to where it began.
  const [first, second] = await tiles.evaluateAll((all) => all.slice(0, 2).map((tile) => tile.dataset.store));
  await press('ArrowRight');
  expect(await focused('store')).toBe(first);
  await press('ArrowRight');
  expect(await focused('store')).toBe(second);
  await press('ArrowDown');
  expect(await focused('store')).not.toBe(second);
  await press('ArrowUp');
  await press('ArrowLeft');
  expect(await focused('store')).toBe(first);
  const outline = await page.evaluate(() => getComputedStyle(document.activeElement as Element).outlineStyle);
  expect(outline).toBe('solid');

  await press('Enter');
  await page.getByTestId('store-page').waitFor();
  expect(new URL(page.url()).pathname).toBe(`/stores/${first}`);

  // Search leads back to the wall, and to the one store that is found.
  await press('/');
  await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe('search');
  const wanted = [...fixture.stores.keys()].at(-1) as string;
  await page.keyboard.type(wanted.slice(wanted.indexOf('/') + 1));
  await expect.poll(() => tiles.count()).toBe(1);
  await press('Enter');
  await page.getByTestId('store-page').waitFor();
  expect(new URL(page.url()).pathname).toBe(`/stores/${wanted}`);
  await page.goBack();
  await press('/');
  await press('Escape');
  await expect.poll(() => tiles.count()).toBe(150);

  await press('?');
  await page.getByTestId('keys').waitFor();
  await press('Escape');
  await page.getByTestId('keys').waitFor({ state: 'detached' });

  // Acknowledging asks for a session, and goes on by itself once there is one.
  const row = page.locator('[data-testid=incident-row][data-state=new]').first();
  const number = Number(await row.getAttribute('data-incident'));
  await row.focus();
  await press('a');
  await page.getByTestId('sign-in-dialog').waitFor();
  await page.keyboard.type(TOKEN);
  await press('Enter');
  await page.locator(`[data-incident="${number}"][data-state=acknowledged]`).waitFor();
  expect(fixture.incidents.get(number)?.acknowledgedBy).toBe('Nadia');

  await page.locator(`[data-incident="${number}"]`).focus();
  await press('Enter');
  await page.getByTestId('incident-page').waitFor();
  await page.getByRole('textbox', { name: 'Comment' }).focus();
  await page.keyboard.type('On my way');
  await press('Tab');
  await press('Enter');
  await expect.poll(() => page.getByTestId('timeline').textContent()).toContain('Comment from Nadia: On my way');
  // The one refusal was asked for: acknowledging before signing in.
  expect(faults.filter((fault) => !fault.includes('401'))).toEqual([]);
  await close();
});
