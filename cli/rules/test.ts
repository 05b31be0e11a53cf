import { readFileSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { RulePackError } from '../../alerting/rules/parse-rule-pack.ts';
import type { Difference } from '../../alerting/rules/testing/compare.ts';
import { play } from '../../alerting/rules/testing/play.ts';
import { readScenarios, ScenarioError } from '../../alerting/rules/testing/read-scenarios.ts';
import type { Scenario } from '../../alerting/rules/testing/scenario.ts';
import { NotThereError } from '../../alerting/rules/testing/world.ts';
import type { Invocation } from '../command.ts';
import { Fault } from '../fault.ts';
import { words } from '../words/index.ts';
import type { RuleTestWords } from '../words/rule-test-en.ts';
import { diffLines } from './diff-lines.ts';

/** A file that is wrong is not a test that fails. */
const BAD_FILE = 2;
/** As a shell tells that Ctrl-C ended a program. */
const INTERRUPTED = 130;

interface Outcome {
  path: string;
  title: string;
  /** What went wrong, a line each; empty where it came as expected. */
  lines: string[];
}

/** Plays the scenarios of each file by their rules, and tells which came out otherwise. 0 when none did. */
export async function testRules({ operands, flags, locale, say, stop }: Invocation): Promise<number> {
  const said = words(locale).ruleTest;
  if (operands.length === 0) throw new Fault(said.usage, BAD_FILE);
  const all = operands.flatMap((path) => read(path, locale).map((scenario) => ({ path, scenario })));
  const isTap = flags.tap === true;
  if (isTap) say(`TAP version 14\n1..${all.length}`);
  let failed = 0;
  for (const [index, { path, scenario }] of all.entries()) {
    if (stop.aborted) return INTERRUPTED;
    const outcome = { path, title: scenario.title, lines: tryOut(scenario, path, said) };
    if (outcome.lines.length > 0) failed++;
    say(isTap ? tap(outcome, index + 1) : plain(outcome, said));
    // Ctrl-C is heard between two.
    await setImmediate();
  }
  if (!isTap) say(said.sum(all.length - failed, failed));
  return failed === 0 ? 0 : 1;
}

function read(path: string, locale: Invocation['locale']): Scenario[] {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw new Fault(words(locale).fileUnreadable(path, (error as Error).message), BAD_FILE);
  }
  try {
    return readScenarios(text, path);
  } catch (error) {
    if (error instanceof ScenarioError) throw new Fault(error.message, BAD_FILE);
    throw error;
  }
}

function tryOut(scenario: Scenario, path: string, said: RuleTestWords): string[] {
  try {
    return play(scenario).flatMap((difference) => tell(difference, said));
  } catch (error) {
    if (error instanceof RulePackError) throw new Fault(`${path}: ${scenario.title}:\n${error.message}`, BAD_FILE);
    if (error instanceof NotThereError) return [said.notThere(error.message)];
    throw error;
  }
}

const tell = ({ at, what, expected, found }: Difference, said: RuleTestWords): string[] => [
  said.differs(at, what),
  ...diffLines(expected, found).map((line) => `  ${line}`),
];

const plain = ({ path, title, lines }: Outcome, said: RuleTestWords): string =>
  [`${lines.length === 0 ? said.ok : said.failed}  ${path}: ${title}`, ...lines.map((line) => `      ${line}`)].join(
    '\n',
  );

/** A `#` would begin a directive. */
const tap = ({ path, title, lines }: Outcome, number: number): string =>
  [
    `${lines.length === 0 ? 'ok' : 'not ok'} ${number} - ${`${path}: ${title}`.replaceAll('#', '\\#')}`,
    ...lines.map((line) => `# ${line}`),
  ].join('\n');
