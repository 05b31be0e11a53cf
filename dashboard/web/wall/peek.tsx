import { signal } from '@preact/signals';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import type { StoreKey } from '../../../protocol/names.ts';
import { say } from '../../../protocol/words/index.ts';
import { numberOf } from '../keys.ts';
import { Simulated, StateBadge } from '../parts/badges.tsx';
import { Pips } from '../parts/pips.tsx';
import { Since } from '../parts/since.tsx';
import { locale } from '../state/prefs.ts';
import { tileOf } from '../state/wall.ts';
import { ui } from '../words/index.ts';

/** The tile that is pointed at or focused, and where it stands. */
export const peeked = signal<{ key: StoreKey; box: DOMRect } | undefined>(undefined);

/** What a small tile has no room for, beside it while it is pointed at or focused. */
export function Peek() {
  const card = useRef<HTMLDivElement>(null);
  const now = peeked.value;
  const store = now === undefined ? undefined : tileOf(now.key)?.value;
  useLayoutEffect(() => {
    if (card.current !== null && now !== undefined) place(card.current, now.box);
  });
  useEffect(closeOnScroll, []);
  if (now === undefined || store === undefined) return null;
  return (
    <div class="peek" ref={card} data-testid="peek" aria-hidden="true">
      <p class="peek-head">
        <b>{numberOf(store.key)}</b> {store.title}
        {store.simulated && <Simulated />}
      </p>
      <p class="peek-state">
        <StateBadge state={store.state} of="store" />
        <Since at={store.since} long />
      </p>
      {store.state !== 'up' && <p>{say(locale.value, store.reason)}</p>}
      {store.pips !== '' && (
        <p class="peek-lanes">
          <Pips pips={store.pips} />
          <span>{ui.value.ofTotal(String(store.lanesUp), String(store.lanesTotal))}</span>
        </p>
      )}
      {store.incident?.ticket !== undefined && <p class="ticket">{store.incident.ticket}</p>}
    </div>
  );
}

function closeOnScroll(): () => void {
  const close = (): void => {
    peeked.value = undefined;
  };
  window.addEventListener('scroll', close, { capture: true, passive: true });
  return () => {
    window.removeEventListener('scroll', close, { capture: true });
    close();
  };
}

const MARGIN = 8;

/** Below the tile, or above when there is no room; never beyond the window. */
function place(card: HTMLElement, box: DOMRect): void {
  const { offsetWidth: width, offsetHeight: height } = card;
  const below = box.bottom + MARGIN + height <= window.innerHeight;
  const left = Math.min(Math.max(MARGIN, box.left), window.innerWidth - width - MARGIN);
  card.style.left = `${left}px`;
  card.style.top = `${below ? box.bottom + MARGIN : Math.max(MARGIN, box.top - height - MARGIN)}px`;
}
