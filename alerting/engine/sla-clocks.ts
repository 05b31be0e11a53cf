import type { Device } from '../../protocol/inventory.ts';
import type { Reason } from '../../protocol/reasons.ts';
import {
  type EscalationLevel,
  type Incident,
  SLA_CLOCKS,
  type SlaClock,
  type SlaClockName,
} from '../../protocol/views.ts';
import type { Terms } from './compile-judgement.ts';
import { countLoss } from './impact-loss.ts';
import { burntAt, countedTo, deadlineOf, msAtPercent } from './sla.ts';
import type { OpenIncident, StoreEntry, Turn } from './state.ts';
import { isNew, noteIncident } from './turn.ts';

const LEVELS = [1, 2, 3] as const satisfies readonly EscalationLevel[];
const DEADLINES = { respond: 'respondBy', restore: 'restoreBy' } as const satisfies Record<
  SlaClockName,
  keyof Incident
>;

/**
 * Brings the clocks of the store's open incidents up to date: starts them, lets them pause outside service time and
 * during planned work, moves their deadlines with the priority, and escalates. Looks at what is, so that doing it twice
 * does no more than once.
 */
export function runClocks(store: StoreEntry, turn: Turn): void {
  for (const open of store.incidents.values()) {
    const terms = termsOf(store, open, turn);
    const { incident } = open;
    if (!terms) {
      if (incident.clocks) forget(open, turn);
      continue;
    }
    const before = incident.clocks;
    const news: Reason[] = [];
    const clocks = {} as Record<SlaClockName, SlaClock>;
    for (const name of SLA_CLOCKS) clocks[name] = clockNow(open, name, before?.[name], terms, news, turn);
    const moved = before && !isNew(open, turn) ? movedDeadlines(before, clocks) : undefined;
    if (moved) news.unshift(moved);
    const isSame = before && SLA_CLOCKS.every((name) => before[name] === clocks[name]);
    if (!isSame) incident.clocks = clocks;
    const deadlinesMoved = SLA_CLOCKS.map((name) => setDeadline(incident, name, clocks[name], before?.[name], terms));
    if (!isSame || deadlinesMoved.includes(true)) noteIncident(turn, open);
    if (news.length > 0) countLoss(store, open, turn);
    for (const reason of news) noteIncident(turn, open, reason, 'update');
  }
}

/** When `runClocks` has to look again: a clock pauses or goes on, is up, or has burnt as much as escalates. Planned work wakes the store by itself. */
export function clocksDueAt(store: StoreEntry, turn: Turn): number {
  let dueAt = Number.POSITIVE_INFINITY;
  for (const open of store.incidents.values()) {
    if (open.incident.maintenance || open.incident.hold) continue;
    const terms = open.incident.clocks && termsOf(store, open, turn);
    if (!terms) continue;
    for (const clock of Object.values(open.incident.clocks ?? {})) {
      if (clock.stoppedAt !== undefined) continue;
      dueAt = Math.min(dueAt, terms.time.holdsUntil(turn.now), nextMark(clock, terms, turn.now));
    }
  }
  return dueAt;
}

/** Somebody has it in hand. */
export function stopResponding(open: OpenIncident, turn: Turn): void {
  stop(turn.state.stores.get(open.incident.store), open, ['respond'], turn);
}

/** The incident is over. `store`: undefined when it has left the inventory, and nothing tells its service time. */
export function stopClocks(store: StoreEntry | undefined, open: OpenIncident, turn: Turn): void {
  stop(store, open, SLA_CLOCKS, turn);
}

/** It is open again: what is burnt stays burnt, and the time in between counts for nothing. An answer given was to what is over. */
export function goOnWithClocks({ incident }: OpenIncident, wasAnswered: boolean, { now }: Turn): void {
  const { clocks } = incident;
  if (!clocks) return;
  const goOn = ({ stoppedAt: _, ...clock }: SlaClock): SlaClock => ({ ...clock, at: now, runs: false });
  incident.clocks = {
    respond: wasAnswered ? clocks.respond : goOn(clocks.respond),
    restore: goOn(clocks.restore),
  };
}

/** The clock of the machine was set: what is burnt stays burnt, what was left is left. */
export function moveClocks(store: StoreEntry, open: OpenIncident, byMs: number, turn: Turn): void {
  const { incident } = open;
  const terms = termsOf(store, open, turn);
  if (!incident.clocks || !terms) return;
  const move = (clock: SlaClock): SlaClock => {
    if (clock.stoppedAt !== undefined) return clock;
    const counted = countedTo(clock, terms.time, turn.now - byMs);
    const startedAt = clock.startedAt + byMs;
    return { ...counted, startedAt, at: turn.now, runs: !clock.held && terms.time.runs(turn.now) };
  };
  incident.clocks = { respond: move(incident.clocks.respond), restore: move(incident.clocks.restore) };
  for (const name of SLA_CLOCKS) {
    const clock = incident.clocks[name];
    const by = incident[DEADLINES[name]];
    if (clock.stoppedAt !== undefined || by === undefined) continue;
    const isBehind = clock.targetMs !== undefined && clock.burntMs >= clock.targetMs;
    write(incident, name, isBehind ? by + byMs : deadlineOf(clock, terms.time));
  }
}

/** Counts them up to now by what is agreed still: something else is agreed from now on. */
export function countClocks(store: StoreEntry, open: OpenIncident, turn: Turn): void {
  const terms = termsOf(store, open, turn);
  const { clocks } = open.incident;
  if (!clocks || !terms) return;
  const count = (clock: SlaClock): SlaClock =>
    clock.stoppedAt === undefined ? countedTo(clock, terms.time, turn.now) : clock;
  open.incident.clocks = { respond: count(clocks.respond), restore: count(clocks.restore) };
}

/** Kept by a clock that was ahead of this one: it counts from now at the latest. */
export function endFutureClocks({ incident }: OpenIncident, now: number): void {
  if (!incident.clocks) return;
  const end = (clock: SlaClock): SlaClock =>
    clock.stoppedAt !== undefined || clock.at <= now
      ? clock
      : { ...clock, startedAt: Math.min(clock.startedAt, now), at: now };
  incident.clocks = { respond: end(incident.clocks.respond), restore: end(incident.clocks.restore) };
}

/** The clock as it stands; the very same while nothing of it changed, counting apart. News of it is added to `news`. */
function clockNow(
  { incident }: OpenIncident,
  name: SlaClockName,
  before: SlaClock | undefined,
  { contract, time }: Terms,
  news: Reason[],
  { now }: Turn,
): SlaClock {
  const isOver = name === 'respond' && incident.state !== 'new';
  if (before?.stoppedAt !== undefined && isOver) return before;
  // Acknowledged for something smaller: it waits for an answer anew.
  const startedAt = before === undefined ? Math.min(incident.openedAt, now) : now;
  const clock =
    before === undefined || before.stoppedAt !== undefined
      ? { startedAt, burntMs: 0, at: startedAt, runs: time.runs(startedAt), breached: false }
      : before;
  const isHeld = !isOver && (incident.maintenance ?? incident.hold) !== undefined;
  const runs = !isOver && !isHeld && time.runs(now);
  // Outside service time nothing is agreed anew: priorities are lower while a store is closed, and come back at opening.
  const targetMs = clock !== before || runs ? toMs(contract.targetsS[name][incident.priority]) : clock.targetMs;
  const burntMs = burntAt(clock, time, now);
  const breached = targetMs !== undefined && burntMs >= targetMs;
  const level = levelReached(clock, burntMs, targetMs, contract.escalateAt);
  const isSame =
    clock === before &&
    clock.targetMs === targetMs &&
    clock.breached === breached &&
    clock.level === level &&
    clock.runs === runs &&
    (clock.held === true) === isHeld &&
    !isOver;
  if (isSame) return before;
  if (level !== undefined && level !== clock.level && targetMs !== undefined) {
    const share = Math.floor((100 * burntMs) / targetMs);
    news.push({ code: 'incident.escalated', params: { level: `N${level}`, clock: name, share, unit: 'percent' } });
  }
  const { targetMs: _, level: __, held: ___, ...rest } = clock;
  return {
    ...rest,
    ...(targetMs !== undefined && { targetMs }),
    burntMs,
    at: now,
    runs,
    ...(isHeld && { held: true }),
    breached,
    ...(level !== undefined && { level }),
    ...(isOver && { stoppedAt: now }),
  };
}

/** The highest level whose share is burnt, and never a lower one than before: each comes once. */
function levelReached(
  { level }: Pick<SlaClock, 'level'>,
  burntMs: number,
  targetMs: number | undefined,
  escalateAt: readonly number[],
): EscalationLevel | undefined {
  if (targetMs === undefined) return level;
  const reached = LEVELS.findLast((each) => burntMs >= msAtPercent(targetMs, escalateAt[each - 1] ?? 100));
  return reached !== undefined && reached > (level ?? 0) ? reached : level;
}

function nextMark(clock: SlaClock, { contract, time }: Terms, now: number): number {
  const { targetMs, level = 0, breached } = clock;
  if (targetMs === undefined) return Number.POSITIVE_INFINITY;
  const marks = LEVELS.filter((each) => each > level).map((each) =>
    msAtPercent(targetMs, contract.escalateAt[each - 1] ?? 100),
  );
  if (!breached) marks.push(targetMs);
  if (marks.length === 0) return Number.POSITIVE_INFINITY;
  const left = Math.min(...marks) - burntAt(clock, time, now);
  return time.after(now, Math.max(1, left)) ?? Number.POSITIVE_INFINITY;
}

/** Another priority, other times: said once for both clocks. */
function movedDeadlines(
  before: Record<SlaClockName, SlaClock>,
  clocks: Record<SlaClockName, SlaClock>,
): Reason | undefined {
  const waiting = SLA_CLOCKS.filter((name) => clocks[name].stoppedAt === undefined);
  if (waiting.every((name) => before[name].targetMs === clocks[name].targetMs)) return undefined;
  const seconds = waiting.flatMap((name) => {
    const { targetMs } = clocks[name];
    return targetMs === undefined ? [] : [[name, targetMs / 1000] as const];
  });
  return { code: 'incident.deadlines-moved', params: Object.fromEntries(seconds) };
}

/** Whether the deadline is another one. One that has passed stays where it was, as long as the same was agreed. */
function setDeadline(
  incident: OpenIncident['incident'],
  name: SlaClockName,
  clock: SlaClock,
  before: SlaClock | undefined,
  { time }: Terms,
): boolean {
  const known = incident[DEADLINES[name]];
  if (clock.stoppedAt !== undefined) return false;
  const isBehind = clock.breached && before?.breached && before.targetMs === clock.targetMs;
  const by = isBehind ? known : deadlineOf(clock, time);
  if (by === known) return false;
  write(incident, name, by);
  return true;
}

function write(incident: OpenIncident['incident'], name: SlaClockName, by: number | undefined): void {
  if (by === undefined) delete incident[DEADLINES[name]];
  else incident[DEADLINES[name]] = by;
}

function stop(store: StoreEntry | undefined, open: OpenIncident, names: readonly SlaClockName[], turn: Turn): void {
  const { incident } = open;
  const { clocks } = incident;
  if (!clocks) return;
  const time = store && termsOf(store, open, turn)?.time;
  incident.clocks = { ...clocks };
  for (const name of names) {
    const { held: _, ...clock } = clocks[name];
    if (clock.stoppedAt !== undefined) continue;
    const burntMs = time ? burntAt(clocks[name], time, turn.now) : clock.burntMs;
    const breached = clock.targetMs !== undefined && burntMs >= clock.targetMs;
    incident.clocks[name] = { ...clock, burntMs, at: turn.now, runs: false, breached, stoppedAt: turn.now };
  }
}

/** Nothing is agreed for it any more. */
function forget(open: OpenIncident, turn: Turn): void {
  delete open.incident.clocks;
  for (const name of SLA_CLOCKS) write(open.incident, name, undefined);
  noteIncident(turn, open);
}

function termsOf(store: StoreEntry, { incident }: OpenIncident, { state }: Turn): Terms | undefined {
  return state.judgement.termsFor(store, deviceAtFault(store, incident));
}

const deviceAtFault = ({ devices }: StoreEntry, { cause }: OpenIncident['incident']): Device | undefined =>
  cause.kind === 'device' ? devices.find(({ key }) => key === cause.target)?.definition : undefined;

const toMs = (seconds: number | undefined): number | undefined => (seconds === undefined ? undefined : seconds * 1000);
