import type { OpeningHours } from '../../protocol/inventory.ts';
import type { FaultWords } from './fault-words.ts';
import type { Finding } from './findings.ts';

export const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

const DAY_MINUTES = 24 * 60;

interface Span {
  text: string;
  index: number;
  /** Minutes since the day began; the end is past the day's when the span runs past midnight. */
  from: number;
  to: number;
}

/** Where opening hours contradict themselves. Places are relative to the hours. */
export function hoursFindings(hours: OpeningHours, words: FaultWords): Finding[] {
  const findings: Finding[] = [];
  for (const [i, day] of DAYS.entries()) {
    const spans = spansOf(hours[day]);
    findings.push(...spansFindings([day], spans, words));
    const nextDay = DAYS[(i + 1) % DAYS.length] as (typeof DAYS)[number];
    const first = spansOf(hours[nextDay])[0];
    const late = spans.find((span) => first && span.to - DAY_MINUTES > first.from);
    if (late && first) {
      findings.push({ at: [day, late.index], message: words.spanIntoNextDay(late.text, first.text, nextDay) });
    }
  }
  const lists = (hours.holidays ?? []).map((list, i) => ({ at: ['holidays', i], days: list }));
  for (const { at, days } of [{ at: ['dates'], days: hours.dates ?? {} }, ...lists]) {
    if (typeof days === 'string') continue;
    findings.push(...daysFindings(days, words).map((one) => ({ ...one, at: [...at, ...one.at] })));
  }
  return findings;
}

/** Where days with hours of their own contradict themselves: by date, or by day of every year. */
export function daysFindings(days: Readonly<Record<string, readonly string[]>>, words: FaultWords): Finding[] {
  return Object.entries(days).flatMap(([day, texts]) => [
    // In a leap year there is every day there can be.
    ...(isDate(day.length === 5 ? `2024-${day}` : day) ? [] : [{ at: [day], message: words.noSuchDate(day) }]),
    ...spansFindings([day], spansOf(texts), words),
  ]);
}

function spansFindings(at: string[], spans: readonly Span[], words: FaultWords): Finding[] {
  const findings: Finding[] = [];
  let last: Span | undefined;
  for (const span of spans) {
    if (span.from === span.to) findings.push({ at: [...at, span.index], message: words.spanEmpty(span.text) });
    else if (last && span.from < last.to) {
      findings.push({ at: [...at, span.index], message: words.spansOverlap(last.text, span.text) });
    }
    if (!last || span.to > last.to) last = span;
  }
  return findings;
}

/** Spans in the order they begin. */
function spansOf(texts: readonly string[] = []): Span[] {
  const spans = texts.map((text, index) => {
    const [from, to] = text.split('-').map(minutes) as [number, number];
    return { text, index, from, to: to < from ? to + DAY_MINUTES : to };
  });
  return spans.sort((a, b) => a.from - b.from);
}

function minutes(clock: string): number {
  const [hour, minute] = clock.split(':').map(Number) as [number, number];
  return hour * 60 + minute;
}

export function isDate(text: string): boolean {
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}
