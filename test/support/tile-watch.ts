import type { Page } from 'playwright-core';

/** Notes, in the page itself, when each tile takes each state: what a person before the wall would see. */
export async function watchTiles(page: Page): Promise<void> {
  await page.evaluate(() => {
    const seen: { store: string; state: string; at: number }[] = [];
    Object.assign(window, { seenTiles: seen });
    const note = (element: Element) => {
      const { store, state } = (element as HTMLElement).dataset;
      if (store === undefined || state === undefined) return;
      // The frame after the change is the one in which it is painted.
      requestAnimationFrame(() => seen.push({ store, state, at: Date.now() }));
    };
    new MutationObserver((changes) => {
      for (const change of changes) note(change.target as Element);
    }).observe(document.body, { attributes: true, attributeFilter: ['data-state'], subtree: true });
  });
}

/** Resolves to when (ms since 1970) the tile first took one of the states after `since`. */
export async function tileTook(page: Page, store: string, states: readonly string[], since: number): Promise<number> {
  const handle = await page.waitForFunction(
    ([wantedStore, wanted, after]) => {
      const { seenTiles } = window as unknown as { seenTiles: { store: string; state: string; at: number }[] };
      return seenTiles.find((seen) => seen.store === wantedStore && wanted.includes(seen.state) && seen.at >= after)
        ?.at;
    },
    [store, states, since] as const,
    { polling: 20, timeout: 30_000 },
  );
  return (await handle.jsonValue()) as number;
}
