import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { parseRulePack, RulePackError } from '../../alerting/rules/parse-rule-pack.ts';
import { defaultRulePackPath } from '../../alerting/rules/read-rule-pack.ts';
import { type BacktestView, MOST_DAYS } from '../../dashboard/ports/backtests.ts';
import type { BacktestAnswer } from '../../protocol/backtest.ts';
import type { Locale } from '../../protocol/inventory.ts';
import { replayOffline } from '../backtest/offline.ts';
import { showBacktest } from '../backtest/show.ts';
import { askServer, deleteOnServer, type Refusal, SERVER_CALL_HELP, SERVER_CALL_OPTIONS } from '../call-server.ts';
import type { Command, Invocation } from '../command.ts';
import { Fault } from '../fault.ts';
import { readSettings } from '../settings.ts';
import type { BacktestWords } from '../words/backtest-en.ts';
import { words } from '../words/index.ts';

const text = { type: 'string' } as const;
const LOOK_EVERY_MS = 1_000;
const TELL_EVERY_MS = 5_000;
const SPAN_MS = { d: 86_400_000, h: 3_600_000 };

/** What other rules would have done. */
export const command: Command = {
  summary: {
    en: 'replays the past by other rules: incidents gained and lost, alerts per day, time to detect',
    fr: 'rejoue le passé avec d’autres règles\u202f: incidents gagnés et perdus, alertes par jour, délai de détection',
  },
  operands: '',
  options: {
    ...SERVER_CALL_OPTIONS,
    ...{ rules: text, against: text, from: text, to: text, chain: text, store: text, config: text },
    ...{ offline: { type: 'boolean' }, json: { type: 'boolean' } },
  },
  help: {
    ...SERVER_CALL_HELP,
    rules: { en: 'The rules to be tried (YAML)', fr: 'Les règles à essayer (YAML)' },
    against: {
      en: 'The rules they are compared with; those of the server when left out',
      fr: 'Les règles auxquelles les comparer\u202f; celles du serveur par défaut',
    },
    from: {
      en: 'Beginning: 2026-11-01, 2026-11-01T08:00Z, or back from now: 7d, 12h (7d)',
      fr: 'Début\u202f: 2026-11-01, 2026-11-01T08:00Z, ou une durée avant maintenant\u202f: 7d, 12h (7d)',
    },
    to: { en: 'End, in the same way (now)', fr: 'Fin, de la même façon (maintenant)' },
    chain: {
      en: 'Only these chains, with commas between them',
      fr: 'Ces enseignes seulement, séparées par des virgules',
    },
    store: {
      en: 'Only these stores, CHAIN/STORE, with commas between them',
      fr: 'Ces magasins seulement, ENSEIGNE/MAGASIN, séparés par des virgules',
    },
    config: {
      en: '--offline: configuration file of the server (YAML)',
      fr: '--offline\u202f: fichier de configuration du serveur (YAML)',
    },
    offline: {
      en: 'Read the data folder of a server that is stopped',
      fr: 'Lire le dossier de données d’un serveur arrêté',
    },
    json: { en: 'The whole answer as JSON', fr: 'La réponse entière en JSON' },
  },
  async run(invocation) {
    const { flags, locale, say, stop } = invocation;
    const told = words(locale).backtest;
    if (flags.rules === undefined) throw new Fault(told.needsRules);
    const rules = readText(String(flags.rules), locale);
    const against = flags.against === undefined ? undefined : readText(String(flags.against), locale);
    const span = { from: timeOf(invocation, 'from', '7d'), to: timeOf(invocation, 'to', '0h') };
    const places = [flags.chain, flags.store].flatMap((flag) => (flag === undefined ? [] : String(flag).split(',')));
    if (span.from >= span.to) throw new Fault(told.badSpan);
    if (span.to > Date.now()) throw new Fault(told.notPast);
    const asked = { ...span, ...(places.length > 0 && { places }) };
    const answer = await (flags.offline === true
      ? offline(invocation, rules, against, asked)
      : online(invocation, { rules, ...(against !== undefined && { against }), ...asked }));
    if (!answer || stop.aborted) {
      say(told.cancelled);
      return 1;
    }
    if (flags.json === true) say(JSON.stringify(answer));
    else for (const line of showBacktest(answer, locale)) say(line);
    return 0;
  },
};

interface Asked {
  from: number;
  to: number;
  places?: readonly string[];
}

/** Undefined when it was cancelled. */
async function online(
  invocation: Invocation,
  body: Asked & { rules: string; against?: string },
): Promise<BacktestAnswer | undefined> {
  const { flags, locale, stop } = invocation;
  const told = words(locale).backtest;
  const places = body.places ?? [];
  if (body.to - body.from > MOST_DAYS * SPAN_MS.d) throw new Fault(told.tooLong(MOST_DAYS));
  const onRefused = ({ status, details }: Refusal): Fault | undefined =>
    status === 422
      ? new Fault(told.refused(details.map((fault) => `  ${explain(fault, flags, places, told)}`).join('\n')))
      : undefined;
  const { id } = (await askServer(invocation, '/api/v1/backtests', body, onRefused)) as BacktestView;
  const path = `/api/v1/backtests/${id}`;
  const progress = progressOf(invocation);
  for (;;) {
    await pause(LOOK_EVERY_MS, undefined, { signal: stop }).catch(() => {});
    if (stop.aborted) {
      await deleteOnServer(invocation, path);
      return undefined;
    }
    const view = (await askServer(invocation, path)) as BacktestView;
    if (view.standing === 'done') return view.answer;
    if (view.standing === 'failed') throw new Fault(told.failed(view.error ?? ''));
    if (view.standing === 'cancelled') return undefined;
    progress(view);
  }
}

/** A fault the server found, by what it is called here: the file of rules and the place in it, or the place of the chain. */
function explain(
  { path, message }: Refusal['details'][number],
  flags: Invocation['flags'],
  places: readonly string[],
  told: BacktestWords,
): string {
  const [, name = '', rest = ''] = /^\/(rules|against|places)(.*)$/.exec(path) ?? [];
  if (name === 'places') return told.noPlace(places[Number(rest.slice(1))] ?? rest);
  if (name === 'rules' || name === 'against')
    return [`${flags[name]}:`, rest.trim(), message].filter(Boolean).join(' ');
  return `${path}: ${message}`;
}

async function offline(
  invocation: Invocation,
  rules: string,
  against: string | undefined,
  { places, ...span }: Asked,
): Promise<BacktestAnswer | undefined> {
  const { flags, stop, locale } = invocation;
  const todays = readSettings(invocation, { dataDir: 'data' }).rules ?? defaultRulePackPath;
  const before =
    against === undefined ? readable(readText(todays, locale), todays) : readable(against, String(flags.against));
  const task = { rules: [before, readable(rules, String(flags.rules))] as const, ...span, places };
  try {
    return await replayOffline(task, invocation, progressOf(invocation));
  } catch (error) {
    if (stop.aborted) return undefined;
    throw error;
  }
}

/** The same text. @throws Fault where it is no rule pack. */
function readable(written: string, source: string): string {
  try {
    parseRulePack(written, source);
    return written;
  } catch (error) {
    throw error instanceof RulePackError ? new Fault(error.message) : error;
  }
}

/** Says how far it is, now and then; nothing beside an answer that a program reads. */
function progressOf({ flags, locale, say }: Invocation) {
  const began = performance.now();
  let toldAt = began;
  return ({ done, total }: { done: number; total: number }): void => {
    const now = performance.now();
    if (flags.json === true || now - toldAt < TELL_EVERY_MS || total === 0) return;
    toldAt = now;
    const left = done === 0 ? undefined : Math.ceil((((now - began) / done) * (total - done)) / 1000);
    const clock = left === undefined ? undefined : `${Math.floor(left / 60)}:${String(left % 60).padStart(2, '0')}`;
    say(words(locale).backtest.progress(Math.floor((100 * done) / total), clock));
  };
}

/** A day or a time as ISO 8601 has them, a day being this machine's; or a span back from now. */
function timeOf({ flags, locale }: Invocation, flag: 'from' | 'to', standard: string): number {
  const found = String(flags[flag] ?? standard);
  const [, count, unit] = /^(\d{1,4})([dh])$/.exec(found) ?? [];
  if (count !== undefined) return Date.now() - Number(count) * SPAN_MS[unit as 'd' | 'h'];
  const at = /^\d{4}-\d{2}-\d{2}/.test(found)
    ? Date.parse(/^[\d-]{10}$/.test(found) ? `${found}T00:00` : found)
    : Number.NaN;
  if (Number.isNaN(at)) throw new Fault(words(locale).backtest.badTime(`--${flag}`, found));
  return at;
}

function readText(file: string, locale: Locale): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new Fault(words(locale).fileUnreadable(file, (error as Error).message));
  }
}
