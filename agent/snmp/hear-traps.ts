import { lookup } from 'node:dns/promises';
import { type DeviceEvent, EVENTS_MAX } from '../../protocol/events.ts';
import type { CheckStatus } from '../../protocol/status.ts';
import type { Clock } from '../clock.ts';
import { describeError } from '../describe-error.ts';
import type { Log } from '../log.ts';
import type { Say } from '../words.ts';
import { createAddresses } from './addresses.ts';
import { readSecrets, type Secrets } from './credentials.ts';
import type { SnmpDevice, SnmpOptions } from './options.ts';
import type { SnmpProfile } from './profile.ts';
import type { DeviceReading } from './reading.ts';
import { disproved } from './traps/disproved.ts';
import { startTrapReceiver } from './traps/receiver.ts';

/** What traps tell waits so long for more of it: one report holds them all. */
const GATHER_MS = 100;
/** Checks whose news is kept for one report. */
const STATUSES_MAX = 200;
/** Where it is not known when a poll began: it takes so long at most, as a rule. */
const POLL_MS = 10_000;

/** What is to be told of a device; of each check the last status. */
interface News {
  events: DeviceEvent[];
  statuses: Map<string, CheckStatus>;
}

export interface HearTrapsIo {
  options: SnmpOptions & { traps: NonNullable<SnmpOptions['traps']> };
  /** The agent's own device: what strangers send is told of it. */
  self: string;
  dataDir: string;
  env: Readonly<Record<string, string | undefined>>;
  profiles: readonly SnmpProfile[];
  /** Those a device is read with. */
  profilesOf(device: string): readonly SnmpProfile[];
  clock: Clock;
  log: Log;
  say: Say;
  /** What was heard of a device, for a report of its own. */
  tell(device: string, events: readonly DeviceEvent[], statuses: readonly CheckStatus[]): void;
  /** False: what only the time that passed tells of it waits until it is there again. True of all where left out. */
  isThere?(device: string): boolean;
  /** Something happened there: worth a poll at once. */
  wake(device: string): void;
}

/** What the devices of a store tell by themselves. */
export interface HeardTraps {
  change(devices: readonly SnmpDevice[]): void;
  /**
   * What traps have raised on a device and what was just read of it does not disprove, and for a day as `ok` what was taken
   * back: part of each report. What a trap said after the poll began, on the clock that never jumps, it cannot disprove.
   */
  standing(device: string, reading: DeviceReading, pollBeganMs?: number): CheckStatus[];
  forget(device: string): void;
  /** Tells what is still gathered. */
  stop(): Promise<void>;
}

export function hearTraps(io: HearTrapsIo): HeardTraps {
  const { options, clock, log, say, env } = io;
  const addresses = createAddresses(clock, async (host) =>
    (await lookup(host, { all: true })).map(({ address }) => address),
  );
  addresses.change(options.devices);
  const { isThere = () => true } = io;
  const gathered = new Map<string, News & { cancel: () => void }>();
  /** Of devices that are not there. */
  const late = new Map<string, News>();
  const receiver = startTrapReceiver({
    host: options.traps.host,
    port: options.traps.port,
    self: io.self,
    devices: addresses.list,
    secrets: options.traps.credentials.flatMap((name) => secretsOf(name) ?? []),
    ...{ profiles: io.profiles, profilesOf: io.profilesOf, dataDir: io.dataDir, clock, log, say },
    onEvent: (device, event) => add(gather(device), [event], []),
    onStatus: (device, status) => add(gather(device), [], [status]),
    onLate: (device, events, statuses) => add(isThere(device) ? gather(device) : waiting(device), events, statuses),
    onWake: io.wake,
  });

  /** Without them its traps are refused, and the log says why. */
  function secretsOf(name: string): Secrets | undefined {
    const credential = options.credentials[name];
    try {
      return credential && readSecrets(name, credential, env);
    } catch (error) {
      log('error', 'traps are not taken with this credential', { error: describeError(error) });
      return undefined;
    }
  }

  function gather(device: string): News {
    const before = gathered.get(device);
    if (before) return before;
    const news = { ...waiting(device), cancel: clock.after(GATHER_MS, () => tell(device)) };
    late.delete(device);
    gathered.set(device, news);
    return news;
  }

  function waiting(device: string): News {
    const news = late.get(device) ?? { events: [], statuses: new Map() };
    late.set(device, news);
    return news;
  }

  function tell(device: string): void {
    const news = gathered.get(device);
    if (!news) return;
    news.cancel();
    gathered.delete(device);
    io.tell(device, news.events, [...news.statuses.values()]);
  }

  return {
    change: addresses.change,
    standing(device, reading, pollBeganMs = clock.monotonicMs() - POLL_MS) {
      if (late.has(device)) gather(device);
      for (const check of disproved(receiver.statuses(device), reading)) receiver.disprove(device, check, pollBeganMs);
      return receiver.statuses(device);
    },
    forget(device) {
      late.delete(device);
      gathered.get(device)?.cancel();
      gathered.delete(device);
      receiver.forget(device);
    },
    async stop() {
      addresses.stop();
      const stopped = receiver.stop();
      for (const device of [...gathered.keys()]) tell(device);
      await stopped;
    },
  };
}

/** The newest of each, as many as one report holds. */
function add({ events, statuses: known }: News, more: readonly DeviceEvent[], statuses: readonly CheckStatus[]): void {
  events.push(...more);
  events.splice(0, Math.max(0, events.length - EVENTS_MAX));
  for (const status of statuses) {
    known.delete(status.check);
    known.set(status.check, status);
  }
  for (const check of known.keys()) {
    if (known.size <= STATUSES_MAX) break;
    known.delete(check);
  }
}
