import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { demoInventory } from '../../../cli/demo/chain.ts';
import { plannedFaults } from '../../../cli/demo/plan.ts';
import { DemoDayError, HAPPENING_KINDS, parseDemoDay } from '../../../cli/demo/scenario.ts';
import { sitesOf } from '../../../cli/demo/sites.ts';

const sample = readFileSync(new URL('../../../deploy/samples/demo-day.yaml', import.meta.url), 'utf8');

function faultsOf(text: string): readonly string[] {
  try {
    parseDemoDay(text, 'day.yaml');
  } catch (error) {
    if (error instanceof DemoDayError) return error.faults;
    throw error;
  }
  return [];
}

test('a day reads as written, times in seconds', () => {
  const text = `
calm: 00:30
every: 1:00:00
happenings:
  - { at: 01:20, what: wan-cut, where: { region: Bretagne, count: 3 }, for: 05:00 }
  - { at: "00:05", what: disk-fills, for: 10:00 }
`;
  expect(parseDemoDay(text, 'day.yaml')).toEqual({
    calmS: 30,
    everyS: 3600,
    happenings: [
      { atS: 80, what: 'wan-cut', where: { region: 'Bretagne', count: 3 }, forS: 300 },
      { atS: 5, what: 'disk-fills', forS: 600 },
    ],
  });
});

describe('a wrong day says file, line, key and what was expected', () => {
  const day = (happening: string) =>
    `every: 10:00\nhappenings:\n  - { at: 00:10, what: wan-cut, for: 01:00 }\n  - ${happening}\n`;
  test.each([
    [
      'an unknown kind',
      day('{ at: 00:10, what: flood, for: 01:00 }'),
      /^day.yaml:4: happenings\[1\]\.what: must be one of till-freezes, /,
    ],
    [
      'a time that is none',
      day('{ at: soon, what: wan-cut, for: 01:00 }'),
      /^day.yaml:4: happenings\[1\]\.at: must be a time as mm:ss/,
    ],
    ['a missing key', day('{ at: 00:10, what: wan-cut }'), /^day.yaml:4: happenings\[1\]: .*for/],
    [
      'a key of no use',
      day('{ at: 00:10, what: wan-cut, for: 01:00, wehre: 1 }'),
      /^day.yaml:4: happenings\[1\]: does not know “wehre”/,
    ],
    [
      'a count of none',
      day('{ at: 00:10, what: wan-cut, where: { count: 0 }, for: 01:00 }'),
      /^day.yaml:4: happenings\[1\]\.where\.count: /,
    ],
    [
      'what comes after the day',
      day('{ at: 10:00, what: wan-cut, for: 01:00 }'),
      /^day.yaml:4: happenings\[1\]\.at: comes after the end/,
    ],
    [
      'what outlasts the day',
      day('{ at: 01:00, what: wan-cut, for: 10:01 }'),
      /^day.yaml:4: happenings\[1\]\.for: must not last longer/,
    ],
    [
      'what lasts for nothing',
      day('{ at: 01:00, what: wan-cut, for: 00:00 }'),
      /^day.yaml:4: happenings\[1\]\.for: must last/,
    ],
    ['no list at all', 'every: 10:00\n', /^day.yaml:1: the day: .*happenings/],
    ['nothing', '', /^day.yaml:1: the day: /],
    ['broken YAML', 'every: [\n', /^day.yaml:\d: /],
  ])('%s', (_, text, expected) => {
    expect(faultsOf(text).join('\n')).toMatch(expected);
  });

  test('every fault, not only the first', () => {
    expect(faultsOf('every: never\nhappenings:\n  - { at: x, what: y, for: z }\n')).toHaveLength(4);
  });
});

describe('the sample day', () => {
  const day = parseDemoDay(sample, 'demo-day.yaml');
  const startedAt = Date.UTC(2026, 2, 10, 9);
  const minutes = (count: number) => startedAt + count * 60_000;
  const sites = sitesOf(demoInventory({ seed: 1, now: startedAt }));
  const faults = plannedFaults({ day, sites, seed: 1, startedAt, speed: 1 }, minutes(70));
  const inForce = (at: number) => faults.filter((fault) => fault.from <= at && fault.until > at);

  test('begins calm and has its first trouble within two minutes', () => {
    const first = Math.min(...faults.map((fault) => fault.from));
    expect(first).toBeGreaterThanOrEqual(minutes(1));
    expect(first).toBeLessThan(minutes(2));
  });

  // A till that sells nothing is told by two weeks of its own sales: nobody would see it in a day.
  test('lets everything that shows happen once within about 20 minutes', () => {
    const happened = faults.filter((fault) => fault.from < minutes(21)).map((fault) => fault.what);
    expect([...new Set(happened)].sort()).toEqual(
      HAPPENING_KINDS.filter((kind) => kind !== 'till-sells-nothing').sort(),
    );
  });

  test('always has something to look at after three minutes, and most of the wall well', () => {
    for (let at = minutes(3); at < minutes(65); at += 5_000) {
      const now = inForce(at);
      expect(now.length).toBeGreaterThan(0);
      expect(new Set(now.map((fault) => fault.store)).size).toBeLessThan(50);
    }
  });
});
