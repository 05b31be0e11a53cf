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

const SAID = {
  'fr-FR': {
    ...{ found: '1 règle sur 2', limit: '70\u202f%', fault: 'Ligne 9', holds: 'La révision 3 s’applique.' },
    ...{ reach: '130 équipements dans 12 magasins', gained: 'Gagnés' },
  },
  'en-GB': {
    ...{ found: '1 of 2 rules', limit: '70%', fault: 'Line 9', holds: 'Revision 3 is in force.' },
    ...{ reach: '130 devices in 12 stores', gained: 'Gained' },
  },
} as const;

const plain = (text: string | null): string => (text ?? '').replace(/\u00a0/g, ' ');

test.each([
  ['fr-FR', [1440, 900]],
  ['en-GB', [390, 844]],
] as const)('rules are found, tried, applied, undone and replayed (%s)', async (locale, size) => {
  const said = SAID[locale];
  const { page, fixture, faults, close } = await openPage(browser, { stores: 12, mood: 'well' }, { size, locale });
  const isWhole = async () =>
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(size[0]);

  // Found, by anybody.
  await page.getByTestId('tile').first().waitFor();
  await page.keyboard.press('r');
  const inForce = page.getByTestId('rules-now');
  await inForce.locator('tbody tr').first().waitFor();
  await page.keyboard.press('/');
  await page.keyboard.type('DISK');
  await expect.poll(() => inForce.getByTestId('rules-count').textContent()).toBe(said.found);
  const row = inForce.locator('tr[data-rule="disk-filling"]');
  for (const part of [said.limit, said.reach]) expect(plain(await row.textContent())).toContain(part);
  await row.locator('summary').click();
  expect(await row.locator('[data-setting="clear"]').isVisible()).toBe(true);
  await isWhole();

  // Tried: what is wrong stands with its line, and what was written stays.
  await page.request.post(`${fixture.url}/api/v1/session`, { data: { token: TOKEN } });
  await page.goto(`${fixture.url}/rules/change`);
  await page.getByTestId('draft-now').click();
  const text = page.getByTestId('draft-text');
  await expect.poll(() => text.inputValue()).toContain('raise: 70');
  const today = await text.inputValue();
  await text.fill(today.replace('raise: 70', 'raise: much'));
  await page.getByTestId('dry-run').click();
  await page.getByTestId('draft-faults').getByRole('button').click();
  expect(await page.getByTestId('draft-faults').textContent()).toContain(said.fault);
  expect(
    await text.evaluate((area: HTMLTextAreaElement) => area.value.slice(area.selectionStart, area.selectionEnd)),
  ).toBe('    raise: much');
  faults.splice(0, faults.length, ...faults.filter((fault) => !fault.includes('422')));
  await text.fill(today.replace('raise: 70', 'raise: 60'));
  await page.getByTestId('dry-run').click();
  const effect = page.getByTestId('draft-effect');
  await effect.waitFor();
  expect(plain(await effect.textContent())).toContain(said.reach);
  expect(await effect.locator('li[data-rule="disk-filling"]').textContent()).toContain('70 → 60');
  expect(await page.locator('[data-line="new"]').textContent()).toContain('raise: 60');
  // Of another text nothing was seen yet.
  await text.fill(today.replace('raise: 70', 'raise: 50'));
  await expect.poll(() => page.getByTestId('apply').count()).toBe(0);
  await page.getByTestId('dry-run').click();
  await page.getByTestId('why').fill('disques de 32 Go');
  await isWhole();

  // Replayed, before it is applied; the draft is the same.
  await page.locator('nav.tabs a[href="/rules/backtest"]').click();
  expect(await text.inputValue()).toContain('raise: 50');
  await page.getByTestId('span-day').click();
  await page.getByTestId('backtest-start').click();
  await page.getByTestId('backtest-running').waitFor();
  await page.getByTestId('backtest-cancel').click();
  await page.getByTestId('backtest-cancelled').waitFor();
  await page.getByTestId('backtest-start').click();
  const done = page.getByTestId('backtest-done');
  await done.waitFor();
  const gained = done.getByTestId('gained');
  expect(await gained.locator('h2').textContent()).toContain(said.gained);
  expect(await gained.locator('li').count()).toBe(10);
  await gained.locator('.button.more').click();
  await expect.poll(() => gained.locator('li').count()).toBe(12);
  expect(await gained.locator('a[href^="/devices/"]').first().isVisible()).toBe(true);
  expect(await done.getByTestId('noisy').locator('dd').textContent()).toContain('9');
  await isWhole();
  if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/backtest-${locale}.png`, fullPage: true });

  // Applied, with its reason; then undone.
  await page.locator('nav.tabs a[href="/rules/change"]').click();
  await page.getByTestId('apply').click();
  await page.getByText(said.holds).waitFor();
  expect(fixture.calls.at(-1)?.body).toEqual({
    ...{ text: today.replace('raise: 70', 'raise: 50'), why: 'disques de 32 Go', ifRevision: 2 },
  });
  await page.locator('nav.tabs a[href="/rules/revisions"]').click();
  const newest = page.locator('li[data-revision="3"]');
  await newest.getByTestId('look').click();
  expect(await newest.locator('[data-line="gone"]').textContent()).toContain('raise: 70');
  await newest.getByTestId('undo').click();
  const dialog = page.getByTestId('confirm');
  await dialog.getByTestId('effect').waitFor();
  await dialog.getByTestId('confirm-yes').click();
  // Not without a reason.
  expect(await dialog.isVisible()).toBe(true);
  await dialog.getByTestId('why').fill('trop de bruit');
  await dialog.getByTestId('confirm-yes').click();
  await page.locator('li[data-revision="4"][data-holds="true"]').waitFor();
  expect(fixture.calls.at(-1)?.body).toEqual({ to: 2, why: 'trop de bruit', ifRevision: 3 });
  await isWhole();
  expect(faults).toEqual([]);
  await close();
});
