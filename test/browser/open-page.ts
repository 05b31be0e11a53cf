import type { Browser, Page } from 'playwright-core';
import { type Fixture, type FixtureOptions, startFixture } from './fixture-server.ts';

export interface Opened {
  page: Page;
  fixture: Fixture;
  /** What the browser complained of: errors, refused content, requests to elsewhere. Must stay empty. */
  faults: string[];
  close(): Promise<void>;
}

export interface View {
  path?: string;
  size?: readonly [width: number, height: number];
  locale?: string;
}

/** Opens the built app over made-up data, and listens to every complaint of the browser. */
export async function openPage(browser: Browser, data: FixtureOptions, view: View = {}): Promise<Opened> {
  const fixture = await startFixture(data);
  const [width, height] = view.size ?? [1920, 1080];
  const page = await browser.newPage({
    viewport: { width, height },
    locale: view.locale ?? 'en-GB',
    timezoneId: 'Europe/Paris',
    reducedMotion: 'reduce',
  });
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(`error: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') faults.push(`${message.type()}: ${message.text()}`);
  });
  page.on('request', (request) => {
    if (!request.url().startsWith(fixture.url)) faults.push(`request to ${request.url()}`);
  });
  await page.goto(fixture.url + (view.path ?? '/'));
  return {
    page,
    fixture,
    faults,
    async close() {
      await page.close();
      await fixture.close();
    },
  };
}
