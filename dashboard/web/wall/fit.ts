export type Density = 'roomy' | 'usual' | 'dense';

export interface Space {
  /** Room for tiles, in pixels. */
  width: number;
  height: number;
  /** How many stores stand in each group, in order. */
  groups: readonly number[];
  /** Whether groups carry a heading. */
  headings: boolean;
  /** Pixels per design pixel: grows on screens that are read from further away. */
  scale: number;
  /** What the reader asked for; the widest that fits when left to us. */
  density?: Density | undefined;
  /** Whether the page may scroll anyway (a phone): tiles are then made for thumbs. */
  scrolls: boolean;
}

export interface Fit {
  density: Density;
  /** Of one tile, in pixels; the width is the least, tiles share what is left. */
  tileWidth: number;
  tileHeight: number;
  /** Space between two tiles, in pixels. */
  gap: number;
  /** Tiles abreast in one column of groups. */
  abreast: number;
  /** Where each column of groups starts, as an index into `groups`. */
  columns: number[];
  /** False: the wall has to scroll. */
  fits: boolean;
}

/** In design pixels, widest first. */
const SIZES: Record<Density, readonly (readonly [width: number, height: number])[]> = {
  roomy: [
    [348, 136],
    [268, 104],
    [232, 104],
    [196, 100],
    [172, 96],
  ],
  usual: [
    [148, 52],
    [124, 48],
    [104, 48],
    [92, 46],
  ],
  dense: [64, 60, 56, 52, 48, 46, 44, 42, 40, 38, 36, 34, 32, 30, 28, 26, 24, 22, 20, 18, 16, 14, 12, 10].map(
    (side) => [side, side] as const,
  ),
};
const DENSITIES: readonly Density[] = ['roomy', 'usual', 'dense'];
/** The most stores each density is read well with, whatever the screen. */
const AT_MOST: Record<Density, number> = { roomy: 90, usual: 700, dense: Number.POSITIVE_INFINITY };
const THUMB = 40;

const HEADING = 24;
const GROUP_GAP = 10;
const COLUMN_GAP = 20;
const MOST_COLUMNS = 8;
/** A heading in a narrower column would be cut short. */
const HEADED_COLUMN = 240;

/** Space between tiles, in design pixels. */
function gapBetween(density: Density, side: number): number {
  if (density === 'roomy') return 8;
  if (density === 'usual') return 6;
  return side >= 36 ? 4 : side >= 24 ? 3 : 2;
}

/**
 * Finds the widest density and the largest tile with which every store is on the screen at once, by setting the groups
 * in as many columns as serves best. When nothing fits, the smallest tile of the asked density, scrolling.
 */
export function fitWall(space: Space): Fit {
  const stores = space.groups.reduce((sum, group) => sum + group, 0);
  if (space.scrolls) return fitScrolling(space, stores);
  const candidates = space.density === undefined ? DENSITIES.filter((d) => stores <= AT_MOST[d]) : [space.density];
  for (const density of candidates) {
    for (const size of SIZES[density]) {
      const best = setMostCompact(space, density, size);
      if (best !== undefined) return best;
    }
  }
  const density = space.density ?? 'dense';
  const [width, height] = SIZES[density].at(-1) as readonly [number, number];
  const side = density === 'dense' ? 24 : width;
  return setInColumns(space, density, [side, density === 'dense' ? 24 : height], 1);
}

function fitScrolling(space: Space, stores: number): Fit {
  const density = space.density ?? (stores <= 12 ? 'roomy' : stores <= 60 ? 'usual' : 'dense');
  const [width, height] = density === 'dense' ? [THUMB, THUMB] : (SIZES[density].at(-2) as readonly [number, number]);
  return setInColumns(space, density, [Math.min(width, space.width / space.scale), height], 1);
}

/** The same tiles in as many columns as leave the most room below; undefined when none fits. */
function setMostCompact(space: Space, density: Density, size: readonly [number, number]): Fit | undefined {
  let best: (Fit & { height: number }) | undefined;
  for (let count = 1; count <= Math.min(MOST_COLUMNS, Math.max(1, space.groups.length)); count++) {
    const fit = setInColumns(space, density, size, count);
    if (fit.fits && (best === undefined || fit.height < best.height)) best = fit;
  }
  return best;
}

function setInColumns(
  space: Space,
  density: Density,
  size: readonly [number, number],
  count: number,
): Fit & { height: number } {
  const { scale, groups } = space;
  const gap = gapBetween(density, size[0]) * scale;
  const [tileWidth, tileHeight] = [size[0] * scale, size[1] * scale];
  const columnWidth = (space.width - (count - 1) * COLUMN_GAP * scale) / count;
  const abreast = Math.max(1, Math.floor((columnWidth + gap) / (tileWidth + gap)));
  const heights = groups.map((stores) => {
    const rows = Math.ceil(stores / abreast);
    return (space.headings ? HEADING * scale : 0) + rows * tileHeight + (rows - 1) * gap + GROUP_GAP * scale;
  });
  const columns = balance(heights, count);
  const tallest = Math.max(
    0,
    ...columns.map((start, i) => heights.slice(start, columns[i + 1]).reduce((sum, height) => sum + height, 0)),
  );
  const narrowest = space.headings && count > 1 ? HEADED_COLUMN * scale : tileWidth;
  const fits = columnWidth >= Math.max(tileWidth, narrowest) && tallest - GROUP_GAP * scale <= space.height;
  return { density, tileWidth, tileHeight, gap, abreast, columns, fits, height: tallest };
}

/** Cuts a row of heights into at most `count` runs whose tallest is as low as can be. */
function balance(heights: readonly number[], count: number): number[] {
  let low = Math.max(0, ...heights);
  let high = heights.reduce((sum, height) => sum + height, 0);
  while (high - low > 1) {
    const middle = (low + high) / 2;
    if (cut(heights, middle).length <= count) high = middle;
    else low = middle;
  }
  return cut(heights, high);
}

function cut(heights: readonly number[], limit: number): number[] {
  const starts = [0];
  let filled = 0;
  for (const [i, height] of heights.entries()) {
    if (filled > 0 && filled + height > limit) {
      starts.push(i);
      filled = 0;
    }
    filled += height;
  }
  return starts;
}
