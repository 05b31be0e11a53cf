import type { Point } from '../../../protocol/messages.ts';
import type { Judged } from '../compile-rules.ts';
import type { ForecastRule } from '../types.ts';
import { Samples } from './samples.ts';

/** The readings kept of one quantity of a device, for one rule. */
export interface Watch {
  readonly rule: ForecastRule;
  /** Of each tag in the rule's `by`, what this quantity's points bear. */
  readonly apart: readonly (string | undefined)[];
  readonly samples: Samples;
  /** When the last sample was taken; 0 before the first. */
  sampledAt: number;
  /** Milliseconds from it to the next. */
  stepMs: number;
}

/** A device, as far as its readings are kept. */
interface Watched {
  watches: Watch[] | undefined;
  judged: Pick<Judged, 'rules'>;
}

/** Tags are the agents' choice: beyond this many on a device, new ones are left out. */
const MAX_WATCHES_PER_DEVICE = 16;
/** One that was not read for so long gives its place to a new one, and its alert ends. */
const FORGOTTEN_MS = 3 * 86_400_000;

export const isForgotten = ({ sampledAt }: Watch, now: number): boolean => now - sampledAt > FORGOTTEN_MS;

/** What is kept of the point's quantity, begun if need be. Asked at each reading: makes no garbage when it is there. */
export function watchOf(device: Watched, rule: ForecastRule, point: Point, now: number): Watch | undefined {
  device.watches ??= [];
  for (const watch of device.watches) if (watch.rule === rule && isOf(watch, point)) return watch;
  if (device.watches.length >= MAX_WATCHES_PER_DEVICE) {
    const forgotten = device.watches.findIndex((watch) => isForgotten(watch, now));
    if (forgotten < 0) return undefined;
    device.watches.splice(forgotten, 1);
  }
  const apart = rule.by.map((tag) => point.t?.[tag]);
  const watch: Watch = { rule, apart, samples: new Samples(), sampledAt: 0, stepMs: 0 };
  device.watches.push(watch);
  return watch;
}

/** Forgets the readings kept for rules that no longer judge the device. */
export function endWatches(device: Watched): void {
  if (!device.watches) return;
  const left = device.watches.filter(({ rule }) => device.judged.rules.has(rule));
  device.watches = left.length === 0 ? undefined : left;
}

function isOf({ rule, apart }: Watch, point: Point): boolean {
  for (let index = 0; index < apart.length; index++) {
    if (point.t?.[rule.by[index] as string] !== apart[index]) return false;
  }
  return true;
}
