import { withComment } from '../../protocol/comments.ts';
import type { StoreKey } from '../../protocol/names.ts';
import type { Reason } from '../../protocol/reasons.ts';
import type { Incident } from '../../protocol/views.ts';
import type { EngineState, IncidentChange, OpenIncident, StoreEntry, Turn } from './state.ts';
import type { Effect } from './types.ts';

export function newTurn(state: EngineState, now: number): Turn {
  return {
    state,
    now,
    stirred: false,
    origin: undefined,
    unsettled: new Map(),
    settled: false,
    transitions: [],
    fired: [],
    changed: new Map(),
    saves: new Set(),
    shows: new Set(),
  };
}

/** Whether nothing at all has happened in this turn. */
export const isIdle = (turn: Turn): boolean =>
  !turn.stirred && !turn.settled && turn.saves.size === 0 && turn.shows.size === 0 && turn.changed.size === 0;

/** Something was learned that has to be worked into the store, though it is neither durable nor seen. */
export function noteStir(turn: Turn): void {
  turn.stirred = true;
}

/** The store's durable judgement changed. */
export function noteDurable(turn: Turn, store: StoreEntry): void {
  turn.stirred = true;
  turn.saves.add(store.key);
}

/** The store's durable judgement changed, and with it what people see. */
export function noteChange(turn: Turn, store: StoreEntry): void {
  noteDurable(turn, store);
  turn.shows.add(store.key);
}

/** The incident changed; a reason given becomes an entry of its timeline, dated `at` or now. */
export function noteIncident(
  turn: Turn,
  incident: OpenIncident,
  reason?: Reason,
  desk?: IncidentChange['desk'],
  at = turn.now,
): void {
  let change = turn.changed.get(incident);
  if (!change) {
    change = { entries: [], desk: undefined, comments: 0, origins: new Set(), reopens: new Set() };
    turn.changed.set(incident, change);
  }
  if (reason) change.entries.push({ at, reason });
  if (desk) change.origins.add(turn.origin);
  // A ticket that opens in this step tells all of it: an update beside it would say the same again.
  if (desk && (desk !== 'update' || change.desk === undefined)) change.desk = desk;
  turn.stirred = true;
  turn.saves.add(incident.incident.store);
  turn.shows.add(incident.incident.store);
}

/** Somebody said something of the incident. */
export function noteComment(turn: Turn, open: OpenIncident, said: { by: string; text: string; id?: string }): void {
  const { now: at, origin: desk } = turn;
  const { by, text, id } = said;
  const from = { ...(desk !== undefined && { desk }), ...(id !== undefined && { id }) };
  open.incident.comments = withComment(open.incident.comments, { at, by, text, ...from });
  noteIncident(turn, open, { code: 'incident.commented', params: { by, text } });
  const change = turn.changed.get(open);
  if (!change) return;
  change.comments++;
  change.origins.add(desk);
}

/** Whether it opened in this very turn. */
export const isNew = (open: OpenIncident, turn: Turn): boolean => turn.changed.get(open)?.desk === 'open';

/** The incident as it is now, safe to keep. */
export function snapshotOf({ incident, alerts }: OpenIncident): Incident {
  return { ...incident, cause: { ...incident.cause }, alerts: [...alerts.values()] };
}

/** What the shell has to carry out for this turn: one `save` and one `show` per store at most. */
export function effectsOf(turn: Turn): Effect[] {
  const store = (kind: 'save' | 'show') => (key: StoreKey) => ({ kind, store: key });
  const incidents = [...turn.changed].map(([incident, { entries, desk, comments, origins, reopens }]): Effect => {
    const [origin] = origins.size === 1 ? origins : [];
    return {
      kind: 'incident',
      incident: snapshotOf(incident),
      entries,
      ...(desk !== undefined && { desk }),
      ...(comments > 0 && { comments }),
      ...(origin !== undefined && { origin }),
      ...(reopens.size > 0 && { reopens: [...reopens] }),
    };
  });
  return [...incidents, ...[...turn.saves].map(store('save')), ...[...turn.shows].map(store('show'))];
}
