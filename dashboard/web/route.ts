import { computed, signal } from '@preact/signals';
import { readPath } from './read-path.ts';

const path = signal(location.pathname);

/** The page shown now. */
export const route = computed(() => readPath(path.value));

/** Shows another page, as a link would. */
export function go(href: string): void {
  history.pushState(null, '', href);
  path.value = location.pathname;
  window.scrollTo(0, 0);
}

/** Takes links within the app, and the browser's back and forward. */
export function followLinks(): void {
  window.addEventListener('popstate', () => {
    path.value = location.pathname;
  });
  document.addEventListener('click', (event) => {
    if (event.defaultPrevented || event.button !== 0) return;
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const link = (event.target as Element).closest<HTMLAnchorElement>('a[href^="/"]');
    if (link === null || link.target !== '' || link.pathname.startsWith('/api/')) return;
    event.preventDefault();
    go(link.href);
  });
}
