import type { TimelineEntry } from '../../../protocol/views.ts';

type Outcome = 'done' | 'failed' | 'refused';

interface Asked {
  id: string;
  at: number;
  action: string;
  device: string;
  by: string | undefined;
  why: string | undefined;
  outcome?: { state: Outcome; params: NonNullable<TimelineEntry['reason']['params']> };
}

/** Every action of a timeline with what became of it, in the order they were asked. */
export function askedIn(timeline: readonly TimelineEntry[]): Asked[] {
  const asked = new Map<string, Asked>();
  for (const { at, reason } of timeline) {
    const { params = {} } = reason;
    const text = (name: string): string | undefined =>
      params[name] === undefined || params[name] === '' ? undefined : String(params[name]);
    if (!reason.code.startsWith('action.')) continue;
    const id = text('id') ?? `${at}`;
    const known = asked.get(id) ?? {
      id,
      at,
      action: text('action') ?? '',
      device: text('device') ?? '',
      by: text('by'),
      why: text('why'),
    };
    const state = reason.code.slice('action.'.length);
    asked.set(id, state === 'asked' ? known : { ...known, outcome: { state: state as Outcome, params } });
  }
  return [...asked.values()];
}

/** A line of the timeline without what the card about it shows whole. */
export function withoutOutput({ reason, ...entry }: TimelineEntry): TimelineEntry {
  const { before: _before, after: _after, output: _output, ...params } = reason.params ?? {};
  return reason.code.startsWith('action.') ? { ...entry, reason: { ...reason, params } } : { ...entry, reason };
}
