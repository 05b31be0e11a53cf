import type { NoData } from '../engine/types.ts';
import { toSeconds } from './rule-pack-schema.ts';
import type { RuleFault } from './schema-faults.ts';

/** What a rule writes of data that stays away. */
export interface WrittenNoData {
  noData?: 'keep' | 'alert' | 'resolve';
  after?: string;
}

/** An answer and the time it waits belong together. */
export function faultsOfNoData({ noData = 'keep', after }: WrittenNoData, path: string): RuleFault[] {
  if (noData === 'keep') {
    return after === undefined ? [] : [{ path: `${path}/after`, message: 'is only for noData: alert or resolve' }];
  }
  if (after === undefined) return [{ path: `${path}/after`, message: `must be given with noData: ${noData}` }];
  return toSeconds(after) > 0 ? [] : [{ path: `${path}/after`, message: 'must be more than nothing' }];
}

export function noDataOf({ noData = 'keep', after = '' }: WrittenNoData): { noData?: NoData } {
  return noData === 'keep' ? {} : { noData: { does: noData, afterS: toSeconds(after) } };
}
