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

const SAID = {
  'fr-FR': {
    now: 'En cours',
    monthly: 'Chaque mois, le 2ᵉ dimanche',
    wrong: 'doit venir après le début',
    noScope: 'Dites sur quoi cela porte',
    line: 'Ligne 1',
    done: '2 fenêtres importées',
  },
  'en-GB': {
    now: 'Under way',
    monthly: 'Every month, on the 2nd Sunday',
    wrong: 'must come after the start',
    noScope: 'Say what it is about',
    line: 'Line 1',
    done: '2 windows imported',
  },
} as const;

test.each([
  ['fr-FR', [1440, 900]],
  ['en-GB', [375, 812]],
] as const)('windows are listed, announced, ended, imported and subscribed to (%s)', async (locale, size) => {
  const said = SAID[locale];
  const data = { stores: 12, mood: 'unwell' } as const;
  const { page, fixture, faults, close } = await openPage(browser, data, { size, locale });
  await page.request.post(`${fixture.url}/api/v1/session`, { data: { token: TOKEN } });
  await page.goto(`${fixture.url}/maintenance`);
  const isWhole = async () =>
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(size[0]);
  const rows = (standing: string) => page.getByTestId(`windows-${standing}`).locator('tbody tr');

  await rows('now').first().waitFor();
  expect(await page.getByTestId('windows-now').locator('h2').textContent()).toBe(said.now);
  expect(await rows('coming').first().textContent()).toContain(said.monthly);
  expect(await rows('over').count()).toBe(20);
  await page.locator('.button.more').click();
  await expect.poll(() => rows('over').count()).toBe(24);
  await isWhole();

  await page.getByTestId('announce-open').click();
  const dialog = page.getByTestId('announce');
  await dialog.waitFor();
  await dialog.locator('[data-field=title] input').fill('Onduleur');
  await dialog.locator('[data-field=who] input').fill('Socomec');
  await dialog.locator('[data-field=why] input').fill('batteries');
  await dialog.getByTestId('announce-yes').click();
  await expect.poll(() => dialog.locator('[data-field=scope]').textContent()).toContain(said.noScope);
  const place = dialog.locator('[data-field=scope] input[list]').first();
  await place.fill([...fixture.stores.keys()][0]?.split('/')[1] ?? '');
  await place.press('Enter');
  expect(await dialog.locator('.chosen li').count()).toBe(1);
  await dialog.locator('[data-field=repeat] select').selectOption('weekly');
  await dialog.locator('[data-field=start] input').fill('2026-12-01T22:00');
  await dialog.locator('[data-field=end] input').fill('2026-12-01T21:00');
  await dialog.getByTestId('announce-yes').click();
  await expect.poll(() => dialog.locator('[data-field=end] .fault').textContent()).toBe(said.wrong);
  await isWhole();
  await dialog.locator('[data-field=end] input').fill('2026-12-01T23:00');
  await dialog.locator('[data-field=end] input').press('Enter');
  await expect.poll(() => rows('coming').count()).toBe(2);
  expect(fixture.calls.at(-1)?.body).toEqual({
    kind: 'maintenance',
    title: 'Onduleur',
    who: 'Socomec',
    why: 'batteries',
    scope: { places: [[...fixture.stores.keys()][0]] },
    start: '2026-12-01T22:00',
    end: '2026-12-01T23:00',
    repeat: 'FREQ=WEEKLY;BYDAY=TU',
  });

  await rows('now').getByTestId('end').click();
  await page.getByTestId('confirm').locator('input').fill('fini plus tôt');
  await page.getByTestId('confirm-yes').click();
  await expect.poll(() => rows('now').count()).toBe(0);
  expect(fixture.calls.at(-1)).toMatchObject({ path: 'maintenance/w-now/end', body: { why: 'fini plus tôt' } });

  await page.getByTestId('import-open').click();
  const file = page.getByTestId('import').locator('input[type=file]');
  await file.setInputFiles({ name: 'a.ics', mimeType: 'text/calendar', buffer: Buffer.from('hello') });
  await page.getByTestId('import-yes').click();
  await expect.poll(() => page.getByTestId('file-faults').textContent()).toContain(said.line);
  await file.setInputFiles({ name: 'a.ics', mimeType: 'text/calendar', buffer: Buffer.from('BEGIN:VCALENDAR') });
  await page.getByTestId('import-yes').click();
  await expect.poll(() => page.locator('.toast').textContent()).toContain(said.done);

  await page.getByTestId('feed-open').click();
  expect(await page.getByTestId('feed-address').textContent()).toBe(
    `${fixture.url}/api/v1/maintenance.ics?key=0123456789abcdef`,
  );
  await isWhole();
  expect(faults.filter((fault) => !fault.includes('422'))).toEqual([]);
  await close();
});
