import type { DeviceEvent } from '../../../protocol/events.ts';
import type { Say } from '../../words.ts';
import { type Bucket, createBucket } from './bucket.ts';

/** Decides what of a device's events is told, and when. Instants are milliseconds of a clock that never jumps. */
export interface Told {
  /** True: to be told now. What is not is counted, and comes out of `due`. */
  take(device: string, event: DeviceEvent, nowMs: number): boolean;
  /** Repetitions and what was too much, counted, whose time has come. */
  due(nowMs: number): [device: string, event: DeviceEvent][];
  /** The device is watched no longer. */
  forget(device: string): void;
}

interface Same {
  /** The last of them. */
  event: DeviceEvent;
  sinceMs: number;
  repeated: number;
}

interface Device {
  bucket: Bucket;
  /** By what they say, the longest untold first. */
  same: Map<string, Same>;
  /** Events that were too many. */
  over: { count: number; sinceMs: number; at: number } | undefined;
}

const SAME_MS = 60_000;
const SAME_MAX = 100;
const OVER_MS = 60_000;
const BURST = 20;
const ONE_EVERY_MS = 10_000;
const BURST_ALL = 200;
const ONE_EVERY_MS_ALL = 50;
/** The code of what sums up those that were too many. */
const TOO_MANY = 'too-many-traps';

export function createTold(say: Say): Told {
  const devices = new Map<string, Device>();
  const all = createBucket(BURST_ALL, ONE_EVERY_MS_ALL);

  function deviceOf(name: string): Device {
    const device = devices.get(name) ?? { bucket: createBucket(BURST, ONE_EVERY_MS), same: new Map(), over: undefined };
    devices.set(name, device);
    return device;
  }

  const hasTurn = (device: Device, nowMs: number): boolean => device.bucket.take(nowMs) && all.take(nowMs);

  const repetitions = ({ event, repeated }: Same): DeviceEvent =>
    repeated < 2 ? event : { ...event, count: repeated };

  /** Counts them among those that are not told one by one. */
  function fold(device: Device, count: number, at: number, nowMs: number): void {
    if (count === 0) return;
    device.over ??= { count: 0, sinceMs: nowMs, at };
    device.over.count += count;
    device.over.at = Math.max(device.over.at, at);
  }

  function remember(device: Device, identity: string, event: DeviceEvent, nowMs: number): void {
    device.same.delete(identity);
    device.same.set(identity, { event, sinceMs: nowMs, repeated: 0 });
    const [oldest] = device.same;
    if (device.same.size <= SAME_MAX || oldest === undefined) return;
    device.same.delete(oldest[0]);
    fold(device, oldest[1].repeated, oldest[1].event.at, nowMs);
  }

  function repeatedOf(device: Device, nowMs: number): DeviceEvent[] {
    return [...device.same].flatMap(([identity, same]) => {
      if (nowMs - same.sinceMs < SAME_MS) return [];
      device.same.delete(identity);
      if (same.repeated === 0) return [];
      // It still goes on, perhaps: what comes next is one more repetition.
      remember(device, identity, same.event, nowMs);
      if (hasTurn(device, nowMs)) return [repetitions(same)];
      fold(device, same.repeated, same.event.at, nowMs);
      return [];
    });
  }

  function overOf(device: Device, nowMs: number): DeviceEvent[] {
    const { over } = device;
    if (over === undefined || nowMs - over.sinceMs < OVER_MS) return [];
    device.over = undefined;
    const text = say({
      fr: `Trop de notifications à la fois\u202f: ${over.count} de plus n’ont pas été détaillées.`,
      en: `Too many notifications at once: ${over.count} more were not told one by one.`,
    });
    const event: DeviceEvent = { at: over.at, source: 'trap', code: TOO_MANY, severity: 'info', text };
    return [over.count < 2 ? event : { ...event, count: over.count }];
  }

  return {
    take(name, event, nowMs) {
      const device = deviceOf(name);
      const identity = JSON.stringify([event.code, event.key, event.values]);
      const same = device.same.get(identity);
      if (same && (same.repeated > 0 || nowMs - same.sinceMs < SAME_MS)) {
        same.event = event;
        same.repeated++;
        return false;
      }
      if (hasTurn(device, nowMs)) {
        remember(device, identity, event, nowMs);
        return true;
      }
      fold(device, 1, event.at, nowMs);
      return false;
    },
    due(nowMs) {
      return [...devices].flatMap(([name, device]) => {
        const events = [...repeatedOf(device, nowMs), ...overOf(device, nowMs)];
        return events.map((event): [string, DeviceEvent] => [name, event]);
      });
    },
    forget: (name) => void devices.delete(name),
  };
}
