import { signal } from '@preact/signals';
import type { ComponentChild } from 'preact';
import { Blank } from '../parts/blank.tsx';
import { ui } from '../words/index.ts';
import { Skeleton } from './skeleton.tsx';

/**
 * A page that is fetched when it is first shown; it says so when it can't be. Then only loading everything anew helps:
 * a newer build may have taken its place on the server.
 */
export function lazy<Props>(load: () => Promise<(props: Props) => ComponentChild>): (props: Props) => ComponentChild {
  const loaded = signal<{ page?: (props: Props) => ComponentChild; failed?: boolean }>({});
  let asked = false;
  const fetchPage = (): void => {
    asked = true;
    load().then(
      (page) => {
        loaded.value = { page };
      },
      () => {
        loaded.value = { failed: true };
      },
    );
  };
  return function Lazy(props: Props) {
    if (!asked) fetchPage();
    const { page: Page, failed } = loaded.value;
    if (Page !== undefined) return <Page {...(props as Props & object)} />;
    if (failed !== true) return <Skeleton />;
    return (
      <Blank kind="error" title={ui.value.failedPage} more={ui.value.failedPageMore('script')}>
        <button type="button" class="button" onClick={() => location.reload()}>
          {ui.value.retryNow}
        </button>
      </Blank>
    );
  };
}
