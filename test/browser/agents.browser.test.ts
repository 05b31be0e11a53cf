import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchChromium } from '../support/chromium.ts';
import { ADMIN_TOKEN, type Fixture, TOKEN } from './fixture-server.ts';
import { openPage } from './open-page.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());

async function signIn(page: Page, { url }: Fixture, token: string): Promise<void> {
  await page.request.post(`${url}/api/v1/session`, { data: { token } });
  await page.reload();
}

test('a machine that waits is admitted by an administrator, with what the inventory lacks of it', async () => {
  const { page, fixture, faults, close } = await openPage(browser, { stores: 40, mood: 'mixed' }, { path: '/agents' });
  // The way there: the menu, which any page has.
  await page.getByTestId('fleet').waitFor();
  await page.goto(fixture.url);
  await page.getByTestId('settings').click();
  await page.getByTestId('menu-agents').click();
  await page.getByTestId('fleet').waitFor();

  // Who waits is an operator's to see: without a session the page asks for one.
  await page.getByRole('link', { name: 'Waiting for admission' }).click();
  await page.getByTestId('empty').getByRole('button', { name: 'Sign in' }).click();
  await page.getByTestId('sign-in-dialog').waitFor();
  await page.keyboard.type(TOKEN);
  await page.keyboard.press('Enter');
  await page.getByTestId('machine').first().waitFor();
  expect(await page.getByTestId('machine').count()).toBe(3);
  // An operator may refuse, and is not offered what the role does not allow.
  expect(await page.getByTestId('admit').count()).toBe(0);
  expect(await page.getByTestId('refuse').count()).toBe(2);

  await signIn(page, fixture, ADMIN_TOKEN);
  await page.getByTestId('admit').first().click();
  const dialog = page.getByTestId('admit-dialog');
  await dialog.waitFor();
  expect(await dialog.textContent()).toContain('7f3a90c41be2d865');
  expect(await dialog.getByLabel('Till number').inputValue()).toBe('21');
  await dialog.getByLabel('Name shown').fill('Caisse 21');
  await page.getByTestId('admit-confirm').click();
  await dialog.waitFor({ state: 'detached' });
  await expect.poll(() => page.getByTestId('admit').count()).toBe(1);
  const add = { kind: 'till', title: 'Caisse 21', lane: 21 };
  expect(fixture.calls).toEqual([{ path: 'agents/quarantine/12/admit', body: { add }, by: 'Camille' }]);
  expect(faults.filter((fault) => !fault.includes('401'))).toEqual([]);
  await close();
});

test('a token is made, and told once with the command it is for; it can be revoked', async () => {
  const data = { stores: 40, mood: 'well' } as const;
  const { page, fixture, faults, close } = await openPage(browser, data, { path: '/agents/tokens', locale: 'fr-FR' });
  await signIn(page, fixture, ADMIN_TOKEN);
  const form = page.getByTestId('token-form');
  await form.getByLabel('Magasin').fill('nulle part');
  await form.getByTestId('make-token').click();
  await expect.poll(() => form.getByRole('alert').textContent()).toBe('Choisissez un magasin de la liste.');
  const [store] = [...fixture.stores.keys()];
  const number = store?.split('/')[1];
  await form.getByLabel('Magasin').fill(number ?? '');
  await form.getByLabel('Équipement', { exact: true }).fill('till-7');
  await form.getByTestId('make-token').click();

  const made = page.getByTestId('token-made');
  await made.waitFor();
  const token = await made.getByTestId('token-text').textContent();
  expect(await made.getByTestId('enrol-command').textContent()).toBe(
    `vigie agent enroll --server=https://vigie.example:8443 --token=${token} --device=till-7`,
  );
  const wish = { chain: 'demo', store: number, kind: 'till', uses: 1, hours: 24, replaces: false, device: 'till-7' };
  expect(fixture.calls).toEqual([{ path: 'agents/tokens', body: wish, by: 'Camille' }]);
  await made.getByRole('button', { name: 'C’est noté' }).click();
  await made.waitFor({ state: 'detached' });
  expect(await page.locator('body').textContent()).not.toContain(token);

  await expect.poll(() => page.getByTestId('tokens').locator('tbody tr').count()).toBe(4);
  await page.getByTestId('revoke-token').first().click();
  await page.getByTestId('confirm-yes').click();
  await expect.poll(() => page.getByTestId('revoke-token').count()).toBe(1);
  expect(faults.filter((fault) => !fault.includes('401'))).toEqual([]);
  await close();
});

test('agents in trouble are counted and found, and a rollout is paused', async () => {
  const { page, fixture, faults, close } = await openPage(browser, { stores: 40, mood: 'unwell' }, { path: '/agents' });
  const rows = page.getByTestId('fleet').locator('tbody tr');
  await page.getByTestId('chip-refused').waitFor();
  const refused = Number(await page.getByTestId('chip-refused').locator('b').textContent());
  expect(refused).toBeGreaterThan(0);
  await page.getByTestId('chip-refused').click();
  await expect.poll(() => rows.count()).toBe(refused);
  expect(await rows.first().textContent()).toContain('under it a check fell silent');
  await page.getByTestId('chip-refused').click();
  await page.keyboard.press('/');
  await page.keyboard.type('1.0.4');
  await expect.poll(() => rows.first().textContent()).toContain('1.0.4');
  expect(new URL(page.url()).pathname).toBe('/agents');

  await signIn(page, fixture, ADMIN_TOKEN);
  await page.getByRole('link', { name: 'Versions' }).click();
  await page.getByTestId('pause').click();
  await page.locator('[data-testid=rollout][data-state=paused]').waitFor();
  await page.getByTestId('resume').waitFor();
  expect(fixture.calls).toEqual([{ path: 'rollout/state', body: { state: 'paused' }, by: 'Camille' }]);
  expect(faults).toEqual([]);
  await close();
});

test('an action is asked from an incident, with its reason, and what became of it is told there', async () => {
  const { page, fixture, faults, close } = await openPage(browser, { stores: 50, mood: 'unwell' });
  const incident = [...fixture.incidents.values()].find(({ cause }) => cause.kind === 'device');
  const path = `/incidents/${incident?.number}`;
  await page.goto(fixture.url + path);
  await signIn(page, fixture, TOKEN);
  await page.getByTestId('action-restart_pos').click();
  const dialog = page.getByTestId('act-dialog');
  await dialog.waitFor();
  expect(await page.getByTestId('act-confirm').isDisabled()).toBe(true);
  await dialog.getByLabel('Service').selectOption('pos-sync.service');
  await dialog.getByLabel('Why').fill('Frozen since nine');
  await page.getByTestId('act-confirm').click();
  await dialog.waitFor({ state: 'detached' });
  expect(fixture.calls).toEqual([
    {
      path: `devices/${incident?.cause.target}/actions`,
      by: 'Nadia',
      body: {
        action: 'restart_pos',
        args: { service: 'pos-sync.service' },
        why: 'Frozen since nine',
        incident: incident?.number,
      },
    },
  ]);
  const told = page.getByTestId('incident-actions');
  await told.locator('li[data-state=done]').waitFor();
  expect(await told.textContent()).toContain('Frozen since nine');
  expect(await told.locator('pre').textContent()).toContain('ready on port 8443');
  expect(await page.getByTestId('timeline').textContent()).not.toContain('ready on port 8443');

  // The same on the device's own page, with all it was told before.
  await page.goto(`${fixture.url}/devices/${incident?.cause.target}`);
  await page.getByTestId('commands').locator('li').first().waitFor();
  expect(await page.getByTestId('commands').locator('li').count()).toBe(3);
  await page.getByTestId('facts').locator('[data-path="machine.serial"]').waitFor();
  expect(await page.getByTestId('config').getAttribute('data-standing')).toBeTruthy();
  await page.getByTestId('certificate').waitFor();
  expect(faults).toEqual([]);
  await close();
});
