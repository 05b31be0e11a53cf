import type { ApiError } from '../api.ts';
import { signInAsked } from '../state/session.ts';
import { ui } from '../words/index.ts';
import { Blank } from './blank.tsx';

/** Why a page can't be shown, and what to do about it. */
export function Trouble({ error, retry }: { error: ApiError; retry: () => void }) {
  const words = ui.value;
  if (error.status === 404) {
    return (
      <Blank kind="empty" title={words.notFound} more={words.notFoundMore}>
        <a class="button" href="/">
          {words.backToWall}
        </a>
      </Blank>
    );
  }
  if (error.status === 401) {
    return (
      <Blank kind="empty" title={words.refused} more={words.refusedMore}>
        <button
          type="button"
          class="button primary"
          onClick={() => {
            signInAsked.value = { next: retry };
          }}
        >
          {words.signIn}
        </button>
      </Blank>
    );
  }
  if (error.status === 403) return <Blank kind="empty" title={words.forbidden} more={words.forbiddenMore} />;
  return (
    <Blank
      kind="error"
      title={error.status === 0 ? words.failed : words.failedPage}
      more={error.status === 0 ? words.failedMore : words.failedPageMore(error.code)}
    >
      <button type="button" class="button" onClick={retry}>
        {words.retryNow}
      </button>
    </Blank>
  );
}
