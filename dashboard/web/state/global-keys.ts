import { keysShown } from '../parts/dialogs.tsx';
import { go, route } from '../route.ts';
import { acknowledge } from './acts.ts';
import { clearFilter, filtering } from './filter.ts';
import { incidents } from './wall.ts';

/** A letter leads to a page from any other. */
const PAGES: ReadonlyMap<string, string> = new Map([
  ['w', '/'],
  ['i', '/incidents'],
  ['m', '/maintenance'],
  ['t', '/tickets'],
  ['r', '/rules'],
  ['g', '/agents'],
  ['p', '/assets'],
]);

const typing = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && target.matches('input, textarea, select, [contenteditable]');

/** The keys that work wherever the focus is, except in a field or a dialog. */
export function followKeys(): void {
  document.addEventListener('keydown', (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    if (document.querySelector('dialog[open]') !== null) return;
    if (event.key === 'Escape') return stepBack(event);
    if (typing(event.target)) return;
    if (event.key === '/') return openSearch(event);
    if (event.key === '?') keysShown.value = true;
    else if (event.key === 'a') acknowledgeFocused();
    else if (PAGES.has(event.key)) go(PAGES.get(event.key) as string);
    else if (event.key.startsWith('Arrow')) walk(event);
  });
}

function openSearch(event: KeyboardEvent): void {
  event.preventDefault();
  const field = () => document.querySelector<HTMLInputElement>('#search');
  // At once where it is there: the next key is typed into it, and leads nowhere else.
  if (field() !== null) {
    field()?.focus();
    return;
  }
  go('/');
  // The page has just changed: its field is there after the next frame.
  requestAnimationFrame(() => field()?.focus());
}

function stepBack(event: KeyboardEvent): void {
  const settings = document.querySelector<HTMLDetailsElement>('details.settings[open]');
  if (settings !== null) {
    settings.open = false;
    settings.querySelector('summary')?.focus();
  } else if (typing(event.target)) {
    if (filtering.peek()) clearFilter();
    (event.target as HTMLElement).blur();
  } else if (filtering.peek()) clearFilter();
}

/** The incident that has the focus, or the one whose page this is. */
function acknowledgeFocused(): void {
  const row = document.activeElement?.closest<HTMLElement>('[data-incident]');
  const page = route.peek();
  const number =
    row !== null && row !== undefined ? Number(row.dataset.incident) : page.page === 'incident' ? page.number : 0;
  const known = incidents.peek().get(number);
  if (number > 0 && (known === undefined || known.state === 'new')) void acknowledge(number);
}

/** Up and down walk a list of incidents; with nothing focused, any arrow steps onto the wall. */
function walk(event: KeyboardEvent): void {
  const row = document.activeElement?.closest<HTMLElement>('[data-incident]');
  if (row !== null && row !== undefined) {
    const rows = [...document.querySelectorAll<HTMLElement>('[data-incident]')];
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step === 0) return;
    event.preventDefault();
    rows[rows.indexOf(row) + step]?.focus();
  } else if (document.activeElement === document.body) {
    const tile = document.querySelector<HTMLElement>('[data-testid=tile][tabindex="0"]');
    if (tile === null) return;
    event.preventDefault();
    tile.focus();
  }
}
