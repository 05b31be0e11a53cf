import type { DeviceKind, OpeningHours } from '../../../protocol/inventory.ts';
import type { Procedure } from '../../../protocol/procedures.ts';
import type { Priority } from '../../../protocol/weights.ts';

/** What an incident can be about: a device, by its kind, a whole store, or several of them. */
export type CaseKind = DeviceKind | 'store' | 'major';

/** Which incidents are meant: those that fit all that is said. */
export interface CaseFilter {
  /** Names, `*` standing for any run of characters. */
  chains?: readonly string[];
  regions?: readonly string[];
  groups?: readonly string[];
  kinds?: readonly CaseKind[];
  /** Names of the rules that found the cause, with `*`. */
  rules?: readonly string[];
  /** Codes of causes, with `*`: `presence.*`. */
  causes?: readonly string[];
  models?: readonly string[];
  priorities?: readonly Priority[];
  /** Of the store, or hours of one’s own in its time zone. */
  hours?: 'open' | 'closed' | OpeningHours;
}

/** How incidents of some causes are handled. */
export interface IncidentModel extends Procedure {
  when: CaseFilter;
  /** By the desk’s own names. */
  category?: string;
  team?: string;
}

/** Who hears of some incidents, and when. */
export interface Route {
  id: string;
  when: CaseFilter;
  /** Names of desks; none where it is empty, all of them where it is left out. */
  desks?: readonly string[];
  category?: string;
  team?: string;
  /** Name of the calendar that says who is on call. */
  onCall?: string;
  /** What is opened in these hours is told when they are over, if it still stands: those of the store’s closing, or one’s own. */
  quiet?: 'closed' | OpeningHours;
  /** Desks that are told once a day, of all there was since; `at`: `HH:MM` at the store. */
  digest?: { desks: readonly string[]; at: string };
}

export interface RoutingRules {
  models?: readonly IncidentModel[];
  routes?: readonly Route[];
}
