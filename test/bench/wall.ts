import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import type { Page } from 'playwright-core';
import type { WallDelta } from '../../protocol/views.ts';
import { launchChromium } from '../support/chromium.ts';
import { watchTiles } from '../support/tile-watch.ts';
import { startDemoChain } from './demo-chain.ts';
import type { Figure } from './figure.ts';
import { percentile } from './processes.ts';
import { allHeard } from './restart.ts';
import { startServer } from './server.ts';

const LOADS = 5;
const CHANGES = 40;

/** The wall of 500 stores and 8,000 devices under their load: first paint, script, and commit → pixel. */
export async function benchWall(): Promise<Figure[]> {
  const server = await startServer();
  const simulator = await startDemoChain(server);
  const browser = await launchChromium();
  try {
    await allHeard(server.url);
    const paints: number[] = [];
    for (let load = 0; load < LOADS; load++) {
      const context = await browser.newContext({ viewport: { width: 1920, height: 1080 } });
      const page = await context.newPage();
      paints.push(await paintTime(page, server.url));
      await context.close();
    }
    const page = await browser.newPage({ viewport: { width: 1920, height: 1080 } });
    await paintTime(page, server.url);
    await watchTiles(page);
    const committed = new Map<string, number>();
    const ending = new AbortController();
    const following = follow(server.url, committed, ending.signal);
    await simulator.trigger({ what: 'till-reboots', where: { count: CHANGES }, forS: 10 });
    await pause(40_000);
    ending.abort();
    await following;
    const delays = await page.evaluate(
      (commits) =>
        (window as unknown as { seenTiles: { store: string; state: string; at: number }[] }).seenTiles.flatMap(
          ({ store, state, at }) => {
            const from = commits[`${store} ${state}`];
            return from === undefined ? [] : [at - from];
          },
        ),
      Object.fromEntries(committed),
    );
    return [
      {
        what: 'wall of 500 stores: navigation → all painted, median',
        fr: 'mur de 500 magasins : navigation → tout peint, médiane',
        value: percentile(paints, 0.5),
        unit: 'ms',
        budget: '1,000 ms',
      },
      {
        what: 'script before the first paint, gzip',
        fr: 'script avant le premier affichage, gzip',
        value: scriptKb(),
        unit: 'KB',
        budget: '60 KB',
      },
      {
        what: `commit → pixel, p95 of ${delays.length} changes`,
        fr: `validation → pixel, p95 de ${delays.length} changements`,
        value: percentile(delays, 0.95),
        unit: 'ms',
        budget: '250 ms',
      },
    ];
  } finally {
    await browser.close();
    await simulator.stop();
    await server.stop();
  }
}

/** Milliseconds from navigation to the frame in which all 500 tiles stand. */
async function paintTime(page: Page, url: string): Promise<number> {
  await page.goto(url, { waitUntil: 'commit' });
  const handle = await page.waitForFunction(
    () => document.querySelectorAll('[data-store][data-state]').length >= 500 && performance.now(),
    undefined,
    { polling: 'raf' },
  );
  return (await handle.jsonValue()) as number;
}

/** Follows the stream and notes when each store's latest state was committed. */
async function follow(url: string, committed: Map<string, number>, signal: AbortSignal): Promise<void> {
  try {
    const answer = await fetch(`${url}/api/v1/live`, { signal });
    let rest = '';
    for await (const chunk of answer.body as AsyncIterable<Uint8Array>) {
      rest += Buffer.from(chunk).toString();
      const events = rest.split('\n\n');
      rest = events.pop() ?? '';
      for (const event of events) {
        if (!event.includes('event: delta')) continue;
        const delta = JSON.parse(/^data: (.*)$/m.exec(event)?.[1] ?? '{}') as WallDelta;
        for (const { key, state } of delta.stores ?? []) {
          if (!committed.has(`${key} ${state}`)) committed.set(`${key} ${state}`, delta.at);
        }
      }
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}

/** The scripts index.html names, as they travel. */
function scriptKb(): number {
  const web = fileURLToPath(new URL('../../dist/web/', import.meta.url));
  const html = readFileSync(`${web}index.html`, 'utf8');
  const assets = readdirSync(`${web}assets`).filter((name) => name.endsWith('.js') && html.includes(name));
  return assets.reduce((sum, name) => sum + gzipSync(readFileSync(`${web}assets/${name}`)).byteLength, 0) / 1024;
}
