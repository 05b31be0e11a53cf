import type { Locale } from '../../../protocol/inventory.ts';
import type { DeviceKey } from '../../../protocol/names.ts';
import type { Satisfaction, StoreWord } from '../../../protocol/store-words.ts';
import type { DeviceView, IncidentView, StoreTile } from '../../../protocol/views.ts';
import { isOver } from '../../../protocol/weights.ts';

/** All that a store’s page is made of. */
export interface KnownOfStore {
  locale: Locale;
  timeZone: string;
  tile: StoreTile;
  devices: readonly DeviceView[];
  /** Open ones, and those resolved lately. */
  incidents: readonly IncidentView[];
  words: readonly StoreWord[];
  /** By the incident’s number. */
  answers: ReadonlyMap<number, Satisfaction>;
  now: number;
}

/** Resolved so lately that the store is asked whether all is well. */
export const ASKED_FOR_MS = 72 * 3_600_000;
const MOST_ASKED = 5;

/** The store’s tills, in the order of its lanes. */
export const lanesOf = (devices: readonly DeviceView[]): DeviceView[] =>
  devices.filter(({ lane }) => lane !== undefined).sort((a, b) => (a.lane ?? 0) - (b.lane ?? 0));

/** What a store’s people have to know: what is open and about their store as a whole, their tills, or what they can see fail. */
export function openIncidents({ incidents }: KnownOfStore, device: DeviceKey | undefined): IncidentView[] {
  const open = incidents.filter(({ state }) => !isOver(state));
  const ofPage = device === undefined ? open : open.filter((incident) => concerns(incident, device));
  return ofPage.sort((a, b) => a.priority - b.priority || a.since - b.since);
}

/** What the store is asked about: the last few that are over, and cost it something or were told by itself. */
export const askedAbout = ({ incidents, now }: KnownOfStore, device: DeviceKey | undefined): IncidentView[] =>
  incidents
    .filter(({ state, resolvedAt }) => isOver(state) && now - (resolvedAt ?? 0) < ASKED_FOR_MS)
    .filter((incident) => device === undefined || concerns(incident, device))
    .sort((a, b) => (b.resolvedAt ?? 0) - (a.resolvedAt ?? 0))
    .slice(0, MOST_ASKED);

const concerns = ({ cause, alerts }: IncidentView, device: DeviceKey): boolean =>
  cause.kind === 'store' || cause.target === device || alerts.some((alert) => alert.device === device);
