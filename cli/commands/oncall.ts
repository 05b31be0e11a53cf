import { readFileSync } from 'node:fs';
import type { RotaView } from '../../dashboard/ports/on-call.ts';
import { formatOf } from '../../protocol/words/index.ts';
import { askServer, deleteOnServer, SERVER_CALL_HELP, SERVER_CALL_OPTIONS } from '../call-server.ts';
import type { Command, Invocation } from '../command.ts';
import { Fault } from '../fault.ts';
import { words } from '../words/index.ts';

const text = { type: 'string' } as const;
const path = '/api/v1/on-call';

/** Who is on call: says so, and imports calendars. */
export const command: Command = {
  summary: {
    en: 'says who is on call, and imports calendars of duties',
    fr: 'dit qui est d’astreinte et importe les calendriers d’astreinte',
  },
  operands: '[list] | import FILE.ics | remove',
  options: { ...SERVER_CALL_OPTIONS, calendar: text, zone: text },
  help: {
    ...SERVER_CALL_HELP,
    calendar: {
      en: 'import, remove: name of the calendar, as routes name it',
      fr: 'import, remove\u202f: nom du calendrier, tel que les routes le nomment',
    },
    zone: {
      en: 'import: time zone of times that name none (Europe/Paris)',
      fr: 'import\u202f: fuseau des heures qui n’en nomment pas (Europe/Paris)',
    },
  },
  async run(invocation) {
    const [what = 'list', file] = invocation.operands;
    if (what === 'list') await list(invocation);
    else if (what === 'import' && file !== undefined) await importFile(invocation, file);
    else if (what === 'remove') await remove(invocation);
    else throw new Fault(words(invocation.locale).badArguments(what));
    return 0;
  },
};

async function list(invocation: Invocation): Promise<void> {
  const { locale, say } = invocation;
  const { onCall } = words(locale);
  const { calendars } = (await askServer(invocation, path)) as { calendars: RotaView[] };
  if (calendars.length === 0) say(onCall.none);
  for (const { name, timeZone, now, next } of calendars) {
    const when = (at: number) => formatOf(locale).dateTime(at, timeZone);
    say(`${name}  ${now ? onCall.until(now.who, when(now.to)) : onCall.nobody}`);
    if (next) say(`${' '.repeat(name.length)}  ${onCall.next(next.who, when(next.from))}`);
  }
}

function nameIn({ flags: { calendar }, locale }: Invocation): string {
  if (typeof calendar !== 'string') throw new Fault(words(locale).onCall.unnamed);
  return `${path}/${encodeURIComponent(calendar)}`;
}

async function importFile(invocation: Invocation, file: string): Promise<void> {
  const { flags, locale, say } = invocation;
  const to = nameIn(invocation);
  let calendar: string;
  try {
    calendar = readFileSync(file, 'utf8');
  } catch (error) {
    throw new Fault(words(locale).fileUnreadable(file, (error as Error).message));
  }
  const body = { calendar, ...(typeof flags.zone === 'string' && { timeZone: flags.zone }) };
  await askServer(invocation, to, body);
  say(words(locale).onCall.imported);
}

async function remove(invocation: Invocation): Promise<void> {
  await deleteOnServer(invocation, nameIn(invocation));
  invocation.say(words(invocation.locale).onCall.removed);
}
