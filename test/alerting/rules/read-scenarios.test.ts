import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { play } from '../../../alerting/rules/testing/play.ts';
import { readScenarios } from '../../../alerting/rules/testing/read-scenarios.ts';
import { readNumbers, readStatuses } from '../../../alerting/rules/testing/values.ts';

const of = (text: string) => readScenarios(text, 'rules/my.test.yaml');

describe('the values of a series', () => {
  it('are written as promtool writes them', () => {
    expect(readNumbers('1+2x3 _ 4x2 -1.5')).toEqual([1, 3, 5, 7, undefined, 4, 4, 4, -1.5]);
    expect(readNumbers('10-0.1x3 _x2')).toEqual([10, 9.9, 9.8, 9.7, undefined, undefined]);
    expect(readNumbers('9e2-1e1x2')).toEqual([900, 890, 880]);
    expect(readNumbers('.5+.1x10').at(-1)).toBe(1.5);
  });

  it('of a check are its statuses', () => {
    expect(readStatuses('ok criticalx1 _ unknown')).toEqual(['ok', 'critical', 'critical', undefined, 'unknown']);
  });

  it('that are none are refused, with what was expected', () => {
    expect(() => readNumbers('1 2y')).toThrow('`2y` is not a number, `1+2x10`, `5x3` or `_`');
    expect(() => readNumbers('1+2')).toThrow('`1+2` is not');
    expect(() => readNumbers('')).toThrow('`` is not');
    expect(() => readStatuses('fine')).toThrow('`fine` is not ok, warning, critical, unknown');
    expect(() => readNumbers('1x1000000')).toThrow('more than 100000 samples');
  });
});

describe('a file of scenarios', () => {
  it('may say for all of its tests what none of them says', () => {
    const [one, two] = of(`
rules: ../pack.yaml
devices: { it: server, till-1: till }
tests:
  - title: one
    timeline: [{ at: 0s }]
  - title: two
    start: 2025-05-01T09:00:00Z
    devices: { other: nas }
    timeline: [{ at: 0s }]
`);
    expect(one).toMatchObject({ title: 'one', start: '2025-03-10T09:00:00Z', rules: resolve('pack.yaml') });
    expect(one?.stores[0]?.devices).toEqual([
      { name: 'it', kind: 'server' },
      { name: 'till-1', kind: 'till', lane: 1 },
    ]);
    expect(two?.stores[0]?.devices.map(({ name }) => name)).toEqual(['other']);
    expect(two?.start).toBe('2025-05-01T09:00:00Z');
  });

  const faults = [
    ['title: t\ntimeline:\n  - { at: 5x }', /^rules\/my.test.yaml:3: \/timeline\/0\/at must match pattern/],
    ['title: t\ntimelin: []\ntimeline: [{ at: 0s }]', /my.test.yaml:2: \/timelin is not known here/],
    ['title: t', /my.test.yaml:1: \/timeline must be given/],
    ['title: t\ntimeline:\n  - at: 5m\n  - at: 4m', /:4: \/timeline\/1\/at must not come before 5m; it is 4m/],
    [
      'tests:\n  - title: t\n    series:\n      - of: a\n        values: 1\n    timeline: [{ at: 0s }]',
      /:5: .*\/values must be string/,
    ],
    [
      'title: t\nseries:\n  - of: a\n    values: "1"\ntimeline: [{ at: 0s }]',
      /:3: \/series\/0 must have either a reading or a check/,
    ],
    [
      'title: t\nseries:\n  - of: a\n    reading: m f\n    values: 1 o\ntimeline: [{ at: 0s }]',
      /:5: \/series\/0\/values `o` is not a number/,
    ],
    ['title: t\nstart: noon\ntimeline: [{ at: 0s }]', /:2: \/start must be a time/],
    ['title: [', /^rules\/my.test.yaml:\d: /],
    ['', /must be object/],
  ] as const;
  for (const [text, told] of faults)
    it(`that is wrong is refused: ${told.source}`, () => expect(() => of(text)).toThrow(told));

  it('that speaks of a device that is not there does not pass', () => {
    const [scenario] = of('title: t\ntimeline: [{ at: 0s, lost: [till-9] }]');
    expect(() => play(scenario as NonNullable<typeof scenario>)).toThrow('no device till-9');
  });
});

describe('the documentation', () => {
  for (const page of ['docs/RULE-TESTS.md', 'docs/fr/RULE-TESTS.md']) {
    it(`${page} shows tests that pass`, () => {
      const [, shown = ''] = readFileSync(page, 'utf8').match(/```yaml\n(.*?)```/s) ?? [];
      const scenarios = of(shown.replace(/^rules: .*\n/, ''));
      expect(scenarios.flatMap((scenario) => play(scenario))).toEqual([]);
      expect(scenarios).toHaveLength(2);
    });
  }
});

describe('a scenario', () => {
  const text = `
title: a disk fills
series: [{ of: server, reading: disk used_percent, tags: { path: / }, every: 30s, values: "50 96x5" }]
timeline:
  - at: 1m30s
    expect: { incidents: [server P3 new], alerts: [server disk-full path=/ firing], tiles: { store: degraded uu } }
`;
  it('tells all that came otherwise, and a wrong expectation never passes', () => {
    expect(play(of(text)[0] as never)).toEqual([
      {
        at: '1m30s',
        what: 'alerts',
        expected: ['server disk-full path=/ firing'],
        found: ['server disk-filling path=/ firing', 'server disk-full path=/ firing'],
      },
    ]);
    const wrong = text.replace('P3', 'P2').replace('uu', 'ud').replace('store:', 'shop:');
    expect(() => play(of(wrong)[0] as never)).toThrow('no store shop');
    const others = play(of(text.replace('P3', 'P2').replace('uu', 'ud'))[0] as never);
    expect(others.map(({ what }) => what)).toEqual(['tiles store', 'alerts', 'incidents']);
  });

  it('is played by the rules it names, or by its own before the default ones', () => {
    const rules = `rules:
  - id: my-disk
    title: { fr: Disque, en: Disk }
    type: threshold
    measurement: disk
    field: used_percent
    by: [path]
    direction: above
    raise: 40
    clear: 30
    severity: warning
    urgency: 3
    hours: always
    for: 0 s
    clearFor: 0 s
`;
    const alerts = '[server my-disk path=/ firing]';
    const own = `title: t\n${rules}series: [{ of: server, reading: disk used_percent, tags: { path: / }, values: "50" }]\ntimeline: [{ at: 1s, expect: { alerts: ${alerts} } }]`;
    expect(play(of(own)[0] as never)).toEqual([]);
    expect(() => play(of(own.replace('raise: 40', 'raise: 20'))[0] as never)).toThrow('/rules/0/clear must be below');
    expect(() => play(of('title: t\nrules: none.yaml\ntimeline: [{ at: 0s }]')[0] as never)).toThrow('cannot be read');
  });
});
