import { SUSPECT_MINUTES } from '../../../protocol/maintenance.ts';
import type { Reason } from '../../../protocol/reasons.ts';
import { servesAllLanes } from '../impact.ts';
import type { DeviceEntry, OpenIncident, StoreEntry, Turn } from '../state.ts';
import { noteIncident } from '../turn.ts';
import type { Planned } from './cover.ts';
import { namesOf } from './suppress.ts';
import type { Occurrence, WindowSchedule } from './window-schedule.ts';

/** A ticket is read on a phone. */
const MAX_SUSPECTS = 3;
const MINUTE_MS = 60_000;

/**
 * Names in every open incident the changes that were under way when it began, or had ended not long before: those of its
 * cause, and of what its cause depends on. One that is only written down afterwards is named then.
 */
export function nameSuspects(store: StoreEntry, turn: Turn): void {
  if (store.planned === undefined) return;
  for (const open of store.incidents.values()) {
    const { incident } = open;
    for (const { reason } of suspectsOf(store, open)) {
      const known = incident.suspects ?? [];
      if (known.length >= MAX_SUSPECTS || known.some(({ params }) => params?.id === reason.params?.id)) continue;
      incident.suspects = [...known, reason];
      noteIncident(turn, open, reason, 'update');
    }
  }
}

/** What was found for an incident's beginning, which is asked again at every settling of its store while it is open. */
const found = new WeakMap<WindowSchedule, Map<number, Occurrence | undefined>>();
const MOST_FOUND = 256;

function lastNear({ window, schedule }: Planned, since: number): Occurrence | undefined {
  let known = found.get(schedule);
  if (!known || known.size >= MOST_FOUND) {
    known = new Map();
    found.set(schedule, known);
  }
  if (known.has(since)) return known.get(since);
  const afterMs = (window.suspectMinutes ?? SUSPECT_MINUTES) * MINUTE_MS;
  const last = schedule.between(since - afterMs, since + 1).at(-1);
  known.set(since, last);
  return last;
}

/** The one that began last is the likeliest. */
function suspectsOf(store: StoreEntry, { incident }: OpenIncident): { reason: Reason; from: number }[] {
  const { since } = incident;
  return plannedFor(store, incident.cause)
    .flatMap((planned) => {
      const last = lastNear(planned, since);
      if (!last) return [];
      const { window } = planned;
      const reason: Reason = { code: 'change.suspect', params: { ...namesOf(window), who: window.who } };
      return [{ reason, from: last.from }];
    })
    .sort((a, b) => b.from - a.from);
}

function plannedFor(store: StoreEntry, { kind, target }: OpenIncident['incident']['cause']): readonly Planned[] {
  if (kind === 'store') return store.planned ?? [];
  const device = store.devices.find(({ key }) => key === target);
  const found = new Set(device?.planned);
  for (const other of store.devices) {
    if (other !== device && !servesAllLanes(other) && !carries(other, device)) continue;
    for (const planned of other.planned ?? []) found.add(planned);
  }
  return [...found];
}

function carries(other: DeviceEntry, device: DeviceEntry | undefined): boolean {
  for (let at = device?.watcher; at !== undefined; at = at.watcher) if (at === other) return true;
  return false;
}
