import type { ConfigStanding } from '../../dashboard/ports.ts';
import type { ConfigState } from '../../protocol/agent-config.ts';
import type { Numbered } from '../ports.ts';

export interface Told {
  bornAt: number;
  state: ConfigState | undefined;
}

/** How a device stands to what it is to run. */
export function standingOf(wanted: Pick<Numbered, 'version'> | undefined, told: Told | undefined): ConfigStanding {
  if (!wanted) return 'none';
  if (!told) return 'unheard';
  if (!told.state) return 'deaf';
  const { applied, refused } = told.state;
  if (applied === wanted.version) return 'applied';
  return refused && (refused.version ?? wanted.version) >= wanted.version ? 'refused' : 'behind';
}

/** The newest version of ours an agent has ever had: a server whose store was put back counts on from there. */
export function newestTold(told: Told | undefined): number {
  const { applied = 0, refused } = told?.state ?? {};
  const judged = refused && refused.reason !== 'outdated' && refused.reason !== 'signature' ? refused.version : 0;
  return Math.max(applied, judged ?? 0);
}

/** How long after it was told an agent that is born and still behind has missed it. */
const MISSED_MS = 30_000;

/** Whether an agent has connected since it was told, and knows nothing of it: its broker has forgotten. */
export const hasMissed = (wanted: Numbered, told: Told | undefined): boolean =>
  standingOf(wanted, told) === 'behind' && (told?.bornAt ?? 0) > wanted.publishedAt + MISSED_MS;
