import type { DeviceKind } from '../../../protocol/inventory.ts';
import type { DeviceKey, StoreKey } from '../../../protocol/names.ts';
import { fraction, hashText } from '../random.ts';
import type { HappeningKind } from '../scenario.ts';

/** Something that was done to a store or to one of its devices: the truth that judgement is compared with. */
export interface Fault {
  id: string;
  what: HappeningKind;
  store: StoreKey;
  /** The device at fault; absent when it is the store as a whole. */
  device?: DeviceKey;
  /** Milliseconds since 1970. */
  from: number;
  /** Milliseconds since 1970: the instant from which it is no more. */
  until: number;
}

/** What a fault does to one device of its store at one instant. Nothing of it: the device is as usual. */
export interface Effect {
  /** The store’s link carries nothing, and nobody is told. */
  linkCut?: true;
  /** The device answers nothing and measures nothing. */
  silent?: true;
  /** Its gateway has noticed that it doesn’t answer. */
  unreachable?: true;
  uplinkDown?: true;
  onBattery?: true;
  /** From 0 to 1. */
  diskFill?: number;
  /** Since when a till sells nothing, milliseconds since 1970. */
  unsoldSince?: number;
}

/** One device of a store, as faults see it. */
export interface Struck {
  key: DeviceKey;
  kind: DeviceKind;
}

export interface FaultKind {
  /** The kinds of device it strikes, one of them at a time; undefined: the store as a whole. */
  strikes?: readonly DeviceKind[];
  /** Whether a device starts anew when the fault ends. */
  reboots(fault: Fault, device: Struck): boolean;
  /** Called only while the fault is in force, for every device of the store. */
  effect(fault: Fault, device: Struck, at: number): Effect;
}

const NONE: Effect = {};
const NOTICED_AFTER_MS = { min: 4_000, max: 8_000 };

/** The effect of a device that went silent at `from`: its gateway notices after some unanswered pings. */
export function silence(fault: Fault, device: Struck, from: number, at: number): Effect {
  if (at < from) return NONE;
  const draw = fraction(hashText(0, `${fault.id} ${device.key}`));
  const patience = NOTICED_AFTER_MS.min + draw * (NOTICED_AFTER_MS.max - NOTICED_AFTER_MS.min);
  // A day that runs fast has short faults; they are noticed all the same.
  const noticedAt = from + Math.min(patience, (fault.until - from) / 4);
  return at < noticedAt ? { silent: true } : { silent: true, unreachable: true };
}

/** A fault that silences the one device it struck. */
export const silencesOne = (strikes: readonly DeviceKind[], reboots: boolean): FaultKind => ({
  strikes,
  reboots: (fault, device) => reboots && device.key === fault.device,
  effect: (fault, device, at) => (device.key === fault.device ? silence(fault, device, fault.from, at) : NONE),
});
