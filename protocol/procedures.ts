import type { Locale } from './inventory.ts';

/** What is done about an incident, and by whom, by the house’s own rules; as it was when the incident was last told. */
export interface Handled {
  model?: Procedure;
  /** Of the ticket, by the desk’s own name. */
  category?: string;
  /** Who gets it, by the desk’s own name. */
  team?: string;
  /** Who was on call. */
  onCall?: string;
}

/** What a house does about a cause: a procedure of its service desk’s own. */
export interface Procedure {
  id: string;
  title: Record<Locale, string>;
  /** As its authors number it. */
  version?: string;
  /** What to do, in order. */
  steps?: Record<Locale, string[]>;
  /** Actions of the device’s agent that may be of use, by name. */
  actions?: string[];
}
