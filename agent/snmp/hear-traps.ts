import { lookup } from 'node:dns/promises';
import type { DeviceEvent } from '../../protocol/events.ts';
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
  /** Something happened there: worth a poll at once. */
  wake(device: string): void;
}

/** What the devices of a store tell by themselves. */
export interface HeardTraps {
  change(devices: readonly SnmpDevice[]): void;
  /** What traps have raised on a device and what was just read of it does not disprove: part of each report. */
  standing(device: string, reading: DeviceReading): CheckStatus[];
  forget(device: string): void;
  stop(): Promise<void>;
}

export function hearTraps(io: HearTrapsIo): HeardTraps {
  const { options, clock, log, say, env } = io;
  const addresses = createAddresses(clock, async (host) =>
    (await lookup(host, { all: true })).map(({ address }) => address),
  );
  addresses.change(options.devices);
  const heard = new Map<string, { events: DeviceEvent[]; statuses: CheckStatus[]; cancel: () => void }>();
  const receiver = startTrapReceiver({
    host: options.traps.host,
    port: options.traps.port,
    self: io.self,
    devices: addresses.list,
    secrets: options.traps.credentials.flatMap((name) => secretsOf(name) ?? []),
    ...{ profiles: io.profiles, profilesOf: io.profilesOf, dataDir: io.dataDir, clock, log, say },
    onEvent: (device, event) => gather(device).events.push(event),
    onStatus: (device, status) => gather(device).statuses.push(status),
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

  function gather(device: string): { events: DeviceEvent[]; statuses: CheckStatus[] } {
    const before = heard.get(device);
    if (before) return before;
    const cancel = clock.after(GATHER_MS, () => {
      heard.delete(device);
      io.tell(device, news.events, news.statuses);
    });
    const news = { events: [] as DeviceEvent[], statuses: [] as CheckStatus[], cancel };
    heard.set(device, news);
    return news;
  }

  return {
    change: addresses.change,
    standing(device, reading) {
      for (const check of disproved(receiver.statuses(device), reading)) receiver.disprove(device, check);
      return receiver.statuses(device);
    },
    forget: receiver.forget,
    async stop() {
      addresses.stop();
      for (const { cancel } of heard.values()) cancel();
      await receiver.stop();
    },
  };
}
