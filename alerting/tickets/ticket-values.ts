import type { Locale } from '../../protocol/inventory.ts';
import { type DeviceKey, nameOf } from '../../protocol/names.ts';
import { isOver } from '../../protocol/weights.ts';
import { advise, formatOf, say } from '../../protocol/words/index.ts';
import type { TicketSubject } from '../ports.ts';
import { type TicketContext, ticketLink } from './ticket-context.ts';
import { causeText, whatText } from './ticket-text.ts';
import { TICKET_WORDS } from './ticket-words.ts';

/** By the name of the placeholder; what is not known is left out. */
export type TemplateValues = Readonly<Record<string, string | undefined>>;

/** What a desk’s templates may say of an incident, single or major. */
export function ticketValues(
  view: TicketSubject,
  locale: Locale,
  context: TicketContext,
  usual: { subject: string; text: string },
): TemplateValues {
  const common = {
    ...usual,
    number: String(view.number),
    priority: `P${view.priority}`,
    evidence: say(locale, view.fold),
    link: ticketLink(view, context),
  };
  const when = (timeZone: string | undefined) =>
    `${formatOf(locale).dateTime(view.since, timeZone ?? 'UTC')} (${timeZone ?? 'UTC'})`;
  if ('chain' in view) {
    const [first] = view.children;
    const title = say(locale, view.title);
    const since = when(first && context.timeZoneOf(first.store));
    const steps = TICKET_WORDS[locale].major.firstSteps[view.cause.kind];
    return {
      ...common,
      title,
      cause: title,
      since,
      steps,
      chain: view.chain,
      team: view.team,
      category: view.category,
    };
  }
  const { target, kind } = view.cause;
  const [chain, store] = view.store.split('/');
  const device = kind === 'store' ? undefined : context.deviceOf?.(target as DeviceKey);
  const asset = Object.entries(device?.asset ?? {}).map(([name, value]) => [`asset.${name}`, String(value)]);
  return {
    ...common,
    title: whatText(view, locale),
    cause: causeText(view, locale),
    since: when(context.timeZoneOf(view.store)),
    steps: isOver(view.state) ? undefined : (view.model?.steps?.[locale].join('\n') ?? advise(locale, view)),
    team: view.team,
    category: view.category,
    onCall: view.onCall,
    ...{ chain, store, storeTitle: view.storeTitle, region: view.region },
    ...(kind !== 'store' && { device: nameOf(target) }),
    kind: device?.kind,
    ...Object.fromEntries(asset),
  };
}
