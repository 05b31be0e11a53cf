import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Locale } from '../../protocol/inventory.ts';

const PAGES: Record<Locale, string> = {
  en: fileURLToPath(new URL('../../docs/BENCH.md', import.meta.url)),
  fr: fileURLToPath(new URL('../../docs/fr/BENCH.md', import.meta.url)),
};

/** Puts what was measured where the pages have its place. The rest of them is written by people and stays. */
export function writeToDocs(part: string, contentIn: (locale: Locale) => string): void {
  for (const [locale, path] of Object.entries(PAGES) as [Locale, string][]) {
    writeFileSync(path, replaceRegion(readFileSync(path, 'utf8'), part, contentIn(locale)));
  }
}

/**
 * What stands between `<!-- bench:PART -->` and `<!-- /bench:PART -->`, replaced.
 * @throws when the page has no such place.
 */
export function replaceRegion(page: string, part: string, content: string): string {
  const [open, close] = [`<!-- bench:${part} -->`, `<!-- /bench:${part} -->`];
  const [from, to] = [page.indexOf(open), page.indexOf(close)];
  if (from < 0 || to < from) throw new Error(`the page has no place for "${part}"`);
  return `${page.slice(0, from + open.length)}\n\n${content.trim()}\n\n${page.slice(to)}`;
}
