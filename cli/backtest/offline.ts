import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { Devices } from '../../collector/devices.ts';
import type { BacktestAnswer } from '../../protocol/backtest.ts';
import type { Invocation } from '../command.ts';
import { Fault } from '../fault.ts';
import { takeLock } from '../lock.ts';
import { createAssets } from '../server/assets.ts';
import { createServerLog } from '../server/log.ts';
import { openMetrics, openState } from '../server/open-stores.ts';
import { withoutSelf } from '../server/self-watch.ts';
import { readSettings } from '../settings.ts';
import { words } from '../words/index.ts';
import { type BacktestProgress, runBacktest } from './run.ts';
import { openStorePasts } from './store-pasts.ts';
import { storesAt } from './stores-at.ts';

export interface OfflineTask {
  rules: readonly [before: string, after: string];
  from: number;
  to: number;
  places: readonly string[] | undefined;
}

/** Replays what a server that is stopped has kept in its folder. @throws Fault where one is at work there. */
export async function replayOffline(
  { rules, from, to, places }: OfflineTask,
  invocation: Invocation,
  onProgress: (progress: BacktestProgress) => void,
): Promise<BacktestAnswer> {
  const { locale, say, stop } = invocation;
  const text = words(locale).backtest;
  const settings = readSettings(invocation, { dataDir: 'data' });
  const { dataDir } = settings;
  if (!existsSync(dataDir)) throw new Fault(text.noFolder(dataDir));
  const lock = takeLock(join(dataDir, 'server.lock'));
  if (typeof lock === 'number') throw new Fault(text.running(dataDir));
  const closers: (() => unknown)[] = [() => lock.release()];
  try {
    const { state } = await openState(settings, say, stop);
    closers.push(() => state.close());
    const metrics = await openMetrics(settings, createServerLog());
    closers.push(() => metrics.close());
    const devices = new Devices(await state.loadInventory());
    const assets = createAssets({ state, chains: () => withoutSelf(devices.chains()) });
    closers.push(() => assets.close());
    for (const place of places ?? []) {
      if (storesAt(devices, [place]).length === 0) throw new Fault(text.noPlace(place));
    }
    return await runBacktest(
      { rules, from, to, stores: storesAt(devices, places) },
      {
        storePast: await openStorePasts({ state, assets, devices }),
        readings: metrics.past,
        evidenceFrom: await state.judged.oldestAt(),
        now: Date.now,
      },
      { threads: availableParallelism(), onProgress, signal: stop },
    );
  } finally {
    for (const close of closers.reverse()) await close();
  }
}
