import type { DeviceEntry } from '../state.ts';
import type { ForecastRule } from '../types.ts';
import { Samples } from './samples.ts';
import type { Watch } from './watch.ts';

/** A watch in a store's row: what it is of, which of them, when it was last sampled, to the next, its samples. */
export type SavedWatch = [
  rule: string,
  quantity: string,
  apart: (string | null)[],
  sampledAt: number,
  stepMs: number,
  samples: number[],
];

export const saveWatches = ({ watches = [] }: DeviceEntry): SavedWatch[] =>
  watches.map(({ rule, apart, samples, sampledAt, stepMs }) => [
    rule.id,
    quantityOf(rule),
    apart.map((is) => is ?? null),
    sampledAt,
    stepMs,
    samples.save(),
  ]);

/** What was kept for rules that are gone, or that are now about another quantity, is left out. */
export function loadWatches(device: DeviceEntry, saved: readonly SavedWatch[]): void {
  const watches = saved.flatMap(([id, quantity, apart, sampledAt, stepMs, samples]): Watch[] => {
    const rule = [...device.judged.forecasts.values()].flat().find((one) => one.id === id);
    if (!rule || quantityOf(rule) !== quantity) return [];
    const is = apart.map((text) => text ?? undefined);
    return [{ rule, apart: is, samples: Samples.load(samples), sampledAt, stepMs }];
  });
  device.watches = watches.length === 0 ? undefined : watches;
}

/** All that decides which readings a sample may be of. */
export const quantityOf = ({ measurement, field, tags, by, when }: ForecastRule): string =>
  [measurement, field, ...Object.entries(tags).flat(), ...by, ...Object.entries(when).flat()].join(' ');
