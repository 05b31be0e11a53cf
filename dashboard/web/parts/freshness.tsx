import { useComputed } from '@preact/signals';
import { second } from '../state/clock.ts';
import { heardAt, picture, staleSince, startLive } from '../state/live.ts';
import { format, ui } from '../words/index.ts';
import { writeSeconds } from '../words/times.ts';

const age = (at: number): string => format.value.duration(Math.max(1, Math.round((second.value - at) / 1000)));

/** Whether the picture moves with the stores, and when anything was last heard. */
export function Freshness() {
  const words = ui.value;
  const title = useComputed(() => (heardAt.value === undefined ? '' : words.heardAgo(words.ago(age(heardAt.value)))));
  const state = picture.value !== 'shown' ? 'connecting' : staleSince.value === undefined ? 'live' : 'cut';
  return (
    <span class="freshness" data-testid="freshness" data-link={state} title={title}>
      <i aria-hidden="true" />
      {words[state]}
    </span>
  );
}

/** Said over the page while the stream is cut: since when its picture is old, in words. */
export function StaleBanner() {
  const since = staleSince.value;
  if (since === undefined) return null;
  return (
    <div class="banner stale-banner" role="alert" data-testid="stale-banner">
      <b>{ui.value.staleTitle(writeSeconds(since))}</b>
      <span>
        <StaleAge />
      </span>
      <button type="button" class="button" onClick={() => void startLive()}>
        {ui.value.retryNow}
      </button>
    </div>
  );
}

function StaleAge() {
  const text = useComputed(() => ui.value.staleBody(age(heardAt.value ?? second.value)));
  return <>{text}</>;
}
