import { Temporal } from 'temporal-polyfill';
import type { Reason } from '../../protocol/reasons.ts';
import { zoneOf } from './calendar.ts';
import { stopResponding } from './sla-clocks.ts';
import type { OpenIncident, StoreEntry, Turn } from './state.ts';
import { noteIncident } from './turn.ts';

/*
 * An incident waits for something outside: a part, a carrier, the morning. As long as it does, its clocks stand still and
 * nobody is called further. Whoever put it on hold has it in hand, and so it is when the hold is over: work that had begun goes on. Until when is a time
 * of day a person chose: it stays what it is when the clock of the server is set.
 */

/** Puts an incident on hold; one that is, for another reason or until another time. `until`: milliseconds since 1970. */
export function hold(turn: Turn, key: string, { by, why, until }: { by: string; why: string; until?: number }): void {
  const open = turn.state.incidents.get(key);
  if (!open || (until !== undefined && until <= turn.now)) return;
  const { incident } = open;
  if (incident.state === 'new') {
    incident.acknowledgedAt = turn.now;
    incident.acknowledgedBy = by;
  }
  const from = incident.state === 'in-progress' ? incident.state : incident.hold?.from;
  incident.state = 'on-hold';
  const { impact, severity } = incident;
  incident.hold = {
    since: turn.now,
    by,
    why,
    impact,
    severity,
    ...(until !== undefined && { until }),
    ...(from && { from }),
  };
  stopResponding(open, turn);
  const params = { by, why, ...(until !== undefined && { until: wallTime(open, until, turn) }) };
  noteIncident(turn, open, { code: 'incident.on-hold', params }, 'update');
}

/** Somebody goes on with it. */
export function resume(turn: Turn, key: string, by: string): void {
  const open = turn.state.incidents.get(key);
  if (open?.incident.hold === undefined) return;
  endHold(open, { code: 'incident.resumed', params: { by } }, turn);
}

/** Ends the holds whose time has come, and those of incidents that have grown graver than what was put on hold. */
export function endHolds(store: StoreEntry, turn: Turn): void {
  for (const open of store.incidents.values()) {
    const { hold, severity, impact } = open.incident;
    if (!hold) continue;
    const isGraver = impact < hold.impact || (severity === 'critical' && hold.severity !== 'critical');
    if (isGraver) endHold(open, { code: 'incident.hold-graver' }, turn);
    else if (hold.until !== undefined && turn.now >= hold.until) endHold(open, { code: 'incident.hold-over' }, turn);
  }
}

/** When `endHolds` has to look again. */
export function holdsDueAt(store: StoreEntry): number {
  let dueAt = Number.POSITIVE_INFINITY;
  for (const { incident } of store.incidents.values())
    if (incident.hold?.until !== undefined) dueAt = Math.min(dueAt, incident.hold.until);
  return dueAt;
}

function endHold(open: OpenIncident, reason: Reason, turn: Turn): void {
  const { incident } = open;
  incident.state = incident.hold?.from ?? 'acknowledged';
  delete incident.hold;
  noteIncident(turn, open, reason, 'update');
}

function wallTime({ incident }: OpenIncident, at: number, { state }: Turn): string {
  const zone = zoneOf(state.stores.get(incident.store)?.definition.timeZone ?? 'UTC');
  const wall = Temporal.Instant.fromEpochMilliseconds(Math.floor(at)).toZonedDateTimeISO(zone).toPlainDateTime();
  return wall.toString({ smallestUnit: 'minute' });
}
