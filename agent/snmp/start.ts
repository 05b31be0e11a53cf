import type { DeviceEvent } from '../../protocol/events.ts';
import type { Point } from '../../protocol/messages.ts';
import type { CheckStatus } from '../../protocol/status.ts';
import type { Clock } from '../clock.ts';
import { seedOf } from '../device-seed.ts';
import type { Collector } from '../inventory/collector.ts';
import type { Log } from '../log.ts';
import type { Passenger } from '../passenger.ts';
import type { Gathered } from '../scheduler.ts';
import type { Say } from '../words.ts';
import { openSnmpSession, type SnmpSession } from './client/session.ts';
import { createTransport } from './client/transport.ts';
import { readSecrets, warnOfCredentials } from './credentials.ts';
import { startDiscovery } from './discovery/start.ts';
import { hearTraps } from './hear-traps.ts';
import type { SnmpDevice, SnmpOptions } from './options.ts';
import { type Polled, report } from './points.ts';
import { createDevicePoller } from './poll-device.ts';
import { type PolledDevice, startPoller } from './poller.ts';
import type { SnmpProfile } from './profile.ts';
import { profiles } from './profiles/registry.gen.ts';
import { resumeTold } from './told-checks.ts';
import { watchTopology } from './topology/watch.ts';
import { speakForWatched } from './watched.ts';

/** After the first attempt. */
const RETRIES = 2;
/** A look at everything may take so long, and no report comes meanwhile: no faster pace is promised. */
const LOOK_S = 60;

export interface SnmpIo {
  options: SnmpOptions;
  chain: string;
  store: string;
  /** The agent's own device. */
  device: string;
  boot: string;
  dataDir: string;
  clock: Clock;
  log: Log;
  say: Say;
  env: Readonly<Record<string, string | undefined>>;
  /** Keeps a report until the centre has it: of a watched device, or the agent's own. */
  file(device: string, gathered: Gathered, events?: readonly DeviceEvent[]): void;
  /** The collectors have news for the inventory of the agent's own device. */
  onFound(): void;
}

/** An agent's SNMP at work. */
export interface Snmp {
  passenger: Passenger;
  /** What it tells in the inventory of the agent's own device. */
  collectors: readonly Collector[];
  /** Other devices from now on; those that are the same go on as they were. */
  change(options: SnmpOptions): void;
  stop(): Promise<void>;
}

interface Known {
  device: SnmpDevice;
  session: SnmpSession;
  polled: PolledDevice;
  /** False as long as it is known not to answer. */
  isThere: boolean;
  /** Those it was last read with. */
  profiles: readonly SnmpProfile[];
  serial?: string;
}

/** Asks the devices of a store over SNMP, and speaks for them. */
export function startSnmp(io: SnmpIo): Snmp {
  const { clock, log, say } = io;
  const transport = createTransport();
  const watched = speakForWatched(io);
  const told = resumeTold(io.dataDir, log);
  const topology = watchTopology({ clock, log, tell: watched.facts });
  const now = () => clock.monotonicMs();
  /** As they stand in the configuration, and what was made of each. */
  const devices = new Map<string, Known>();
  const poller = startPoller({
    maxInFlight: io.options.maxInFlight,
    seed: `${io.chain}/${io.store}/${io.device}`,
    clock,
    log,
    onPolled: take,
    onRefused: (name, fault) => {
      const { fr, en } = fault.words;
      const text = say({ fr: `L’équipement ${fr}.`, en: `The device ${en}.` });
      // A refusal is an answer, and keeps the device heard; secrets we cannot read say nothing of it.
      const points = fault.kind === 'credentials' ? [] : [{ m: 'snmp', f: { faults: 1 } }];
      fileStatuses(name, [{ check: 'snmp', status: 'unknown', text }], points);
    },
    onPresence(name, isThere) {
      const known = devices.get(name);
      if (known) known.isThere = isThere;
      watched.presence(name, isThere, Math.max(LOOK_S, known?.device.everyS ?? 0));
    },
  });
  warnOfCredentials(io.options.credentials, log);
  const { traps: wanted } = io.options;
  const traps =
    wanted &&
    hearTraps({
      options: { ...io.options, traps: wanted },
      ...{ self: io.device, dataDir: io.dataDir, env: io.env, profiles, clock, log, say },
      profilesOf: (name) => devices.get(name)?.profiles ?? [],
      tell(name, events, statuses) {
        if (name !== io.device && !devices.has(name)) return;
        told.note(name, statuses);
        io.file(name, { at: clock.now(), points: [], statuses: [...statuses] }, events);
      },
      isThere: (name) => devices.get(name)?.isThere ?? true,
      wake: (name) => poller.pollNow(name),
    });
  change(io.options);
  // Raised by an earlier run, and told by nobody in this one.
  for (const name of told.devices()) {
    if (!devices.has(name) && name !== io.device) takeBack(name);
    else if (!traps) takeBack(name, (check) => check === 'traps' || check.startsWith('trap:'));
  }
  const discovery = io.options.discovery && discover(io.options.discovery, io.options.credentials);

  function take(name: string, polled: Polled): void {
    const known = devices.get(name);
    if (!known) return;
    known.profiles = profiles.filter(({ name: profile }) => polled.reading.profiles.includes(profile));
    const { points, statuses } = report(polled, known.device, say);
    const standing = traps?.standing(name, polled.reading, now() - polled.tookMs) ?? [];
    const all = told.polled(name, [...statuses, ...standing], polled.faults.length === 0);
    io.file(name, { at: clock.now(), points, statuses: all });
    const isPerVlan = known.profiles.some(({ bridgePerVlan }) => bridgePerVlan);
    topology.polled(name, known.session, polled.reading, isPerVlan);
    const { serial } = polled.reading.identity;
    if (serial !== undefined) known.serial = serial;
  }

  function discover(options: NonNullable<SnmpOptions['discovery']>, credentials: SnmpOptions['credentials']) {
    return startDiscovery({
      everyH: options.everyH,
      seed: `${io.chain}/${io.store}/${io.device}`,
      clock,
      log,
      sweep: async (signal) =>
        (await import('./discovery/sweep-store.ts')).sweepStore({
          discovery: options,
          credentials,
          devices: [...devices.values()].map(({ device }) => device),
          serialOf: (name) => devices.get(name)?.serial,
          isBusy: () => poller.isLate(),
          ...{ transport, clock, env: io.env, signal },
        }),
      onSwept: io.onFound,
    });
  }

  function fileStatuses(name: string, statuses: CheckStatus[], points: Point[]): void {
    if (!devices.has(name)) return;
    told.note(name, statuses);
    io.file(name, { at: clock.now(), points, statuses });
  }

  function change({ devices: wanted, credentials }: SnmpOptions): void {
    const same = (a: SnmpDevice, b: SnmpDevice) => JSON.stringify(a) === JSON.stringify(b);
    for (const [name, { device, session }] of [...devices]) {
      if (wanted.some((next) => same(next, device))) continue;
      session.close();
      devices.delete(name);
      if (wanted.some((next) => next.name === name)) continue;
      takeBack(name);
      for (const each of [topology, watched, traps]) each?.forget(name);
    }
    for (const device of wanted) {
      if (devices.has(device.name)) continue;
      const session = open(device, credentials);
      const devicePoller = createDevicePoller({ session, profiles, now, lead: (seedOf(device.name) % 100) / 100 });
      const polled = { name: device.name, everyS: device.everyS, poller: devicePoller };
      devices.set(device.name, { device, session, polled, isThere: true, profiles: [] });
    }
    traps?.change(wanted);
    poller.change([...devices.values()].map(({ polled }) => polled));
  }

  function takeBack(name: string, isOver?: (check: string) => boolean): void {
    const over = told.leave(name, isOver);
    if (over.length > 0) io.file(name, { at: clock.now(), points: [], statuses: over });
  }

  function open({ host, port, timeoutMs, credential: name }: SnmpDevice, all: SnmpOptions['credentials']): SnmpSession {
    const credential = all[name];
    // The configuration was checked: each device names one that there is.
    if (!credential) throw new Error(`no credential is called ${name}`);
    const target = {
      host,
      port,
      version: credential.version,
      credentials: () => readSecrets(name, credential, io.env),
      timeoutMs,
      retries: RETRIES,
    };
    return openSnmpSession(target, { transport, clock });
  }

  return {
    passenger: watched.passenger,
    collectors: discovery ? [discovery.collector] : [],
    change,
    async stop() {
      await traps?.stop();
      discovery?.stop();
      topology.stop();
      poller.stop();
      for (const { session } of devices.values()) session.close();
      transport.close();
    },
  };
}
