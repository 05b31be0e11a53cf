import { effect, signal } from '@preact/signals';
import type { Locale } from '../../../protocol/inventory.ts';

/** Reads what the reader chose before; private windows may refuse, then nothing was. */
function recall<T extends string>(name: string, allowed: readonly T[], otherwise: T): T {
  try {
    const kept = localStorage.getItem(`vigie.${name}`);
    return allowed.find((value) => value === kept) ?? otherwise;
  } catch {
    return otherwise;
  }
}

function keep(name: string, value: string): void {
  try {
    localStorage.setItem(`vigie.${name}`, value);
  } catch {
    // A choice that can't be kept still holds for this visit.
  }
}

const spoken: Locale = navigator.languages.some((tag) => /^fr\b/i.test(tag) || /^en\b/i.test(tag))
  ? ((navigator.languages.find((tag) => /^(fr|en)\b/i.test(tag)) as string).slice(0, 2).toLowerCase() as Locale)
  : 'en';

export const THEMES = ['system', 'dark', 'light'] as const;
export const DENSITIES = ['auto', 'roomy', 'usual', 'dense'] as const;
export const ORDERS = ['region', 'worst'] as const;
const SWITCH = ['off', 'on'] as const;

export const locale = signal<Locale>(recall('locale', ['fr', 'en'], spoken));
export const theme = signal(recall('theme', THEMES, 'system'));
export const densityChoice = signal(recall('density', DENSITIES, 'auto'));
export const order = signal(recall('order', ORDERS, 'region'));
export const sound = signal(recall('sound', SWITCH, 'off'));

/** Keeps every choice, and tells the document its language and theme. */
export function followPrefs(): void {
  effect(() => {
    document.documentElement.lang = locale.value;
    keep('locale', locale.value);
  });
  effect(() => {
    if (theme.value === 'system') delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = theme.value;
    keep('theme', theme.value);
  });
  effect(() => keep('density', densityChoice.value));
  effect(() => keep('order', order.value));
  effect(() => keep('sound', sound.value));
}
