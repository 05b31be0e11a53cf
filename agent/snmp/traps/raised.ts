import type { CheckStatus } from '../../../protocol/status.ts';
import type { Interpreted } from './interpret.ts';

/**
 * What traps have raised and nothing has taken back yet, by device; what was taken back stays for a day as `ok`, so that the
 * centre hears of it even where one report is lost or overtaken. Instants are milliseconds of a clock that never jumps.
 */
export interface Raised {
  /** The statuses that a trap changed. */
  take(device: string, trap: Interpreted, nowMs: number): CheckStatus[];
  /** A look at the device that began then shows that it is over: not of what a trap has said since. */
  disprove(device: string, check: string, beganMs: number, nowMs: number): CheckStatus[];
  /** What nobody has repeated for an hour, by device. */
  expire(nowMs: number): [device: string, statuses: CheckStatus[]][];
  /** All that is up, and what was of late. */
  of(device: string): CheckStatus[];
  /** The device is watched no longer. */
  forget(device: string): void;
  /** All of it by device, where it is no longer what it was when this was last asked. */
  changed(): Record<string, CheckStatus[]> | undefined;
}

interface Up {
  status: CheckStatus;
  lastMs: number;
}

interface Device {
  up: Map<string, Up>;
  /** When each check was taken back, the oldest first. */
  over: Map<string, number>;
}

const REPEATED_WITHIN_MS = 3_600_000;
const CHECKS_MAX = 50;
const OVER_MS = 24 * 3_600_000;
const OVER_MAX = 100;
/** One check for all that have no place of their own: nothing that was raised is hidden. */
const OTHERS = 'trap:others';

const ok = (check: string): CheckStatus => ({ check, status: 'ok' });

/** @param before what an earlier run had: from `nowMs` on it has its whole time again. */
export function createRaised(before: Readonly<Record<string, readonly CheckStatus[]>> = {}, nowMs = 0): Raised {
  const devices = new Map(
    Object.entries(before).map(([device, statuses]): [string, Device] => {
      const up = statuses.filter(({ status }) => status !== 'ok');
      const over = statuses.filter(({ status }) => status === 'ok');
      return [
        device,
        {
          up: new Map(up.map((status) => [status.check, { status, lastMs: nowMs }])),
          over: new Map(over.map(({ check }) => [check, nowMs])),
        },
      ];
    }),
  );
  let isChanged = false;

  function lower(name: string, check: string, nowMs: number): CheckStatus[] {
    const device = devices.get(name);
    if (!device?.up.delete(check)) return [];
    isChanged = true;
    device.over.set(check, nowMs);
    const [oldest] = device.over.keys();
    if (device.over.size > OVER_MAX && oldest !== undefined) device.over.delete(oldest);
    return [ok(check)];
  }

  function raise(name: string, wanted: CheckStatus, nowMs: number): CheckStatus[] {
    const device = devices.get(name) ?? { up: new Map<string, Up>(), over: new Map<string, number>() };
    devices.set(name, device);
    const { up, over } = device;
    const hasPlace = up.has(wanted.check) || up.size < CHECKS_MAX - 1;
    const status = hasPlace ? wanted : { ...wanted, check: OTHERS };
    const before = up.get(status.check)?.status;
    up.set(status.check, { status, lastMs: nowMs });
    over.delete(status.check);
    if (before?.status === status.status && before.text === status.text) return [];
    isChanged = true;
    return [status];
  }

  /** Those of a day ago. */
  function forgetOver(name: string, { up, over }: Device, nowMs: number): void {
    for (const [check, sinceMs] of over) {
      if (nowMs - sinceMs < OVER_MS) break;
      isChanged = true;
      over.delete(check);
    }
    if (up.size + over.size === 0) devices.delete(name);
  }

  function of(name: string): CheckStatus[] {
    const device = devices.get(name);
    if (!device) return [];
    return [...Array.from(device.up.values(), ({ status }) => status), ...Array.from(device.over.keys(), ok)];
  }

  return {
    take(device, { event, raises, clears }, nowMs) {
      return [
        ...clears.flatMap((check) => lower(device, check, nowMs)),
        ...(raises ? raise(device, { ...raises, text: event.text }, nowMs) : []),
      ];
    },
    disprove(device, check, beganMs, nowMs) {
      const lastMs = devices.get(device)?.up.get(check)?.lastMs;
      return lastMs !== undefined && lastMs < beganMs ? lower(device, check, nowMs) : [];
    },
    expire(nowMs) {
      return [...devices].flatMap(([name, device]): [string, CheckStatus[]][] => {
        forgetOver(name, device, nowMs);
        const expired = [...device.up].filter(([, { lastMs }]) => nowMs - lastMs >= REPEATED_WITHIN_MS);
        return expired.length === 0 ? [] : [[name, expired.flatMap(([check]) => lower(name, check, nowMs))]];
      });
    },
    of,
    forget(device) {
      if (devices.delete(device)) isChanged = true;
    },
    changed() {
      if (!isChanged) return undefined;
      isChanged = false;
      return Object.fromEntries(Array.from(devices.keys(), (device) => [device, of(device)]));
    },
  };
}
