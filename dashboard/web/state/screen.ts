import { signal } from '@preact/signals';

const narrow = matchMedia('(max-width: 760px)');

/** Whether this is a phone: incidents first, and the page scrolls. */
export const phone = signal(narrow.matches);

narrow.addEventListener('change', () => {
  phone.value = narrow.matches;
});

const dark = matchMedia('(prefers-color-scheme: dark)');

/** Whether the system asks for a dark page. */
export const systemDark = signal(dark.matches);

dark.addEventListener('change', () => {
  systemDark.value = dark.matches;
});

/** Pixels per design pixel: tokens.css makes everything larger on screens read from further away. */
export const pageScale = (): number => Number.parseFloat(getComputedStyle(document.documentElement).fontSize) / 16;
