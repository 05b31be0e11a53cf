import type { Locale } from '../../protocol/inventory.ts';

/** The language a reader prefers, from its Accept-Language header; English when it names neither of ours. */
export function preferredLocale(acceptLanguage: string | undefined): Locale {
  let best: Locale = 'en';
  let bestWeight = 0;
  for (const part of (acceptLanguage ?? '').slice(0, 200).split(',')) {
    const [tag = '', ...options] = part.trim().toLowerCase().split(';');
    const locale = /^(fr|en)(-|$)/.exec(tag.trim())?.[1] as Locale | undefined;
    const weight = weightOf(options);
    if (locale !== undefined && weight > bestWeight) {
      best = locale;
      bestWeight = weight;
    }
  }
  return best;
}

function weightOf(options: readonly string[]): number {
  const quality = options
    .map((option) => /^\s*q=([01](?:\.\d{0,3})?)\s*$/.exec(option)?.[1])
    .find((q) => q !== undefined);
  return quality === undefined ? 1 : Number(quality);
}
