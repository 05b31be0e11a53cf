import type { DeviceKey, StoreKey } from '../../../protocol/names.ts';

/** What a network operations centre would call the cause, whatever a supervision says. */
const CAUSES = [
  /** The store's mains, or those of its lanes. */
  'power',
  /** The store's way out: its line or its router. */
  'way-out',
  /** It lives on its backup link. */
  'backup-link',
  /** A device is gone: dead, hung, unplugged, restarting. */
  'device-gone',
  /** The machine is there, the software that speaks for it died. */
  'software-died',
  /** A program that must run does not. */
  'program',
  'payment',
  'paper',
  'disk',
  'certificate',
  'cpu',
  'memory',
  /** Sales wait in the store. */
  'sales-wait',
] as const;
export type CauseName = (typeof CAUSES)[number];

/** Something that was done to a store, and what people should hear of it. Times are milliseconds since 1970. */
export interface TrueFault {
  id: string;
  kind: string;
  store: StoreKey;
  /** The device at fault; absent when it is the store as a whole. */
  device?: DeviceKey;
  from: number;
  until: number;
  cause: CauseName;
  /** What an incident should name. */
  target: DeviceKey | StoreKey;
  /** What of the store it disturbs. */
  touches: 'store' | readonly DeviceKey[];
  /**
   * `told`: somebody has to act. `shown`: a state of the store, for which nobody is called. `silent`: nobody should hear of
   * it. `either`: neither would be wrong.
   */
  expected: 'told' | 'shown' | 'silent' | 'either';
  /** Since when it is anybody's business: a till's only while its store is open, nothing during planned work. */
  tellFrom: number;
  /** Since when it may be told, where that is earlier: by the check before the opening. */
  mayTellFrom?: number;
  /** Milliseconds until it has reached all that it touches; until then less may be known of it. Left out: at once. */
  unfoldsMs?: number;
  /** Something breaks at once; otherwise it creeps, or a check has to look for it. */
  isHard: boolean;
  /** How its loss can be seen: the system closes its connections, nothing is said any more, or a check finds it. */
  seenBy: 'close' | 'silence' | 'check';
  /** Faults of one common cause bear the same. */
  group?: string;
  /** What sets the stores of a common cause apart. */
  attribute?: { name: string; value: string };
}

/** A value that some stores have, and that may be why they fail. */
export interface Shared {
  /** The common cause; absent where nothing fails by it. */
  group?: string;
  attribute: { name: string; value: string };
  /** The stores that have it, and since when; the beginning: always. */
  since: Record<StoreKey, number>;
  /** Single faults that look like it. */
  alike: readonly string[];
}

export interface Truth {
  seed: number;
  stores: number;
  days: number;
  from: number;
  until: number;
  faults: TrueFault[];
  shared: Shared[];
  /** How many values of attributes some three stores have and others have not: so many causes there might be. */
  values: number;
}

/** @throws Error when the text is no truth: a score against nothing must not pass. */
export function readTruth(text: string): Truth {
  const truth = JSON.parse(text) as Truth;
  if (!Array.isArray(truth.faults) || truth.faults.length === 0) throw new Error('the truth holds no fault');
  for (const { id, cause, store } of truth.faults)
    if (!CAUSES.includes(cause) || !store) throw new Error(`the truth does not say what ${id} is`);
  return truth;
}
