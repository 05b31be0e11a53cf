import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fitWall, type Space } from '../../../dashboard/web/wall/fit.ts';

const split = (stores: number, regions: number): number[] =>
  Array.from(
    { length: regions },
    (_, i) => Math.floor(((i + 1) * stores) / regions) - Math.floor((i * stores) / regions),
  );

const space = (stores: number, width: number, height: number, more: Partial<Space> = {}): Space => ({
  width,
  height,
  groups: split(stores, Math.min(12, stores)),
  headings: true,
  scale: 1,
  scrolls: false,
  ...more,
});

describe('fitting the wall', () => {
  // Room left by strip, toolbar and incidents at 1366 × 768, 1920 × 1080 and 3840 × 2160.
  test.each([
    [1, 1500, 900, 1, 'roomy'],
    [50, 1500, 900, 1, 'roomy'],
    [150, 1500, 900, 1, 'usual'],
    [500, 1500, 900, 1, 'dense'],
    [2000, 1500, 900, 1, 'dense'],
    [500, 1000, 620, 1, 'dense'],
    [2000, 1000, 620, 1, 'dense'],
    [60, 3200, 1950, 1.625, 'roomy'],
    [2000, 3200, 1950, 1.625, 'dense'],
  ] as const)('%i stores in %i × %i at scale %f are all on the screen, %s', (stores, width, height, scale, density) => {
    expect(fitWall(space(stores, width, height, { scale }))).toMatchObject({ density, fits: true });
  });

  test('what it promises to fit does', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 200 }), { minLength: 1, maxLength: 40 }),
        fc.integer({ min: 300, max: 4000 }),
        fc.integer({ min: 300, max: 2200 }),
        (groups, width, height) => {
          const fit = fitWall({ groups, width, height, headings: true, scale: 1, scrolls: false });
          const { gap } = fit;
          expect(fit.columns[0]).toBe(0);
          expect([...fit.columns].sort((a, b) => a - b)).toEqual(fit.columns);
          if (!fit.fits) return;
          const columnWidth = (width - (fit.columns.length - 1) * 20) / fit.columns.length;
          expect(fit.abreast * (fit.tileWidth + gap) - gap).toBeLessThanOrEqual(columnWidth);
          for (const [i, start] of fit.columns.entries()) {
            const tall = groups
              .slice(start, fit.columns[i + 1])
              .map((n) => 24 + Math.ceil(n / fit.abreast) * (fit.tileHeight + gap) - gap)
              .reduce((sum, one) => sum + one + 10, -10);
            expect(tall).toBeLessThanOrEqual(height);
          }
        },
      ),
    );
  });

  test('an asked density holds, scrolling when it must', () => {
    expect(fitWall(space(500, 1500, 900, { density: 'roomy' }))).toMatchObject({ density: 'roomy', fits: false });
  });

  test('on a phone tiles are made for thumbs', () => {
    const fit = fitWall(space(500, 358, 600, { scrolls: true }));
    expect(fit).toMatchObject({ density: 'dense', abreast: 8 });
    expect(fit.tileWidth).toBeGreaterThanOrEqual(36);
  });
});
