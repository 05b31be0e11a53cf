import { readFile } from 'node:fs/promises';
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

test('the inventory is searched, narrowed, sorted and turned to its next page; its file has the same selection', async () => {
  const { page, fixture, faults, close } = await openPage(browser, { stores: 60, mood: 'well' }, { path: '/assets' });
  const rows = page.getByTestId('assets').locator('tbody tr');
  const total = page.getByTestId('assets-total');
  await expect.poll(() => rows.count()).toBe(100);
  await page.getByTestId('more-assets').click();
  await expect.poll(() => rows.count()).toBe(200);

  await page.keyboard.press('/');
  await page.keyboard.type('grenoble');
  await page.getByTestId('filter-kind').selectOption('till');
  await expect.poll(async () => Number(await total.getAttribute('data-total'))).toBeLessThan(40);
  const found = Number(await total.getAttribute('data-total'));
  expect(found).toBeGreaterThan(0);
  await expect.poll(() => rows.count()).toBe(found);
  expect(new URL(page.url()).search).toBe('?q=grenoble&kind=till');

  await page.getByTestId('sort-warranty_until').click();
  await page.getByTestId('sort-warranty_until').click();
  await page.locator('th[aria-sort=descending]').waitFor();

  await page.getByTestId('export').click();
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByTestId('export-csv').click()]);
  expect(new URL(file.url()).searchParams.get('q')).toBe('grenoble kind:till');
  expect(new URL(file.url()).searchParams.get('sort')).toBe('-warranty_until');
  const lines = (await readFile(await file.path(), 'utf8')).trim().split('\r\n');
  expect(lines).toHaveLength(found + 1);

  // A shared address shows the same; a search that is wrong says where.
  await page.reload();
  await expect.poll(() => rows.count()).toBe(found);
  await page.locator('#search').fill('colour:');
  await expect.poll(() => page.getByTestId('search-fault').textContent()).toContain('is not a column');
  expect(faults.filter((fault) => !fault.includes('400'))).toEqual([]);

  await page.goto(`${fixture.url}/assets/changes`);
  await page.getByTestId('changes').getByLabel('Show').selectOption('disk*');
  await expect.poll(() => page.getByTestId('changes').locator('tbody tr').count()).toBe(8);
  await close();
});

test.each(['fr-FR', 'en-GB'])('on a phone no page is wider than the screen (%s)', async (locale) => {
  const data = { stores: 12, mood: 'unwell' } as const;
  const { page, fixture, faults, close } = await openPage(browser, data, { size: [390, 844], locale });
  await page.request.post(`${fixture.url}/api/v1/session`, { data: { token: ADMIN_TOKEN } });
  const device = [...fixture.stores.values()][0]?.devices[0]?.key;
  const pages: [path: string, ready: string][] = [
    ['/agents', 'fleet'],
    ['/agents/waiting', 'machine'],
    ['/agents/tokens', 'tokens'],
    ['/agents/versions', 'rollout'],
    ['/assets', 'assets'],
    ['/assets/changes', 'changes'],
    [`/devices/${device}`, 'fact-history'],
  ];
  for (const [path, ready] of pages) {
    await page.goto(fixture.url + path);
    await page.getByTestId(ready).first().waitFor();
    // What comes last may still find its place.
    const widths = () => page.evaluate(() => [document.documentElement.scrollWidth, window.innerWidth]);
    await expect.poll(async () => [path, await widths()]).toEqual([path, [390, 390]]);
    expect((await page.screenshot()).length).toBeGreaterThan(10_000);
  }
  expect(faults).toEqual([]);
  await close();
});
