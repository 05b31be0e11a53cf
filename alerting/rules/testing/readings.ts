import type { Point } from '../../../protocol/messages.ts';
import type { CheckStatus } from '../../../protocol/status.ts';
import type { Series } from './scenario.ts';
import { toMs } from './spans.ts';
import { readNumbers, readStatuses } from './values.ts';

/** What a device's reports say from some time on, in milliseconds since the start. */
export interface Sample {
  at: number;
  of: string;
  /** The series it is of. */
  series: number;
  points: readonly Point[];
  statuses: readonly CheckStatus[];
}

const EVERY = '30s';

/** The samples of all series, in the order of time. A missing one says nothing. */
export function samplesOf(all: readonly Series[]): Sample[] {
  return all.flatMap(samplesOfOne).sort((a, b) => a.at - b.at);
}

function samplesOfOne(
  { of, reading, tags, with: beside, check, from = '0s', every = EVERY, values }: Series,
  series: number,
) {
  const base = { of, series, points: [], statuses: [] };
  const at = (nth: number) => toMs(from) + nth * toMs(every);
  if (check !== undefined) {
    return readStatuses(values).map(
      (status, nth): Sample => ({ ...base, at: at(nth), statuses: status === undefined ? [] : [{ check, status }] }),
    );
  }
  const [m = '', field = ''] = (reading ?? '').split(' ');
  const point = (value: number): Point => ({ m, ...(tags && { t: tags }), f: { ...beside, [field]: value } });
  return readNumbers(values).map(
    (value, nth): Sample => ({ ...base, at: at(nth), points: value === undefined ? [] : [point(value)] }),
  );
}
