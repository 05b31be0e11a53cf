import { hindered, staleSince } from '../state/live.ts';
import { ui } from '../words/index.ts';

/** Said over the page while something keeps Vigie itself from its work: the worst of it. */
export function HinderedBanner() {
  const [worst] = hindered.value;
  // A stream that is cut says so already, and what it said last may be over.
  if (worst === undefined || staleSince.value !== undefined) return null;
  const [title, body] = ui.value.hindered[worst];
  return (
    <div class="banner hindered-banner" role="alert" data-testid="hindered-banner" data-part={worst}>
      <span class="banner-text">
        <b>{title}</b>
        <span>{body}</span>
      </span>
    </div>
  );
}
