import type { TicketPreview } from '../../dashboard/ports.ts';
import { askServer } from '../call-server.ts';
import type { Invocation } from '../command.ts';
import { Fault } from '../fault.ts';
import { words } from '../words/index.ts';

/** Says a ticket as the desk would get it; nothing is sent. */
export async function showTicket(invocation: Invocation): Promise<number> {
  const { flags, locale, say } = invocation;
  const { desk, incident } = flags;
  const text = words(locale);
  const number = incident === undefined ? undefined : Number(incident);
  const isNumber = number === undefined || (Number.isSafeInteger(number) && number > 0);
  const isLocale = flags.locale === undefined || flags.locale === 'fr' || flags.locale === 'en';
  if (typeof desk !== 'string' || !isNumber || !isLocale) throw new Fault(text.deskShowUsage);
  const asked = {
    ...(number !== undefined && { incident: number }),
    ...(flags.locale !== undefined && { locale: flags.locale }),
  };
  const path = `/api/v1/desks/${encodeURIComponent(desk)}/preview`;
  const ticket = (await askServer(invocation, path, asked)) as TicketPreview;
  const { item, category, team } = ticket.about;
  say(ticket.subject);
  say('');
  say(ticket.text);
  const more = [
    [text.deskAbout.item, item],
    [text.deskAbout.category, category],
    [text.deskAbout.team, team],
    ...Object.entries(ticket.fields),
  ].filter(([, value]) => value !== undefined);
  if (more.length > 0) say('');
  for (const [name, value] of more) say(`${name} = ${value}`);
  return 0;
}
