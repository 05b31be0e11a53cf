import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { contrast, DEFICIENCIES, distance, parseHex, simulate } from './colour.ts';

const css = readFileSync(new URL('../../../dashboard/web/styles/tokens.css', import.meta.url), 'utf8');

/** Every `--name: light-dark(a, b)` of hex colours, for one theme. */
function readTokens(theme: 'light' | 'dark'): Map<string, string> {
  const tokens = new Map<string, string>();
  for (const [, name, light, dark] of css.matchAll(/--([a-z-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\);/g)) {
    tokens.set(name as string, (theme === 'light' ? light : dark) as string);
  }
  return tokens;
}

const TEXT_ON: Record<string, string[]> = {
  text: ['ground', 'surface', 'surface-raised', 'surface-pressed', 'degraded-surface', 'blind-surface', 'blind-hatch'],
  'text-quiet': ['ground', 'surface', 'surface-raised', 'degraded-surface', 'blind-surface', 'closed-surface'],
  link: ['ground', 'surface', 'surface-raised'],
  'degraded-text': ['ground', 'surface', 'degraded-surface'],
  'down-text': ['down-surface'],
  'simulated-text': ['simulated-surface'],
};

const MARKS = ['up-mark', 'degraded-mark', 'down-mark', 'blind-mark', 'offline-mark', 'maintenance-mark'] as const;
const MARK_GROUNDS = ['ground', 'surface', 'surface-raised'];

describe.each(['dark', 'light'] as const)('the %s palette', (theme) => {
  const tokens = readTokens(theme);
  const colour = (name: string) => {
    const hex = tokens.get(name);
    if (hex === undefined) throw new Error(`no token --${name}`);
    return parseHex(hex);
  };

  test.each(Object.entries(TEXT_ON))('%s is read at 4.5:1', (text, grounds) => {
    const worst = grounds.map((ground) => ({ ground, ratio: contrast(colour(text), colour(ground)) }));
    expect(worst.filter(({ ratio }) => ratio < 4.5)).toEqual([]);
  });

  test.each([...MARKS, 'closed-mark', 'focus'])('%s is seen at 3:1', (mark) => {
    const worst = MARK_GROUNDS.map((ground) => ({ ground, ratio: contrast(colour(mark), colour(ground)) }));
    expect(worst.filter(({ ratio }) => ratio < 3)).toEqual([]);
  });

  test('marks keep 3:1 on the tinted surfaces they stand on', () => {
    expect(contrast(colour('degraded-mark'), colour('degraded-surface'))).toBeGreaterThanOrEqual(3);
    expect(contrast(colour('down-mark'), colour('degraded-surface'))).toBeGreaterThanOrEqual(3);
    expect(contrast(colour('up-mark'), colour('degraded-surface'))).toBeGreaterThanOrEqual(3);
    expect(contrast(colour('blind-mark'), colour('blind-hatch'))).toBeGreaterThanOrEqual(3);
    expect(contrast(colour('down-surface'), colour('ground'))).toBeGreaterThanOrEqual(3);
  });

  test.each(Object.entries(DEFICIENCIES))('states stay apart with %s', (_name, matrix) => {
    const close: string[] = [];
    for (const [i, a] of MARKS.entries()) {
      for (const b of MARKS.slice(i + 1)) {
        const apart = distance(simulate(matrix, colour(a)), simulate(matrix, colour(b)));
        if (apart < 0.09) close.push(`${a} and ${b}: ${apart.toFixed(3)}`);
      }
    }
    expect(close).toEqual([]);
  });
});
