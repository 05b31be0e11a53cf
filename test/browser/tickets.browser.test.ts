import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { DeadWork, DeskStanding, RotaView } from '../../dashboard/ports.ts';
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
    away: 'Injoignable depuis',
    aside: '2 en souffrance',
    action: 'Ouvrir le ticket',
    none: 'Aucun envoi mis de côté',
    onCall: 'Inès jusqu’au',
  },
  'en-GB': {
    away: 'Cannot be reached for',
    aside: '2 set aside',
    action: 'Open the ticket',
    none: 'Nothing is set aside',
    onCall: 'Inès until',
  },
} as const;

test.each([
  ['fr-FR', [1440, 900]],
  ['en-GB', [375, 812]],
] as const)('work that was set aside is seen, tried again and discarded (%s)', async (locale, size) => {
  const said = SAID[locale];
  const { page, fixture, faults, close } = await openPage(browser, { stores: 12, mood: 'well' }, { size, locale });
  await page.request.post(`${fixture.url}/api/v1/session`, { data: { token: TOKEN } });
  const now = await page.evaluate(() => Date.now());
  const common = { major: false, desk: 'servicenow', attempts: 3, at: now - 7_200_000, diedAt: now - 600_000 };
  const dead: DeadWork[] = [
    {
      ...{ ...common, id: 3, incident: 128, action: 'open', error: 'HTTP 403: caller may not write to incident' },
      subject: '[P2][001 Nantes Beaulieu] Caisse 3, connexion perdue',
    },
    {
      ...common,
      id: 9,
      incident: 131,
      action: 'resolve',
      error: 'no ticket bears our key',
      subject: '[P3][014 Lyon] Routeur',
    },
  ];
  const desks = (): DeskStanding[] => [
    { desk: 'mail', waiting: 0, dead: 0 },
    { desk: 'servicenow', waiting: 14, dead: dead.length, oldestAt: now - 7_200_000, awaySince: now - 600_000 },
  ];
  const asked: string[] = [];
  await page.route('**/api/v1/tickets/**', async (route) => {
    const path = new URL(route.request().url()).pathname.replace('/api/v1/tickets/', '');
    if (path === 'desks') return route.fulfill({ json: { desks: desks() } });
    if (path === 'dead') return route.fulfill({ json: { dead } });
    asked.push([path, route.request().postData()].filter((part) => part).join(' '));
    const gone = path.startsWith('desks/') ? dead.length : 1;
    dead.splice(0, gone);
    return path.startsWith('desks/') ? route.fulfill({ json: { replayed: gone } }) : route.fulfill({ status: 204 });
  });
  const rotas: RotaView[] = [];
  await page.route('**/api/v1/on-call**', async (route) => {
    const { method, path } = { method: route.request().method(), path: new URL(route.request().url()).pathname };
    if (method === 'GET') return route.fulfill({ json: { calendars: rotas } });
    asked.push(`${method} ${path} ${JSON.parse(route.request().postData() ?? '{}').calendar}`);
    const duty = { who: 'Inès', from: now - 3_600_000, to: now + 3_600_000 };
    rotas.push({ name: 'network', timeZone: 'Europe/Paris', now: duty, at: now, by: 'Karim' });
    return route.fulfill({ status: 204 });
  });
  await page.goto(`${fixture.url}/tickets`);
  const rows = page.locator('[data-work]');
  await rows.first().waitFor();
  expect(await page.locator('[data-desk=servicenow]').textContent()).toContain(said.away);
  expect(await rows.first().textContent()).toContain(said.action);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(size[0]);
  if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/tickets-${size[0]}.png` });

  await page.getByTestId('settings').click();
  await expect.poll(() => page.getByTestId('menu-tickets').textContent()).toContain(said.aside);
  await page.getByTestId('settings').click();

  await page.getByTestId('import-rota').click();
  await page.locator('dialog input').first().fill('network');
  const file = { name: 'duties.ics', mimeType: 'text/calendar', buffer: Buffer.from('BEGIN:VCALENDAR') };
  await page.locator('dialog input[type=file]').setInputFiles(file);
  await page.getByTestId('import-yes').click();
  await page.locator('[data-rota=network]').waitFor();
  expect(await page.getByTestId('on-call').textContent()).toContain(said.onCall);
  expect(asked.splice(0)).toEqual(['POST /api/v1/on-call/network BEGIN:VCALENDAR']);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(size[0]);
  if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/on-call-${size[0]}.png`, fullPage: true });

  await rows.first().getByTestId('discard').click();
  await page.locator('dialog input').fill('double');
  await page.locator('dialog input').press('Enter');
  await expect.poll(() => rows.count()).toBe(1);
  await page.getByTestId('replay-all').click();
  await page.getByText(said.none).waitFor();
  expect(asked).toEqual(['dead/3/discard {"why":"double"}', 'desks/servicenow/replay']);
  expect(faults).toEqual([]);
  await close();
});
