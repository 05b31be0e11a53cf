import { readFileSync, writeFileSync } from 'node:fs';
import {
  CalendarError,
  type ReadCalendar,
  readIcalendar,
  sayCalendarFault,
} from '../../alerting/maintenance/read-icalendar.ts';
import { scopeOfTerms } from '../../alerting/maintenance/scope-terms.ts';
import type { WindowStanding } from '../../dashboard/ports/maintenance.ts';
import { DEVICE_KINDS, type Locale } from '../../protocol/inventory.ts';
import { type MaintenanceWindow, WINDOW_KINDS, type WindowKind, type WindowScope } from '../../protocol/maintenance.ts';
import { formatOf } from '../../protocol/words/index.ts';
import { askServer, fetchFromServer, SERVER_CALL_HELP, SERVER_CALL_OPTIONS } from '../call-server.ts';
import type { Command, Invocation } from '../command.ts';
import { Fault } from '../fault.ts';
import { words } from '../words/index.ts';

const text = { type: 'string' } as const;

/** Announces, ends and exchanges maintenance windows, through a running server. */
export const command: Command = {
  summary: {
    en: 'announces maintenance windows and changes, and exchanges them as iCalendar',
    fr: 'annonce les maintenances et les changements, et les échange en iCalendar',
  },
  operands: 'list | add | end ID | remove ID | import FILE.ics | export',
  options: {
    ...SERVER_CALL_OPTIONS,
    ...{ kind: text, title: text, who: text, why: text, number: text, start: text, end: text, zone: text },
    ...{ repeat: text, except: text, 'suspect-minutes': text, place: text, region: text, 'device-kind': text },
    ...{ attribute: text, everything: { type: 'boolean' }, output: text },
  },
  help: {
    ...SERVER_CALL_HELP,
    kind: {
      en: 'maintenance (default): alerts are held back; change: only suspect of what breaks',
      fr: 'maintenance (par défaut)\u202f: les alertes sont retenues\u202f; change\u202f: seulement suspect de ce qui casse',
    },
    title: { en: 'add: what is done', fr: 'add\u202f: ce qui est fait' },
    who: { en: 'add, import: who does it', fr: 'add, import\u202f: qui le fait' },
    why: { en: 'add, import, end, remove: why', fr: 'add, import, end, remove\u202f: pourquoi' },
    number: { en: 'add: number of the change', fr: 'add\u202f: numéro du changement' },
    start: { en: 'add: wall time, "2026-12-01 22:00"', fr: 'add\u202f: heure locale, «\u202f2026-12-01 22:00\u202f»' },
    end: {
      en: 'add: the same, or 05:00 for the next time the clock shows it',
      fr: 'add\u202f: de même, ou 05:00 pour la prochaine fois que l’horloge l’indique',
    },
    zone: {
      en: 'add: time zone, Europe/Paris; each store’s own when left out',
      fr: 'add\u202f: fuseau horaire, Europe/Paris\u202f; celui de chaque magasin par défaut',
    },
    repeat: {
      en: 'add: RFC 5545 rule, "FREQ=MONTHLY;BYDAY=2SU"',
      fr: 'add\u202f: règle RFC 5545, «\u202fFREQ=MONTHLY;BYDAY=2SU\u202f»',
    },
    except: {
      en: 'add: starts left out of the repetition, with commas between them',
      fr: 'add\u202f: débuts exclus de la répétition, séparés par des virgules',
    },
    'suspect-minutes': {
      en: 'add: minutes after its end in which it still is suspect (30)',
      fr: 'add\u202f: minutes après sa fin pendant lesquelles elle reste suspecte (30)',
    },
    place: {
      en: 'add, import: chain, chain/store or chain/store/device, with commas between them',
      fr: 'add, import\u202f: enseigne, enseigne/magasin ou enseigne/magasin/équipement, séparés par des virgules',
    },
    region: {
      en: 'add, import: regions, with commas between them',
      fr: 'add, import\u202f: régions, séparées par des virgules',
    },
    'device-kind': {
      en: 'add, import: kinds of device (till, router…), with commas between them',
      fr: 'add, import\u202f: types d’équipement (till, router…), séparés par des virgules',
    },
    attribute: {
      en: 'add, import: store.carrier=Orange, with commas between them',
      fr: 'add, import\u202f: store.carrier=Orange, séparés par des virgules',
    },
    everything: { en: 'add, import: every device there is', fr: 'add, import\u202f: tous les équipements' },
    output: { en: 'export: write this file', fr: 'export\u202f: écrire ce fichier' },
  },
  async run(invocation) {
    const [what, operand] = invocation.operands;
    const act = what !== undefined && Object.hasOwn(ACTIONS, what) ? ACTIONS[what as keyof typeof ACTIONS] : undefined;
    if (!act) throw new Fault(words(invocation.locale).badArguments(what ?? command.operands));
    await act(invocation, operand);
    return 0;
  },
};

const ACTIONS = { list, add, end, remove, import: importFile, export: exportAll };
const path = '/api/v1/maintenance';

interface View {
  window: MaintenanceWindow;
  standing: WindowStanding;
  from: number;
  to: number;
  stores: number;
}

async function list(invocation: Invocation): Promise<void> {
  const { locale, say } = invocation;
  const text = words(locale).maintenance;
  const { windows } = (await askServer(invocation, path)) as { windows: View[] };
  if (windows.length === 0) say(text.none);
  const rows = windows.map(({ window: { id, kind, title, who, number, repeat }, standing, from, to }) => [
    ...[id, text.standing[standing], text.kind[kind], localTime(from, locale), localTime(to, locale)],
    ...[[number, title, `(${who})`, repeat].filter((part) => part !== undefined).join(' ')],
  ]);
  const widths = [0, 1, 2, 3, 4].map((at) => Math.max(0, ...rows.map((row) => row[at]?.length ?? 0)));
  for (const row of rows) say(row.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join('  '));
}

async function add(invocation: Invocation): Promise<void> {
  const { flags, locale, say } = invocation;
  const faults = words(locale).maintenance;
  const scope = scopeOf(invocation);
  if (!scope) throw new Fault(faults.noScope);
  const missing = (['title', 'who', 'why', 'start', 'end'] as const).filter((name) => flags[name] === undefined);
  if (missing.length > 0) throw new Fault(faults.needs(missing.map((name) => `--${name}`).join(', ')));
  const start = wallTime('--start', String(flags.start), locale);
  const minutes = flags['suspect-minutes'];
  const view = (await askServer(invocation, path, {
    kind: kindOf(invocation),
    title: flags.title,
    who: flags.who,
    why: flags.why,
    ...(flags.number !== undefined && { number: flags.number }),
    scope,
    ...(flags.zone !== undefined && { timeZone: flags.zone }),
    start,
    end: endTime(start, String(flags.end), locale),
    ...(flags.repeat !== undefined && { repeat: flags.repeat }),
    ...(flags.except !== undefined && {
      except: listed(flags.except).map((one) => wallTime('--except', one, locale)),
    }),
    ...(minutes !== undefined && { suspectMinutes: Number(minutes) }),
  })) as View;
  say(faults.saved(view.window.id, localTime(view.from, locale), localTime(view.to, locale), view.stores));
}

async function end(invocation: Invocation, id: string | undefined): Promise<void> {
  await askServer(invocation, `${path}/${named(id, invocation)}/end`, { why: why(invocation) });
  invocation.say(words(invocation.locale).maintenance.ended(named(id, invocation)));
}

async function remove(invocation: Invocation, id: string | undefined): Promise<void> {
  await askServer(invocation, `${path}/${named(id, invocation)}/remove`, { why: why(invocation) });
  invocation.say(words(invocation.locale).maintenance.removed(named(id, invocation)));
}

async function importFile(invocation: Invocation, file: string | undefined): Promise<void> {
  const { flags, locale, say } = invocation;
  const faults = words(locale).maintenance;
  const source = named(file, invocation);
  const scope = scopeOf(invocation);
  let calendar: ReadCalendar;
  try {
    calendar = readIcalendar(readText(source, locale), {
      kind: kindOf(invocation),
      ...(scope && { scope }),
      ...(flags.who !== undefined && { who: String(flags.who) }),
      ...(flags.why !== undefined && { why: String(flags.why) }),
    });
  } catch (error) {
    if (!(error instanceof CalendarError)) throw error;
    const lines = error.faults.map((fault) => `  ${sayCalendarFault(fault, source, locale)}`);
    throw new Fault([faults.faults(source, lines.length), ...lines].join('\n'));
  }
  const { removed } = (await askServer(invocation, `${path}/import`, { ...calendar })) as { removed: number };
  say(faults.imported(calendar.windows.length, removed));
}

async function exportAll(invocation: Invocation): Promise<void> {
  const { flags, locale, say } = invocation;
  const calendar = await (await fetchFromServer(invocation, `${path}.ics`)).text();
  if (flags.output === undefined) {
    say(calendar.trimEnd());
    return;
  }
  const file = String(flags.output);
  try {
    writeFileSync(file, calendar);
  } catch (error) {
    throw new Fault(words(locale).maintenance.unwritable(file, (error as Error).message));
  }
  say(words(locale).maintenance.written(file));
}

/** What the flags say it is about; undefined when nothing. */
function scopeOf({ flags, locale }: Invocation): WindowScope | undefined {
  const faults = words(locale).maintenance;
  const kinds = listed(flags['device-kind']);
  for (const kind of kinds) {
    if (!(DEVICE_KINDS as readonly string[]).includes(kind)) {
      throw new Fault(faults.badKind(kind, DEVICE_KINDS.join(', ')));
    }
  }
  const attributes = listed(flags.attribute).map((one) => {
    if (!/^(store|device|asset)\.[^=]+=./.test(one)) throw new Fault(faults.badAttribute(one));
    return one.replace('=', ':');
  });
  return scopeOfTerms([
    ...listed(flags.place).map((place) => `place:${place}`),
    ...listed(flags.region).map((region) => `region:${region}`),
    ...kinds.map((kind) => `kind:${kind}`),
    ...attributes,
    ...(flags.everything === true ? ['everything'] : []),
  ]);
}

function kindOf({ flags, locale }: Invocation): WindowKind {
  const kind = flags.kind ?? 'maintenance';
  if ((WINDOW_KINDS as readonly unknown[]).includes(kind)) return kind as WindowKind;
  throw new Fault(words(locale).badArguments(`--kind ${kind}`));
}

const listed = (flag: string | boolean | undefined): string[] =>
  flag === undefined
    ? []
    : String(flag)
        .split(',')
        .map((one) => one.trim())
        .filter((one) => one !== '');

function wallTime(flag: string, found: string, locale: Locale): string {
  const [, date, time] = /^(\d{4}-\d{2}-\d{2})[ T](\d{2}:\d{2})$/.exec(found.trim()) ?? [];
  if (date === undefined) throw new Fault(words(locale).maintenance.badTime(flag, found));
  return `${date}T${time}`;
}

/** A mere time is the next one the clock shows after the start. */
function endTime(start: string, found: string, locale: Locale): string {
  if (!/^\d{2}:\d{2}$/.test(found)) return wallTime('--end', found, locale);
  const [date = '', time = ''] = start.split('T');
  if (found > time) return `${date}T${found}`;
  return `${new Date(Date.parse(`${date}T00:00Z`) + 86_400_000).toISOString().slice(0, 10)}T${found}`;
}

const localTime = (at: number, locale: Locale): string =>
  formatOf(locale).dateTime(at, Intl.DateTimeFormat().resolvedOptions().timeZone);

function named(operand: string | undefined, { locale }: Invocation): string {
  if (operand === undefined) throw new Fault(words(locale).badArguments(command.operands));
  return operand;
}

function why({ flags, locale }: Invocation): string {
  if (flags.why === undefined) throw new Fault(words(locale).maintenance.needs('--why'));
  return String(flags.why);
}

function readText(file: string, locale: Locale): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new Fault(words(locale).fileUnreadable(file, (error as Error).message));
  }
}
