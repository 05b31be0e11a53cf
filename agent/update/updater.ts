import { mkdirSync } from 'node:fs';
import { releasePath, type UpdateFault, type UpdateState, WantedRelease } from '../../protocol/releases.ts';
import type { Clock } from '../clock.ts';
import { describeError } from '../describe-error.ts';
import type { Log } from '../log.ts';
import { readMessage } from '../read-message.ts';
import { download } from './download.ts';
import { incomingOf, install, needRoom, removeIncoming, removeOthers } from './install.ts';
import type { Installation } from './installation.ts';
import {
  confirmTrial,
  type LaunchState,
  readLaunchState,
  refuse,
  refuseTrial,
  writeLaunchState,
} from './launch-state.ts';
import { mayReplace, ownPlatform, type ReleaseFile, readRelease } from './release-file.ts';

/** Reports that must arrive before a new version stays. */
const BEATS = 3;
const PATIENCE_MS = 600_000;
const PATIENCE_INTERVALS = 6;
const FIRST_RETRY_MS = 60_000;
const LONGEST_RETRY_MS = 1_800_000;
/** Between two looks whether a sale is still open. */
const SALE_LOOK_MS = 30_000;

export interface UpdaterOptions {
  installation: Installation;
  /** The version that runs. */
  version: string;
  /** Where this device's identity is: its certificate, and its server's address. */
  dataDir: string;
  intervalMs: number;
  clock: Clock;
  /** A number from 0 to 1. */
  chance(): number;
  log: Log;
  /** Whether a sale is open at this till: it is not restarted then. */
  isSelling(): Promise<boolean>;
  /** What it says of itself has changed. */
  onChange(): void;
  /** A version under trial has shown that its reports arrive. */
  onConfirmed(): void;
  /** Ends this process in good order; whoever watches over it starts it again, through the launcher. */
  restart(): void;
  /** The real ones unless a test gives its own. */
  fetchFile?: typeof download;
  unpack?: typeof install;
  checkRoom?: typeof needRoom;
}

/** Keeps this agent at the version that is wanted. */
export interface Updater {
  /** What the centre wants; an empty payload takes it back. */
  hear(payload: Uint8Array): void;
  /** A report of this agent has arrived. */
  delivered(): void;
  state(): UpdateState;
  /** Whether this version has yet to show that its reports arrive. */
  readonly isOnTrial: boolean;
  stop(): void;
}

/**
 * Downloads what is wanted, proves it, waits for an open sale to end, and restarts into it. A version under trial that
 * brings no report through in its time says so and restarts into the one before.
 */
export function startUpdater(options: UpdaterOptions): Updater {
  const { installation, version, clock, log, unpack = install, fetchFile = download, checkRoom = needRoom } = options;
  const { folder, packaged, publicKey } = installation;
  const platform = ownPlatform();
  let isOnTrial = readLaunchState(folder).trial?.version === version;
  let beats = 0;
  let ended = new AbortController();
  let at: string | undefined;
  let cancel = () => {};
  const patienceMs = Math.max(PATIENCE_MS, PATIENCE_INTERVALS * options.intervalMs);
  let cancelTrial = isOnTrial ? clock.after(patienceMs, giveUp) : () => {};

  /** False when the disk refuses: the agent goes on without, and whoever asked tries again. */
  function remember(state: LaunchState): boolean {
    try {
      writeLaunchState(folder, state);
      return true;
    } catch (error) {
      log('error', 'the disk does not take how far the update is', { folder, error: describeError(error) });
      return false;
    }
  }

  function giveUp(): void {
    log('error', 'no report of this new version has arrived: back to the one before', { version });
    if (remember(refuseTrial(readLaunchState(folder), 'beats'))) options.restart();
    else cancelTrial = clock.after(FIRST_RETRY_MS, giveUp);
  }

  function drop(): void {
    cancel();
    ended.abort();
    ended = new AbortController();
    at = undefined;
  }

  function hear(payload: Uint8Array): void {
    const wanted = readMessage(WantedRelease, payload);
    const key = wanted && JSON.stringify(wanted);
    if (key !== undefined && key === at) return;
    drop();
    if (!wanted) return;
    at = key;
    const release = readRelease(wanted.signed, { publicKey, platform });
    if ('fault' in release) {
      log('error', 'a release is not taken', { fault: release.fault });
      return;
    }
    if (release.version === version) return;
    const state = readLaunchState(folder);
    const earlier = state.refused.findLast((refused) => refused.version === release.version);
    if (state.trial?.version === release.version || (earlier && earlier.attempt >= wanted.attempt)) return;
    if (!mayReplace(release, version)) decline(release, wanted, 'older');
    else cancel = clock.after(options.chance() * wanted.spreadS * 1000, () => obtain(release, wanted, FIRST_RETRY_MS));
  }

  function decline({ version: refused }: ReleaseFile, { attempt }: WantedRelease, reason: UpdateFault): void {
    log('error', 'a new version is not taken', { version: refused, reason });
    remember(refuse(readLaunchState(folder), { version: refused, attempt }, reason));
    options.onChange();
  }

  function obtain(release: ReleaseFile, wanted: WantedRelease, retryMs: number): void {
    const { signal } = ended;
    const packed = incomingOf(folder, release);
    log('info', 'downloading a new version', { version: release.version });
    makeRoom(release)
      .then(() =>
        fetchFile({
          path: releasePath(release.version, platform),
          size: release.packed,
          to: packed,
          dataDir: options.dataDir,
          signal,
          bytesPerSecond: wanted.bytesPerSecond,
        }),
      )
      .then(() => unpack(packed, { folder, release, signed: wanted.signed }))
      .then((isGood) => {
        if (signal.aborted) return;
        if (isGood) start(release, wanted);
        else decline(release, wanted, 'file');
      })
      .catch((error: unknown) => {
        if (signal.aborted) return;
        log('warn', 'the new version did not arrive; it is asked for again', { error: describeError(error), retryMs });
        cancel = clock.after(retryMs * (1 + options.chance()), () =>
          obtain(release, wanted, Math.min(retryMs * 2, LONGEST_RETRY_MS)),
        );
      });
  }

  /** Nothing stays of other releases than those that run or may run. */
  async function makeRoom(release: ReleaseFile): Promise<void> {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const { trial, confirmed } = readLaunchState(folder);
    removeOthers(folder, [version, trial?.version, confirmed?.version]);
    removeIncoming(folder, release);
    try {
      checkRoom(folder, release);
    } catch (error) {
      removeIncoming(folder);
      throw error;
    }
  }

  function start(release: ReleaseFile, wanted: WantedRelease): void {
    const { signal } = ended;
    const later = () => {
      cancel = clock.after(SALE_LOOK_MS, () => start(release, wanted));
    };
    options.isSelling().then((isSelling) => {
      if (signal.aborted) return;
      if (clock.now() >= wanted.until) return log('info', 'the store opens: the new version waits');
      if (isSelling) return later();
      const state = readLaunchState(folder);
      const trial = { version: release.version, attempt: wanted.attempt, starts: 0 };
      if (!remember({ ...state, trial })) return later();
      log('info', 'restarting into a new version', { from: version, to: release.version });
      // Said before: only of one that is known to try it does silence mean that it did not come back.
      options.onChange();
      options.restart();
    }, later);
  }

  return {
    hear,
    delivered() {
      beats += 1;
      if (!isOnTrial || beats < BEATS) return;
      cancelTrial();
      const before = readLaunchState(folder).confirmed?.version;
      // Refused by the disk, it is kept with the next report.
      if (!remember(confirmTrial(readLaunchState(folder), packaged))) return;
      isOnTrial = false;
      removeOthers(folder, [version, before]);
      log('info', 'the new version stays', { version });
      options.onChange();
      options.onConfirmed();
    },
    state() {
      const { trial, refused } = readLaunchState(folder);
      const last = refused.at(-1);
      return { platform, ...(trial && { trying: trial.version }), ...(last && { refused: last }) };
    },
    get isOnTrial() {
      return isOnTrial;
    },
    stop() {
      drop();
      cancelTrial();
    },
  };
}
