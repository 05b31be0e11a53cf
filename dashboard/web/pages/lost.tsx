import { Blank } from '../parts/blank.tsx';
import { ui } from '../words/index.ts';

/** An address that leads nowhere. */
export function Lost() {
  return (
    <Blank kind="empty" title={ui.value.notFound} more={ui.value.notFoundMore}>
      <a class="button" href="/">
        {ui.value.backToWall}
      </a>
    </Blank>
  );
}
