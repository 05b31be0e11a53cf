import type { Reason } from '../../protocol/reasons.ts';
import type { EscalationLevel } from '../../protocol/views.ts';
import { endedFor, mayReopen, reopenIncident, storeOfIncident } from './reopen.ts';
import { stopResponding } from './sla-clocks.ts';
import type { OpenIncident, Turn } from './state.ts';
import { noteIncident } from './turn.ts';

/*
 * Who has an incident, and that somebody works on it. Whoever takes it on is told; doing so twice changes nothing.
 */

/** Someone takes the incident. */
export function acknowledge(turn: Turn, key: string, by: string): void {
  const open = turn.state.incidents.get(key);
  if (open?.incident.state !== 'new') return;
  open.incident.state = 'acknowledged';
  takeOn(open, by, turn);
  noteIncident(turn, open, { code: 'incident.acknowledged', params: { by } }, 'update');
}

/** Someone begins to work on it, and has it in hand by that; what was on hold is so no more. */
export function start(turn: Turn, key: string, by: string): void {
  const open = turn.state.incidents.get(key);
  if (!open || open.incident.state === 'in-progress') return;
  if (open.incident.acknowledgedAt === undefined) takeOn(open, by, turn);
  open.incident.state = 'in-progress';
  delete open.incident.hold;
  noteIncident(turn, open, { code: 'incident.started', params: { by } }, 'update');
}

/** It is somebody's, or nobody's, at a level of support. */
export function assign(
  turn: Turn,
  key: string,
  { by, owner, level }: { by: string; owner?: string; level?: EscalationLevel },
): void {
  const open = turn.state.incidents.get(key);
  if (!open) return;
  const { incident } = open;
  const before = incident.level ?? 1;
  const next = level ?? before;
  if (owner === incident.owner && next === before) return;
  if (owner === undefined) delete incident.owner;
  else incident.owner = owner;
  if (next === 1) delete incident.level;
  else incident.level = next;
  const params = { by, ...(owner !== undefined && { owner }), level: `N${next}` };
  noteIncident(turn, open, { code: 'incident.assigned', params }, 'update');
}

/** Someone says that it was not mended. It stays open for as long as it might have been opened again. */
export function reopen(turn: Turn, key: string, { by, why }: { by: string; why?: string }): void {
  const store = turn.state.stores.get(storeOfIncident(key));
  const open = store?.ended.get(key);
  if (!store || !open || !mayReopen(store, open, turn)) return;
  const seconds = endedFor(open, turn.now);
  const reason: Reason = { code: 'incident.reopened', params: { by, ...(why !== undefined && { why }), seconds } };
  reopenIncident(store, open, reason, turn);
  open.lingers = true;
}

function takeOn(open: OpenIncident, by: string, turn: Turn): void {
  open.incident.acknowledgedAt = turn.now;
  open.incident.acknowledgedBy = by;
  stopResponding(open, turn);
}
