import { randomBytes } from 'node:crypto';
import { parseRulePack, RulePackError } from '../../alerting/rules/parse-rule-pack.ts';
import type { Devices } from '../../collector/devices.ts';
import type { StateStore } from '../../collector/ports.ts';
import {
  BacktestError,
  type BacktestPort,
  type BacktestRequest,
  type BacktestView,
  MOST_DAYS,
} from '../../dashboard/ports/backtests.ts';
import type { PastReadings } from '../backtest/readings.ts';
import { runBacktest } from '../backtest/run.ts';
import { openStorePasts } from '../backtest/store-pasts.ts';
import { storesAt } from '../backtest/stores-at.ts';
import type { Assets } from './assets.ts';
import { secondsLeft } from './seconds-left.ts';

export interface BacktestRooms {
  state: StateStore;
  assets: Assets;
  devices: Devices;
  readings: PastReadings;
  /** The rules that hold now, as they are written. */
  rules: () => string;
  now: () => number;
}

interface Kept {
  view: BacktestView;
  stop: AbortController;
  endedAt: number | undefined;
}

const KEPT_MS = 3_600_000;
const KEPT = 20;
const DAY_MS = 86_400_000;
/** So many faults are told at once. */
const MOST_FAULTS = 100;

/** Replays the past beside whoever judges live: in a thread of lowest priority, to which only what is kept is handed. */
export function createBacktests(rooms: BacktestRooms): { port: BacktestPort; close(): Promise<void> } {
  const { state, devices, now } = rooms;
  const kept = new Map<string, Kept>();
  let running: Promise<void> | undefined;

  function forgetOld(): void {
    for (const [id, { endedAt }] of kept) {
      const isOld = endedAt !== undefined && (now() - endedAt > KEPT_MS || kept.size > KEPT);
      if (isOld) kept.delete(id);
    }
  }

  async function run(one: Kept, { rules, request }: Checked): Promise<void> {
    const { view, stop } = one;
    const began = performance.now();
    try {
      view.answer = await runBacktest(
        { rules, from: request.from, to: request.to, stores: storesAt(devices, request.places) },
        {
          storePast: await openStorePasts(rooms),
          readings: rooms.readings,
          evidenceFrom: await state.judged.oldestAt(),
          now,
        },
        {
          threads: 1,
          signal: stop.signal,
          onProgress({ done, total }) {
            const left = secondsLeft((performance.now() - began) / 1000, done, total);
            Object.assign(view, { done, total, ...(left !== undefined && { secondsLeft: left }) });
          },
        },
      );
      view.standing = 'done';
    } catch (error) {
      view.standing = stop.signal.aborted ? 'cancelled' : 'failed';
      if (!stop.signal.aborted) view.error = (error as Error).message;
    }
    delete view.secondsLeft;
    one.endedAt = now();
  }

  return {
    port: {
      async start(request, by) {
        // First: rules take a while to read, and whoever judges live waits for it.
        if (running !== undefined) return undefined;
        const checked = check(request, rooms);
        forgetOld();
        const { from, to } = request;
        const id = randomBytes(6).toString('hex');
        const view: BacktestView = { id, standing: 'running', from, to, by, at: now(), done: 0, total: 0 };
        const one: Kept = { view, stop: new AbortController(), endedAt: undefined };
        kept.set(id, one);
        running = run(one, checked).finally(() => {
          running = undefined;
        });
        const span = `${new Date(from).toISOString()} – ${new Date(to).toISOString()}`;
        await state.audit({ at: now(), who: by, action: 'backtest.started', detail: `${id} ${span}` });
        return { ...view };
      },
      get(id) {
        forgetOld();
        const view = kept.get(id)?.view;
        return view && { ...view };
      },
      cancel(id) {
        const one = kept.get(id);
        if (!one) return false;
        if (one.endedAt === undefined) one.stop.abort(new Error('cancelled'));
        else kept.delete(id);
        return true;
      },
    },
    async close() {
      for (const { stop } of kept.values()) stop.abort(new Error('cancelled'));
      await running;
    },
  };
}

interface Checked {
  rules: readonly [before: string, after: string];
  request: BacktestRequest;
}

/** @throws BacktestError */
function check(request: BacktestRequest, { rules: todays, devices, now }: BacktestRooms): Checked {
  const { from, to, rules, against, places } = request;
  const faults: { path: string; message: string }[] = [];
  const read = (text: string, path: string): void => {
    try {
      parseRulePack(text, path);
    } catch (error) {
      if (!(error instanceof RulePackError)) throw error;
      // A place in YAML that cannot be read is no path: line 3, column 5.
      const at = (place: string): string => (place.startsWith('/') ? `${path}${place}` : `${path} ${place}`.trimEnd());
      faults.push(...error.faults.map((fault) => ({ path: at(fault.path), message: fault.message })));
    }
  };
  read(rules, '/rules');
  if (against !== undefined) read(against, '/against');
  if (!(from < to)) faults.push({ path: '/from', message: 'expected a time before /to' });
  if (to > now()) faults.push({ path: '/to', message: 'expected a time that is past' });
  if (to - from > MOST_DAYS * DAY_MS) faults.push({ path: '/from', message: `expected ${MOST_DAYS} days at most` });
  for (const [i, place] of (places ?? []).entries()) {
    if (storesAt(devices, [place]).length === 0) {
      faults.push({ path: `/places/${i}`, message: `there is no chain and no store ${place}` });
    }
  }
  if (faults.length > 0) throw new BacktestError(faults.slice(0, MOST_FAULTS));
  return { rules: [against ?? todays(), rules], request };
}
