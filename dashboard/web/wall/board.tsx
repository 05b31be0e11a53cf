import { useComputed, useSignal } from '@preact/signals';
import type { RefObject } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { StoreKey } from '../../../protocol/names.ts';
import { shown } from '../state/filter.ts';
import { densityChoice, order } from '../state/prefs.ts';
import { pageScale, phone } from '../state/screen.ts';
import { type Fit, fitWall } from './fit.ts';
import { groupByRegion } from './groups.ts';
import { peeked } from './peek.tsx';
import { type Group, Region } from './region.tsx';
import type { Detail } from './tile.tsx';
import { type Direction, nextInDirection } from './walk.ts';

/** All the stores the filter leaves, on one screen where that can be. */
export function Board() {
  const frame = useRef<HTMLDivElement>(null);
  const room = useRoom(frame);
  const groups = useComputed<Group[]>(() =>
    order.value === 'region'
      ? groupByRegion(shown.value)
      : [{ id: 'worst', title: undefined, chain: undefined, simulated: false, keys: shown.value }],
  );
  const fit = useComputed<Fit | undefined>(() =>
    room.value === undefined
      ? undefined
      : fitWall({
          ...room.value,
          groups: groups.value.map((group) => group.keys.length),
          headings: groups.value.some((group) => group.title !== undefined),
          density: densityChoice.value === 'auto' ? undefined : densityChoice.value,
          scrolls: phone.value,
        }),
  );
  useLayoutEffect(() => keepOneInTabOrder(frame.current));
  const laid = fit.value;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the keys and the pointer are the tiles', taken together
    <div
      class="board"
      data-testid="board"
      data-density={laid?.density}
      ref={frame}
      style={laid && variablesOf(laid)}
      onKeyDown={walk}
      onFocusIn={(event) => enter(event, laid)}
      onFocusOut={leave}
      onPointerOver={(event) => event.pointerType === 'mouse' && enter(event, laid)}
      onPointerLeave={leave}
    >
      {laid?.columns.map((start, i) => (
        <div class="board-column" key={start}>
          {groups.value.slice(start, laid.columns[i + 1]).map((group) => (
            <Region key={group.id} group={group} detail={detailOf(laid)} />
          ))}
        </div>
      ))}
    </div>
  );
}

interface Room {
  width: number;
  height: number;
  scale: number;
}

/** Room kept for one banner, in rem, so that the tiles stay in their places when it comes and goes. */
const BANNER_REM = 2.75;

/** The space there is for tiles, kept up to date. */
function useRoom(frame: RefObject<HTMLDivElement | null>) {
  const room = useSignal<Room | undefined>(undefined);
  useLayoutEffect(() => {
    const element = frame.current;
    if (element === null) return;
    const measure = (): void => {
      const scale = pageScale();
      const banners = [...document.querySelectorAll<HTMLElement>('.banner')];
      const taken = banners.reduce((sum, banner) => sum + banner.offsetHeight, 0);
      const width = element.clientWidth;
      const height = element.clientHeight + taken - BANNER_REM * 16 * scale;
      const before = room.peek();
      if (before?.width !== width || before.height !== height || before.scale !== scale) {
        room.value = { width, height, scale };
      }
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return room;
}

const variablesOf = (fit: Fit) => ({
  '--tile-height': `${fit.tileHeight}px`,
  '--tile-gap': `${fit.gap}px`,
  '--abreast': String(fit.abreast),
});

function detailOf(fit: Fit): Detail {
  if (fit.density !== 'dense') return fit.density;
  if (fit.tileWidth >= (pageScale() > 1 ? 36 : 60)) return 'named-square';
  return fit.tileWidth >= 38 ? 'telling-square' : 'square';
}

const tilesIn = (frame: Element): HTMLElement[] => [...frame.querySelectorAll<HTMLElement>('[data-testid=tile]')];

/** Tab leads to the wall once; the arrows do the rest. */
function keepOneInTabOrder(frame: HTMLElement | null): void {
  if (frame === null || frame.querySelector('[data-testid=tile][tabindex="0"]') !== null) return;
  frame.querySelector('[data-testid=tile]')?.setAttribute('tabindex', '0');
}

function walk(event: KeyboardEvent): void {
  if (!event.key.startsWith('Arrow') || event.metaKey || event.ctrlKey || event.altKey) return;
  const tile = (event.target as Element).closest<HTMLElement>('[data-testid=tile]');
  if (tile === null) return;
  event.preventDefault();
  const tiles = tilesIn(event.currentTarget as Element);
  const boxes = tiles.map((one) => one.getBoundingClientRect());
  const next = nextInDirection(tile.getBoundingClientRect(), boxes, event.key as Direction);
  if (next !== undefined) tiles[next]?.focus();
}

function enter(event: Event, fit: Fit | undefined): void {
  const tile = (event.target as Element).closest<HTMLElement>('[data-testid=tile]');
  if (tile === null) return;
  if (event.type === 'focusin') {
    for (const other of tilesIn(event.currentTarget as Element)) if (other.tabIndex === 0) other.tabIndex = -1;
    tile.tabIndex = 0;
  }
  if (fit?.density === 'roomy') return;
  peeked.value = { key: tile.dataset.store as StoreKey, box: tile.getBoundingClientRect() };
}

function leave(): void {
  peeked.value = undefined;
}
