import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import type { CheckResult } from '../../agent/check.ts';
import { CheckEntry } from '../../agent/check-entry.ts';
import { createCheckRunner } from '../../agent/check-runner.ts';
import { registry } from '../../agent/checks/registry.gen.ts';
import { systemClock } from '../../agent/clock.ts';
import { describeError } from '../../agent/describe-error.ts';
import { type LoadedCheck, loadChecks } from '../../agent/load-checks.ts';
import { createContext } from '../../agent/platform/context.ts';
import { sayIn } from '../../agent/words.ts';
import type { Point } from '../../protocol/messages.ts';
import { formatOf, wordsOf } from '../../protocol/words/index.ts';
import type { Invocation } from '../command.ts';
import { Fault } from '../fault.ts';
import { words } from '../words/index.ts';
import { exitCodeOf, UNKNOWN } from './exit-code.ts';
import { table } from './table.ts';

export const checkTypes: readonly string[] = Object.keys(registry);

/** Runs a check once, as an agent would, and says what it found. @throws Fault when it cannot be run so. */
export async function probeCheck(invocation: Invocation, type: string, pairs: readonly string[]): Promise<number> {
  const { flags, locale, say, stop } = invocation;
  const check = await loadOne(
    type,
    { ...readOptions(invocation), ...(await readPairs(invocation, type, pairs)) },
    locale,
  );
  const speak = sayIn(locale);
  const run = createCheckRunner(
    {
      name: check.name,
      timeoutMs: check.timeoutMs,
      run: (signal) => check.run(createContext(check.name, signal, speak)),
    },
    { clock: systemClock, say: speak, stopped: stop },
  );
  const result = await run();
  if (flags.json === true) say(JSON.stringify({ check: check.name, ...result }, null, 2));
  else for (const line of shown(result, locale)) say(line);
  return exitCodeOf(result.statuses.map(({ status }) => status));
}

async function loadOne(type: string, options: object, locale: Invocation['locale']): Promise<LoadedCheck> {
  const text = words(locale).probe;
  if (!Object.hasOwn(registry, type)) throw new Fault(text.noType(type, checkTypes.join(', ')), UNKNOWN);
  const entry = { ...options, type };
  const { checks, faults } = await loadChecks(
    [{ from: 'probe', place: 'checks', entries: [[0, entry]], removed: [] }],
    {},
  );
  const [check] = checks;
  if (check) return check;
  throw new Fault(
    text.badOptions(
      type,
      faults.map((fault) => fault.replace(/^checks\[0\][.:]? */, '')),
    ),
    UNKNOWN,
  );
}

/** What the file of `--config-file` says. */
function readOptions({ flags, locale }: Invocation): object {
  const file = flags['config-file'];
  if (typeof file !== 'string') return {};
  let options: unknown;
  try {
    options = parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new Fault(words(locale).fileUnreadable(file, describeError(error)), UNKNOWN);
  }
  if (typeof options === 'object' && options !== null && !Array.isArray(options)) return options;
  throw new Fault(words(locale).probe.badFile(file), UNKNOWN);
}

/** `option=value`: a text where the check wants one, else as YAML has it: numbers, yes and no, [lists], {maps: …}. */
async function readPairs({ locale }: Invocation, type: string, pairs: readonly string[]): Promise<object> {
  const plugin = Object.hasOwn(registry, type) ? await registry[type]?.() : undefined;
  const properties: Record<string, object | undefined> = { ...CheckEntry.properties, ...plugin?.options.properties };
  const complain = (pair: string) => new Fault(words(locale).probe.badPair(pair), UNKNOWN);
  return Object.fromEntries(
    pairs.map((pair) => {
      const at = pair.indexOf('=');
      if (at <= 0) throw complain(pair);
      const [key, value] = [pair.slice(0, at), pair.slice(at + 1)];
      const schema = properties[key];
      if (schema && 'type' in schema && schema.type === 'string') return [key, value];
      try {
        return [key, parse(value)];
      } catch {
        throw complain(pair);
      }
    }),
  );
}

function shown({ statuses, points }: CheckResult, locale: Invocation['locale']): string[] {
  const labels = wordsOf(locale).statuses;
  const rows = points.flatMap((point) => pointRows(point, locale));
  return [
    ...table(statuses.map(({ check, status, text = '' }) => [labels[status], check, text])),
    ...(rows.length === 0 ? [] : ['', words(locale).probe.parts.points, ...table(rows, [2]).map((row) => `  ${row}`)]),
  ];
}

function pointRows({ m, t = {}, f }: Point, locale: Invocation['locale']): string[][] {
  const tags = Object.entries(t).map(([key, value]) => `${key}=${value}`);
  return Object.entries(f).map(([field, value]) => [[m, ...tags].join(' '), field, formatOf(locale).number(value, 3)]);
}
