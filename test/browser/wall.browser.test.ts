import type { Browser, Locator } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { MajorView } from '../../protocol/majors.ts';
import { chainOf, type StoreKey } from '../../protocol/names.ts';
import { STORE_STATES, type StoreTile } from '../../protocol/views.ts';
import { launchChromium } from '../support/chromium.ts';
import type { FixtureOptions } from './fixture-server.ts';
import { type Opened, openPage, type View } from './open-page.ts';

let browser: Browser;
let opened: Opened;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());
afterEach(() => opened.close());

const MIXED: FixtureOptions = { stores: 500, mood: 'mixed' };

async function open(data: FixtureOptions, view?: View): Promise<Opened> {
  opened = await openPage(browser, data, view);
  return opened;
}

const tiles = (): Locator => opened.page.getByTestId('tile');
const count = (state: string): Locator => opened.page.getByTestId(`count-${state}`);
const firstStoreIn = (state: string): StoreKey =>
  [...opened.fixture.stores.values()].find(({ tile }) => tile.state === state)?.tile.key as StoreKey;

test('every store shows in its state, by more than colour, and the strip counts them', async () => {
  const { page, fixture, faults } = await open(MIXED);
  await tiles().first().waitFor();
  const shown = await tiles().evaluateAll((all) =>
    all.map((tile) => ({
      store: tile.dataset.store,
      state: tile.dataset.state,
      glyph: tile.querySelector('[data-glyph]')?.getAttribute('data-glyph') ?? 'none',
      simulated: tile.dataset.simulated,
    })),
  );
  const stores = [...fixture.stores.values()].map(({ tile }) => tile);
  expect(new Map(shown.map(({ store, state }) => [store, state]))).toEqual(
    new Map(stores.map(({ key, state }) => [key, state])),
  );
  for (const { state, glyph, simulated } of shown) {
    expect(glyph).toBe(state === 'up' ? 'none' : state);
    expect(simulated).toBe('true');
  }
  for (const state of STORE_STATES) {
    expect(await count(state).getAttribute('data-count')).toBe(
      String(stores.filter((one) => one.state === state).length),
    );
  }
  const selling = stores.filter(({ state }) => ['up', 'degraded', 'selling-offline'].includes(state)).length;
  expect(await page.getByTestId('stores-selling').getAttribute('data-part')).toBe(String(selling));
  expect(await page.getByTestId('strip').getByTestId('simulated').textContent()).toBe('Simulated');
  expect(faults).toEqual([]);
});

describe.each([
  [500, [1920, 1080]],
  [500, [1366, 768]],
  [2000, [3840, 2160]],
  [50, [1920, 1080]],
] as const)('%i stores on %j', (stores, size) => {
  test('are all on the screen, none over another, no word beyond its tile', async () => {
    const { page } = await open({ stores, mood: 'unwell' }, { size });
    await tiles().first().waitFor();
    await page.evaluate(() => document.fonts.ready);
    const found = await tiles().evaluateAll((all) => {
      const boxes = all.map((tile) => tile.getBoundingClientRect());
      const over = (a: DOMRect, b: DOMRect): boolean =>
        a.left < b.right - 0.5 && b.left < a.right - 0.5 && a.top < b.bottom - 0.5 && b.top < a.bottom - 0.5;
      return {
        count: boxes.length,
        outside: boxes.filter((box) => box.right > innerWidth || box.bottom > innerHeight || box.top < 0).length,
        overlapping: boxes.filter((box, i) => boxes.slice(i + 1).some((other) => over(box, other))).length,
        cut: all
          .flatMap((tile) => [...tile.querySelectorAll('.tile-number')])
          .filter((b) => b.scrollWidth > b.clientWidth + 1).length,
        sideways: document.documentElement.scrollWidth > innerWidth,
      };
    });
    expect(found).toEqual({ count: stores, outside: 0, overlapping: 0, cut: 0, sideways: false });
  });
});

test('a change re-renders its own tile and no other', async () => {
  const { page, fixture, faults } = await open(MIXED);
  const key = firstStoreIn('up');
  await page.locator(`[data-testid=tile][data-store="${key}"]`).waitFor();
  await page.evaluate(() => {
    const touched = new Set<string>();
    Object.assign(window, { touched });
    new MutationObserver((changes) => {
      for (const { target } of changes) {
        const element = target instanceof Element ? target : target.parentElement;
        const tile = element?.closest<HTMLElement>('[data-testid=tile]');
        touched.add(tile?.dataset.store ?? (element?.closest('.tiles') ? 'a list of tiles' : 'elsewhere'));
      }
    }).observe(document.querySelector('[data-testid=board]') as Element, {
      subtree: true,
      childList: true,
      attributes: true,
      characterData: true,
    });
  });
  fixture.changeStore(key, { state: 'down', since: Date.now(), reason: { code: 'store.silent' }, lanesUp: 0 });
  await page.locator(`[data-testid=tile][data-store="${key}"][data-state=down]`).waitFor();
  const touched = await page.evaluate(() => [...(window as unknown as { touched: Set<string> }).touched]);
  expect(touched.filter((where) => where !== 'elsewhere')).toEqual([key]);
  expect(await count('down').getAttribute('data-count')).toBe(
    String([...fixture.stores.values()].filter(({ tile }) => tile.state === 'down').length),
  );
  expect(faults).toEqual([]);
});

test('a state in the strip filters, follows what changes, and lets go', async () => {
  const { page, fixture } = await open(MIXED);
  await tiles().first().waitFor();
  const before = Number(await count('degraded').getAttribute('data-count'));
  await count('degraded').click();
  await expect.poll(() => tiles().count()).toBe(before);
  expect(new URL(page.url()).search).toBe('?state=degraded');
  expect(await page.getByTestId('board').getAttribute('data-density')).toBe('roomy');

  fixture.changeStore(firstStoreIn('up'), { state: 'degraded', since: Date.now() });
  await expect.poll(() => tiles().count()).toBe(before + 1);
  await page.getByTestId('clear-filter').click();
  await expect.poll(() => tiles().count()).toBe(500);

  await page.locator('#search').fill('etampes');
  await expect
    .poll(() => tiles().evaluateAll((all) => all.every((tile) => tile.ariaLabel?.includes('Étampes'))))
    .toBe(true);
  expect(await tiles().count()).toBeGreaterThan(1);
});

test('French and English, chosen and remembered', async () => {
  const { page } = await open(MIXED, { locale: 'fr-FR' });
  await tiles().first().waitFor();
  expect(await page.locator('html').getAttribute('lang')).toBe('fr');
  expect(await page.getByTestId('strip').textContent()).toContain('magasins vendent');
  await page.getByTestId('language-en').click();
  await expect.poll(() => page.getByTestId('strip').textContent()).toContain('stores sell');
  await page.reload();
  await tiles().first().waitFor();
  expect(await page.locator('html').getAttribute('lang')).toBe('en');
  expect(await page.getByTestId('incidents').textContent()).toContain('Incidents');
});

test('a cut stream is said in words, and what was missed comes with its return', async () => {
  const { page, fixture } = await open(MIXED);
  await tiles().first().waitFor();
  await expect.poll(() => fixture.streams).toBe(1);
  fixture.cut();
  const banner = page.getByTestId('stale-banner');
  await banner.waitFor();
  expect(await banner.textContent()).toMatch(/has been cut since \d\d:\d\d:\d\d/);
  expect(await page.getByTestId('freshness').getAttribute('data-link')).toBe('cut');

  const key = firstStoreIn('up');
  fixture.changeStore(key, { state: 'down', since: Date.now() });
  fixture.restore();
  await banner.waitFor({ state: 'detached' });
  await page.locator(`[data-testid=tile][data-store="${key}"][data-state=down]`).waitFor();
  expect(await page.getByTestId('freshness').getAttribute('data-link')).toBe('live');
});

test('what keeps Vigie itself from its work is said over the page, the worst of it, in the reader’s language', async () => {
  const { page, fixture } = await open(MIXED);
  await tiles().first().waitFor();
  const banner = page.getByTestId('hindered-banner');
  expect(await banner.count()).toBe(0);
  fixture.hinder('broker', 'metrics');
  await banner.waitFor();
  expect(await banner.textContent()).toContain('Vigie does not hear the agents.');
  fixture.hinder('metrics');
  await page.locator('[data-testid=hindered-banner][data-part=metrics]').waitFor();
  expect(await banner.textContent()).toContain('The metrics store does not take readings.');
  fixture.hinder();
  await banner.waitFor({ state: 'detached' });
});

test('without a session where reading needs one, the page says so and takes a token', async () => {
  const { page } = await open({ ...MIXED, closed: true });
  await page.getByTestId('empty').getByRole('button').click();
  await page.locator('#token').fill('not-a-token');
  await page.keyboard.press('Enter');
  await expect.poll(() => page.locator('#token-hint').textContent()).toBe('This token is not known here.');
  await page.locator('#token').fill('fixture-token');
  await page.keyboard.press('Enter');
  await tiles().first().waitFor();
  expect(await tiles().count()).toBe(500);
});

test('one store alone shows what is known of it beside its tile, and steps back when a filter is at work', async () => {
  const { page, faults } = await open({ stores: 1, mood: 'well' });
  await page.getByTestId('lone-store').getByTestId('devices').waitFor();
  expect(await tiles().count()).toBe(1);
  const tile = await tiles().boundingBox();
  const known = await page.getByTestId('lone-store').boundingBox();
  expect((tile?.y ?? 0) + (tile?.height ?? 0)).toBeLessThanOrEqual(known?.y ?? 0);
  await count('up').click();
  await page.getByTestId('lone-store').waitFor({ state: 'detached' });
  expect(faults).toEqual([]);
});

test('a major incident stands on top, by what its stores have in common, and takes the place of theirs', async () => {
  const { page, fixture } = await open({ stores: 50, mood: 'well' }, { locale: 'fr-FR' });
  await tiles().first().waitFor();
  const since = Date.now() - 60_000;
  const cut = [...fixture.stores.values()].slice(0, 3).map(({ tile }) => tile);
  const params = { attribute: 'store.carrier', value: 'Orange', symptom: 'network' };
  const major: MajorView = {
    key: 'chain#major#1',
    chain: chainOf(cut[0]?.key as StoreKey),
    cause: { kind: 'common', attribute: 'store.carrier', value: 'Orange' },
    symptom: 'network',
    title: { code: 'major.common', params },
    fold: { code: 'major.evidence', params: { ...params, failed: 3, of: 4, others: 0, ofOthers: 46, p: 0.0004 } },
    state: 'new',
    severity: 'critical',
    priority: 1,
    since,
    openedAt: since,
    stores: 3,
    storesOpen: 3,
    lanesDown: 12,
    lanesTotal: 12,
    children: [],
    number: 950,
    chainTitle: 'Halles',
    ticketState: 'none',
  };
  const silence = ({ key, title, region }: StoreTile, number: number): void =>
    fixture.putIncident({
      key: `${key}#${number}`,
      store: key,
      cause: { kind: 'store', target: key, rule: 'backbone-silent', reason: { code: 'store.silent' } },
      fold: { code: 'fold.store-silent', params: { devices: 6 } },
      state: 'new',
      severity: 'critical',
      impact: 1,
      urgency: 1,
      priority: 1,
      since,
      openedAt: since,
      lanesDown: 4,
      lanesTotal: 4,
      alerts: [],
      number,
      storeTitle: title,
      causeTitle: title,
      region,
      parent: { key: major.key, number: major.number },
      ticketState: 'none',
    });
  const banner = page.getByTestId('major-banner');
  for (const [i, tile] of cut.entries()) silence(tile, 901 + i);
  await page.locator('[data-incident="901"]').waitFor();
  expect(await banner.count()).toBe(0);
  fixture.putMajor(major);
  await banner.waitFor();
  expect(await banner.textContent()).toMatch(/Magasins coupés\u202f: opérateur Orange, 3 magasins, depuis \d\d:\d\d/);
  await page.locator('[data-incident="901"]').waitFor({ state: 'detached' });
  expect(await page.getByTestId('major-row').textContent()).toContain('3 magasins');
  fixture.putMajor({ ...major, state: 'resolved', resolvedAt: Date.now() });
  await banner.waitFor({ state: 'detached' });
});

test('on a phone the incidents come first and nothing runs off the side', async () => {
  const { page } = await open(MIXED, { size: [390, 844], locale: 'fr-FR' });
  await tiles().first().waitFor();
  const incidents = await page.getByTestId('incidents').boundingBox();
  const board = await page.getByTestId('board').boundingBox();
  expect(incidents?.y).toBeLessThan(board?.y ?? 0);
  const narrowest = await tiles().evaluateAll((all) =>
    Math.min(...all.map((tile) => tile.getBoundingClientRect().width)),
  );
  expect(narrowest).toBeGreaterThanOrEqual(36);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
});
