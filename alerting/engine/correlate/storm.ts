import type { MajorIncident } from '../../../protocol/majors.ts';
import { type ChainState, isRecent, loose, parentOf } from './chain-state.ts';
import type { Correlation } from './correlation.ts';
import { type Failure, isPlanned } from './failure.ts';

/** A storm goes on while new incidents still come at this share of the rate that makes one. */
const GOES_ON = 0.5;

export interface Storm {
  told: Pick<MajorIncident, 'cause' | 'title' | 'fold'>;
  failures: Failure[];
}

/** Too many at once, whatever they have in common; undefined while they are not, or one is told of already. */
export function stormIn(chain: ChainState, { storm, stores: least }: Correlation, now: number): Storm | undefined {
  const { incidents, withinS } = storm;
  if ([...chain.majors.values()].some(({ trait }) => trait === undefined)) return undefined;
  const recent = loose(chain).filter((failure) => isRecent(failure, withinS, now));
  if (recent.length <= incidents) return undefined;
  const stores = new Set(recent.map(({ store }) => store)).size;
  if (stores < least) return undefined;
  return {
    told: {
      cause: { kind: 'storm' },
      title: { code: 'major.storm', params: {} },
      fold: { code: 'major.rate', params: { incidents: recent.length, seconds: withinS, stores } },
    },
    failures: recent,
  };
}

/** Whether what comes still comes as fast: in the storm, or not yet. */
export function isStormy(chain: ChainState, { storm: { incidents, withinS } }: Correlation, now: number): boolean {
  let count = 0;
  for (const failure of chain.failures.values()) {
    const parent = parentOf(chain, failure.view.key);
    if (!isPlanned(failure) && (!parent || parent.trait === undefined) && isRecent(failure, withinS, now)) count++;
  }
  return count > incidents * GOES_ON;
}
