import type { CheckStatus } from '../../../protocol/status.ts';
import type { Interpreted } from './interpret.ts';

/** What traps have raised and nothing has taken back yet, by device. Instants are milliseconds of a clock that never jumps. */
export interface Raised {
  /** The statuses that a trap changed. */
  take(device: string, trap: Interpreted, nowMs: number): CheckStatus[];
  /** A look at the device shows that it is over. */
  disprove(device: string, check: string): CheckStatus[];
  /** What nobody has repeated for an hour, by device. */
  expire(nowMs: number): [device: string, statuses: CheckStatus[]][];
  /** All that is up. */
  of(device: string): CheckStatus[];
  /** The device is watched no longer. */
  forget(device: string): void;
  /** All that is up, by device. */
  all(): Record<string, CheckStatus[]>;
}

interface Up {
  status: CheckStatus;
  lastMs: number;
}

const REPEATED_WITHIN_MS = 3_600_000;
const CHECKS_MAX = 50;
/** One check for all that have no place of their own: nothing that was raised is hidden. */
const OTHERS = 'trap:others';

/** @param before what an earlier run had raised: it has another hour from `nowMs` on. */
export function createRaised(before: Readonly<Record<string, readonly CheckStatus[]>> = {}, nowMs = 0): Raised {
  const devices = new Map(
    Object.entries(before).map(([device, statuses]) => [
      device,
      new Map(statuses.map((status): [string, Up] => [status.check, { status, lastMs: nowMs }])),
    ]),
  );

  function lower(device: string, check: string): CheckStatus[] {
    const up = devices.get(device);
    if (!up?.delete(check)) return [];
    if (up.size === 0) devices.delete(device);
    return [{ check, status: 'ok' }];
  }

  function raise(device: string, wanted: CheckStatus, nowMs: number): CheckStatus[] {
    const up = devices.get(device) ?? new Map<string, Up>();
    devices.set(device, up);
    const hasPlace = up.has(wanted.check) || up.size < CHECKS_MAX - 1;
    const status = hasPlace ? wanted : { ...wanted, check: OTHERS };
    const before = up.get(status.check)?.status;
    up.set(status.check, { status, lastMs: nowMs });
    return before?.status === status.status && before.text === status.text ? [] : [status];
  }

  const of = (device: string) => Array.from(devices.get(device)?.values() ?? [], ({ status }) => status);

  return {
    take(device, { event, raises, clears }, nowMs) {
      return [
        ...clears.flatMap((check) => lower(device, check)),
        ...(raises ? raise(device, { ...raises, text: event.text }, nowMs) : []),
      ];
    },
    disprove: lower,
    expire(nowMs) {
      return [...devices].flatMap(([device, up]): [string, CheckStatus[]][] => {
        const over = [...up].filter(([, { lastMs }]) => nowMs - lastMs >= REPEATED_WITHIN_MS);
        return over.length === 0 ? [] : [[device, over.flatMap(([check]) => lower(device, check))]];
      });
    },
    of,
    forget: (device) => void devices.delete(device),
    all: () => Object.fromEntries(Array.from(devices.keys(), (device) => [device, of(device)])),
  };
}
