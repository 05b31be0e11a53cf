import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { play } from '../../alerting/rules/testing/play.ts';
import { readScenarios } from '../../alerting/rules/testing/read-scenarios.ts';
import type { Scenario } from '../../alerting/rules/testing/scenario.ts';
import { CAPABILITIES } from './capabilities.ts';

const folder = join(import.meta.dirname, 'timelines');
const all = readdirSync(folder)
  .sort()
  .flatMap((file) =>
    readScenarios(readFileSync(join(folder, file), 'utf8'), join(folder, file)).map((scenario) => ({ file, scenario })),
  );

describe('time lines', () => {
  for (const { file, scenario } of all) {
    it(`${file}: ${scenario.title}`, () => expect(play(scenario)).toEqual([]));
    // Opening hours go by the clock, whatever it says.
    const hasHours = scenario.stores.some(({ hours }) => hours) || hasServiceHours(scenario);
    if (hasHours || scenario.timeline.some(({ clock, maintenance, hold }) => clock || maintenance || hold?.until))
      continue;
    it(`${file}, while somebody plays with the clock`, () =>
      expect(play(scenario, ['+2h', '-26h', '-7s', '+720h', '-3h3s'])).toEqual([]));
  }
});

describe('what time lines cover', () => {
  it('every capability has its time lines, as README.md lists them', async () => {
    const named = new Set(CAPABILITIES.flatMap(({ parts }) => Object.keys(parts)));
    for (const { file, scenario } of all) {
      expect(scenario.covers ?? [], `${file} says what it covers`).not.toEqual([]);
      for (const name of scenario.covers ?? []) expect(named, `${file} covers ${name}`).toContain(name);
    }
    const filesOf = (name: string) =>
      all.filter(({ scenario }) => scenario.covers?.includes(name)).map(({ file }) => file.replace('.yaml', ''));
    for (const name of named) expect(filesOf(name), name).not.toEqual([]);
    const tables = CAPABILITIES.map(({ title, parts }) => {
      const rows = Object.entries(parts).map(([name, what]) => [what, filesOf(name).join(', ')] as const);
      return `## ${title}\n\n${tableOf([['What', 'Time lines'], ...rows])}`;
    });
    await expect(`${[INTRODUCTION, ...tables].join('\n\n')}\n`).toMatchFileSnapshot('README.md');
  });

  it('there are sixty and more', () => expect(all.length).toBeGreaterThanOrEqual(60));
});

/** A table of Markdown, its columns as wide as its widest cells, the way the formatter leaves them. */
function tableOf(rows: readonly (readonly [string, string])[]): string {
  const [first, second] = [0, 1].map((column) => Math.max(...rows.map((row) => row[column as 0 | 1].length))) as [
    number,
    number,
  ];
  const lines = rows.map(([what, files]) => `| ${what.padEnd(first)} | ${files.padEnd(second)} |`);
  return [lines[0], `| ${'-'.repeat(first)} | ${'-'.repeat(second)} |`, ...lines.slice(1)].join('\n');
}

const hasServiceHours = ({ judgement }: Scenario): boolean =>
  judgement !== undefined &&
  judgement !== 'default' &&
  (judgement.contracts ?? []).some(({ serviceHours }) => typeof serviceHours === 'object');

const INTRODUCTION = `# Time lines

Each file in \`timelines/\` is a scenario: what happens in stores, and exactly what comes of it: incidents with their cause and
priority, and silence where nobody is to be called. They are written as tests of rules are
([docs/RULE-TESTS.md](../../docs/RULE-TESTS.md)), and played twice: once as they stand, once while somebody plays with the clock
of the server.

The tables are made from what each file \`covers\`: \`npx vitest run test/scenarios -u\` writes them anew, and a capability
without a time line fails.`;
