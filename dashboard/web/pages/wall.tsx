import { Blank } from '../parts/blank.tsx';
import { Icon } from '../parts/icon.tsx';
import { IncidentPanel } from '../parts/incident-panel.tsx';
import { Segments } from '../parts/menu.tsx';
import { clearFilter, filtering, search, shown } from '../state/filter.ts';
import { picture, startLive } from '../state/live.ts';
import { DENSITIES, densityChoice, ORDERS, order } from '../state/prefs.ts';
import { signInAsked } from '../state/session.ts';
import { places } from '../state/wall.ts';
import { Board } from '../wall/board.tsx';
import { Peek } from '../wall/peek.tsx';
import { format, ui } from '../words/index.ts';
import { lazy } from './lazy.tsx';
import { WallSkeleton } from './skeleton.tsx';

const LoneStore = lazy(async () => (await import('./lone-store.tsx')).LoneStore);

/** The wall: every store at once, and the incidents beside it. */
export function WallPage() {
  return (
    <div class="wall-page">
      <section class="wall" aria-label={ui.value.wall}>
        <Toolbar />
        <Stores />
      </section>
      {picture.value === 'shown' && <IncidentPanel />}
    </div>
  );
}

function Toolbar() {
  const words = ui.value;
  return (
    <div class="toolbar">
      <label class="search">
        <Icon name="search" />
        <input
          id="search"
          type="search"
          aria-label={words.search}
          placeholder={words.search}
          title={words.searchHint}
          value={search.value}
          onInput={(event) => {
            search.value = event.currentTarget.value;
          }}
          onKeyDown={openOnly}
        />
        <kbd>/</kbd>
      </label>
      <div class="shown-count" role="status">
        {filtering.value && (
          <>
            <span data-testid="shown-count">
              {words.shownOf(
                shown.value.length,
                format.value.number(shown.value.length),
                format.value.number(places.value.length),
              )}
            </span>
            <button type="button" class="link-button" data-testid="clear-filter" onClick={clearFilter}>
              {words.clearFilter}
            </button>
          </>
        )}
      </div>
      <Segments
        of={order}
        values={ORDERS}
        words={{ region: words.byRegion, worst: words.worstFirst }}
        name="order"
        label={words.view}
      />
      <select
        class="density"
        aria-label={words.density}
        title={words.density}
        data-testid="density"
        value={densityChoice.value}
        onChange={(event) => {
          densityChoice.value = event.currentTarget.value as (typeof DENSITIES)[number];
        }}
      >
        {DENSITIES.map((density) => (
          <option key={density} value={density}>
            {density === 'auto'
              ? words.pair(words.density, words.densities.auto.toLowerCase())
              : words.densities[density]}
          </option>
        ))}
      </select>
    </div>
  );
}

/** Enter in the search leads to the first store found; the down arrow steps onto the wall. */
function openOnly(event: KeyboardEvent): void {
  if (event.key !== 'Enter' && event.key !== 'ArrowDown') return;
  event.preventDefault();
  const first = document.querySelector<HTMLElement>('[data-testid=tile]');
  if (event.key === 'Enter' && search.peek().trim() !== '') first?.click();
  else first?.focus();
}

function Stores() {
  const words = ui.value;
  if (picture.value === 'waiting') return <WallSkeleton />;
  if (picture.value === 'refused') {
    return (
      <Blank kind="empty" title={words.refused} more={words.refusedMore}>
        <button
          type="button"
          class="button primary"
          onClick={() => {
            signInAsked.value = {};
          }}
        >
          {words.signIn}
        </button>
      </Blank>
    );
  }
  if (picture.value === 'failed') {
    return (
      <Blank kind="error" title={words.failed} more={words.failedMore}>
        <button type="button" class="button" onClick={() => void startLive()}>
          {words.retryNow}
        </button>
      </Blank>
    );
  }
  if (places.value.length === 0) return <Blank kind="empty" title={words.emptyWall} more={words.emptyWallMore} />;
  if (shown.value.length === 0) {
    return (
      <Blank kind="empty" title={words.noMatch} more={words.noMatchMore}>
        <button type="button" class="button" onClick={clearFilter}>
          {words.clearFilter}
        </button>
      </Blank>
    );
  }
  const [only, ...others] = shown.value;
  const lone = only !== undefined && others.length === 0 && !filtering.value;
  return (
    <>
      <Board />
      {lone && <LoneStore key={only} store={only} />}
      <Peek />
    </>
  );
}
