import { clockThatMatters } from '../../protocol/counting.ts';
import type { Locale } from '../../protocol/inventory.ts';
import { nameOf } from '../../protocol/names.ts';
import { type AlertView, type IncidentView, SLA_CLOCKS } from '../../protocol/views.ts';
import { isOver } from '../../protocol/weights.ts';
import { advise, formatOf, say, wordsOf } from '../../protocol/words/index.ts';
import { nameReading } from '../../protocol/words/readings.ts';
import type { TicketSubject } from '../ports.ts';
import { majorSubject, majorText } from './major-text.ts';
import { type TicketContext, ticketLink } from './ticket-context.ts';
import { TICKET_WORDS } from './ticket-words.ts';

/** A ticket has to be read on a phone: alerts beyond these are counted. */
const MAX_ALERT_LINES = 6;
const MAX_LINE = 200;
const MINUTE_MS = 60_000;

/** One line that says how urgent, where and what: `[P2][001 Nantes] Till 3: Connection lost`. */
export function ticketSubject(view: TicketSubject, locale: Locale): string {
  if ('chain' in view) return majorSubject(view, locale);
  const words = TICKET_WORDS[locale];
  const marks = [
    ...(view.simulated ? [words.simulated] : []),
    `P${view.priority}`,
    `${view.store.slice(view.store.indexOf('/') + 1)} ${view.storeTitle}`,
  ];
  const end = isOver(view.state) ? ` (${words.resolved})` : '';
  return `${marks.map((mark) => `[${mark}]`).join('')} ${clip(whatText(view, locale), MAX_LINE - end.length)}${end}`;
}

/** The ticket for people: what is wrong, since when, why, what it costs, what to do first. Plain text, one fact a line. */
export function ticketText(view: TicketSubject, locale: Locale, context: TicketContext): string {
  if ('chain' in view) return majorText(view, locale, context);
  const words = TICKET_WORDS[locale];
  const labels = wordsOf(locale);
  const timeZone = context.timeZoneOf(view.store) ?? 'UTC';
  const when = (at: number): string => `${formatOf(locale).dateTime(at, timeZone)} (${timeZone})`;
  const lower = (text: string): string => text.toLowerCase();

  const lines = [view.storeTitle + (view.region ? ` (${view.region})` : '')];
  if (view.simulated) lines.unshift(words.simulatedNote);
  lines.push(
    `${labels.priorities[view.priority]}, ${words.priority(lower(labels.impacts[view.impact]), lower(labels.urgencies[view.urgency]))}`,
    words.line(words.since, when(view.since)),
  );
  if (view.acknowledgedBy !== undefined) lines.push(`${words.acknowledgedBy} ${view.acknowledgedBy}`);
  if (view.owner !== undefined || view.level !== undefined)
    lines.push(words.line(words.owner, `${view.owner ?? words.nobody} (N${view.level ?? 1})`));
  if (view.onCall !== undefined) lines.push(words.line(words.onCall, view.onCall));
  if (view.hold) {
    const { by, why, until } = view.hold;
    lines.push(words.line(words.onHold, words.hold(by, why, until === undefined ? undefined : when(until))));
  }
  if (view.resolvedAt !== undefined) lines.push(words.line(words.resolvedAt, when(view.resolvedAt)));
  lines.push(words.line(words.cause, causeText(view, locale)), words.line(words.evidence, say(locale, view.fold)));
  if (view.into) lines.push(words.mergedInto(view.into.number));
  if (view.parent) lines.push(words.beneath(view.parent.number));
  if (view.maintenance) lines.push(words.line(words.maintenance, say(locale, view.maintenance)));
  for (const suspect of view.suspects ?? []) lines.push(words.line(words.suspect, say(locale, suspect)));
  if (view.lanesTotal > 0) lines.push(words.line(words.lanes, words.lanesOf(view.lanesDown, view.lanesTotal)));
  const stake = stakeText(view, locale, when);
  if (stake !== undefined) lines.push(stake);

  if (view.alerts.some(({ flapping }) => flapping)) lines.push(words.flapping);
  const others = otherAlerts(view);
  if (others.length > 0) {
    lines.push(words.alerts(others.length));
    for (const alert of others.slice(0, MAX_ALERT_LINES)) {
      lines.push(`- ${words.line(nameOf(alert.device), say(locale, alert.reason))}`);
    }
    if (others.length > MAX_ALERT_LINES) lines.push(words.more(others.length - MAX_ALERT_LINES));
  }

  if (view.lastReadings) {
    const { at, values } = view.lastReadings;
    const { amount, dateTime } = formatOf(locale);
    const told = values.map(({ reading, value, unit }) => `${nameReading(locale, reading)} ${amount(value, unit)}`);
    lines.push(words.line(words.lastReadings(dateTime(at, timeZone)), told.join(', ')));
  }
  for (const { at, reason } of view.actions ?? []) {
    lines.push(words.line(`${words.action} ${formatOf(locale).dateTime(at, timeZone)}`, say(locale, reason)));
  }
  if (!isOver(view.state)) lines.push(...stepLines(view, locale));
  const link = ticketLink(view, context);
  if (link !== undefined) lines.push(words.line(words.link, link));
  lines.push(words.incident(view.number));
  return lines.map((line) => clip(line, MAX_LINE * 2)).join('\n');
}

/** What to do: the steps of the house’s own model, where there is one, or what is of use anywhere. */
function stepLines(view: IncidentView, locale: Locale): string[] {
  const words = TICKET_WORDS[locale];
  const { model } = view;
  const steps = model?.steps?.[locale];
  if (!model || !steps) return [words.line(words.firstSteps, advise(locale, view))];
  return [words.procedure(model.title[locale], model.version), ...steps.map((step, at) => `${at + 1}. ${step}`)];
}

/** By when, and what it has cost, on one line; what is lost counts as of the ticket's own news. */
function stakeText(view: IncidentView, locale: Locale, when: (at: number) => string): string | undefined {
  const words = TICKET_WORDS[locale];
  const { number, money } = formatOf(locale);
  const matters = isOver(view.state) ? undefined : clockThatMatters(view);
  const level = Math.max(...SLA_CLOCKS.map((name) => view.clocks?.[name].level ?? 0));
  const marks = [...(matters?.clock.breached ? [words.overdue] : []), ...(level > 0 ? [`N${level}`] : [])];
  const due =
    matters?.by === undefined ? [] : [words.line(words.due[matters.name], [when(matters.by), ...marks].join(', '))];
  const cost = (laneMs: number, worth: number | undefined): string => {
    const minutes = Math.round(laneMs / 60_000);
    const written = words.laneMinutes(minutes, number(minutes, 0));
    return worth === undefined || !view.loss?.money
      ? written
      : `${written} (${money(worth, view.loss.money.currency)})`;
  };
  const { laneMs = 0, blindMs = 0, money: worth } = view.loss ?? {};
  const costs = [
    ...(laneMs >= MINUTE_MS ? [cost(laneMs, worth?.lost)] : []),
    ...(blindMs >= MINUTE_MS ? [words.atMost(cost(blindMs, worth?.blind))] : []),
  ];
  const lost = costs.length === 0 ? [] : [words.line(words.lost, costs.join(', '))];
  return due.length + lost.length === 0 ? undefined : [...due, ...lost].join('. ');
}

/** What is wrong, in a few words. */
export function whatText(view: IncidentView, locale: Locale): string {
  // Folding says more of a whole store than its silence does.
  if (view.cause.kind === 'store' && view.fold.code !== 'fold.alone') return say(locale, view.fold);
  return causeText(view, locale);
}

/** What it comes from. */
export function causeText({ cause, causeTitle }: IncidentView, locale: Locale): string {
  const reason = say(locale, cause.reason);
  return cause.kind === 'store' ? reason : TICKET_WORDS[locale].befell(causeTitle, reason);
}

/** Alerts still up that the cause does not already tell, the worst first. */
function otherAlerts({ alerts, cause, fold }: IncidentView): AlertView[] {
  const opener = alerts.find(({ device, rule }) => device === cause.target && rule === cause.rule);
  const isSilence = ({ reason }: AlertView) => reason.code.startsWith('presence.');
  return alerts
    .filter((alert) => alert.state === 'firing' && alert !== opener)
    .filter((alert) => fold.code !== 'fold.store-silent' || !isSilence(alert))
    .sort((a, b) => Number(b.severity === 'critical') - Number(a.severity === 'critical') || a.since - b.since);
}

const clip = (text: string, length: number): string => (text.length <= length ? text : `${text.slice(0, length - 1)}…`);
