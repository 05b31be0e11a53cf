import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { type CollectorPresence, Receipt, StatusMessage, WIRE_VERSION } from '../../protocol/messages.ts';
import { deviceKey } from '../../protocol/names.ts';
import { collectorTopic, deviceTopic, parseTellingTopic } from '../../protocol/topics.ts';
import type { Clock } from '../clock.ts';
import { describeError } from '../describe-error.ts';
import { filesOf } from '../identity/folder.ts';
import type { Log } from '../log.ts';
import type { Link, Passenger } from '../passenger.ts';
import { readMessage } from '../read-message.ts';
import { type Carried, type CarriedKind, folderOf, openCarried } from './carried.ts';
import { createInvestigator } from './evidence.ts';
import { keptDevices } from './kept-devices.ts';
import { type Ending, startLanBroker } from './lan-broker.ts';
import { look, type Sight } from './look.ts';
import { LookAnswer, questionTopic } from './look-messages.ts';
import type { GatewayOptions } from './options.ts';
import { startRelay } from './relay.ts';
import type { Revocations } from './revocations.ts';
import { isRefused, said, type Whereabouts } from './whereabouts.ts';

/** Of all backlogs together: what the line of a store and one collector's share of a chain bear. */
const PER_SECOND_ALL = 200;
const PER_SECOND_EACH = 50;
/** After a start, and when we closed a connection ourselves, devices that were here have so long to come back before they are said to be gone. */
const RETURN_MS = 45_000;
/** Between two tries to listen, where a port or a certificate is not there yet. */
const RETRY_MS = 15_000;
/** Reports that may wait, of all devices: thirty bytes of memory each. Three days of one every ten seconds fit in any case. */
const REPORTS_ALL = 2_000_000;
const REPORTS_EACH_MIN = 30_000;
const CARRIED_KINDS: ReadonlySet<string> = new Set(['report', 'birth', 'reply', 'facts'] satisfies CarriedKind[]);

export interface GatewayIo {
  options: GatewayOptions;
  chain: string;
  store: string;
  /** The gateway's own device. */
  device: string;
  boot: string;
  dataDir: string;
  maxAgeMs: number;
  clock: Clock;
  log: Log;
  look?: (host: string) => Promise<Sight>;
}

/** A store's gateway at work. */
export interface Gateway {
  /** Travels on the gateway's own connection to the centre. */
  passenger: Passenger;
  /** Where it listens; undefined as long as it cannot. */
  ports(): { mqtt: number | undefined; relay: number | undefined };
  stop(): Promise<void>;
}

/**
 * Carries the other devices of a store: takes what their agents say, keeps it on disk until the centre has it, brings
 * them what the centre tells them, and says of each whether it is there; of one that is lost, what is seen of it from
 * inside the store. Never throws: where it cannot listen it says so, and tries again.
 */
export async function startGateway(io: GatewayIo): Promise<Gateway> {
  const { options, chain, store, clock, log } = io;
  const folder = join(io.dataDir, 'gateway');
  const carried = new Map<string, Carried>();
  let link: Link | undefined;
  let collectors: { receipts: boolean } | undefined;
  let isStopping = false;
  const closers: (() => void | Promise<void>)[] = [];
  const returns = new Set<() => void>();
  const ports: ReturnType<Gateway['ports']> = { mqtt: undefined, relay: undefined };
  /** The certificate each came with last. */
  const serials = new Map<string, string | undefined>();
  let revocations: Revocations | undefined;
  let sweep = () => {};
  let tellLan: (topic: string, payload: Uint8Array | string, retain: boolean) => void = () => {};

  const investigator = createInvestigator({
    clock,
    look: io.look ?? look,
    ask: (device, question) => tellLan(questionTopic(deviceKey(chain, store, device)), JSON.stringify(question), false),
  });

  // With certificates of another authority than Vigie's it is that authority's to say.
  if (existsSync(filesOf(io.dataDir).identity)) {
    const { followRevocations } = await import('./revocations.ts');
    const options = { dataDir: io.dataDir, folder, clock, log, onChange: () => sweep() };
    const following = followRevocations(options);
    revocations = following;
    closers.push(() => following.stop());
  }
  /** Devices of earlier runs that are not open yet: to find again what waits of one takes a moment. */
  const unopened = new Set(keptDevices(folder, folderOf(chain, store, ''), { now: clock.now(), log }));

  /** One after the other, with room between them: the store is served meanwhile. */
  async function openKept(): Promise<void> {
    for (const device of unopened) {
      if (isStopping) return;
      awaitReturn(open(device));
      await setImmediate();
    }
  }

  function open(device: string): Carried {
    unopened.delete(device);
    const each = openCarried({
      folder,
      chain,
      store,
      device,
      maxBytes: Math.floor(options.maxBytes / options.maxDevices),
      maxReports: Math.max(REPORTS_EACH_MIN, Math.floor(REPORTS_ALL / options.maxDevices)),
      maxAgeMs: io.maxAgeMs,
      get perSecond() {
        return Math.max(1, Math.min(PER_SECOND_EACH, PER_SECOND_ALL / carried.size));
      },
      clock,
      log,
    });
    carried.set(device, each);
    if (link) board(each, link);
    return each;
  }

  function board(each: Carried, on: Link): void {
    each.board(on);
    tellStatus(each);
    each.collectors(collectors);
  }

  function tellStatus({ device, whereabouts }: Carried): void {
    if (!link || whereabouts.state === 'unknown') return;
    const status: StatusMessage = {
      v: WIRE_VERSION,
      boot: io.boot,
      by: io.device,
      ...said(whereabouts),
      at: clock.now(),
    };
    link.publish(deviceTopic({ chain, store, device, kind: 'status' }), JSON.stringify(status), true, () => {});
  }

  function admits(device: string, serial: string | undefined): boolean {
    if (serial !== undefined && revocations?.has(serial)) {
      refuse(device);
      return false;
    }
    const isKnown = carried.has(device) || unopened.has(device);
    return device !== io.device && (isKnown || carried.size + unopened.size < options.maxDevices);
  }

  /** One whose certificate was revoked is lost, and it is known why; another machine may live under its name by now. */
  function refuse(device: string): void {
    const each = carried.get(device) ?? (unopened.has(device) ? open(device) : undefined);
    if (!each || each.whereabouts.state === 'here' || isRefused(each.whereabouts)) return;
    each.whereabouts = { state: 'gone', seen: { link: 'refused' } };
    log('warn', 'a device of the store is refused: its certificate was revoked', { device });
    tellStatus(each);
  }

  function joined(device: string, address: string, serial: string | undefined): void {
    const each = carried.get(device) ?? open(device);
    // Another machine under its name: the one before may try again with a certificate that was revoked for it.
    if (serials.has(device) && serials.get(device) !== serial) revocations?.look();
    serials.set(device, serial);
    each.address = address;
    each.whereabouts = { state: 'here' };
    tellStatus(each);
  }

  function left(device: string, ending: Ending): void {
    const each = carried.get(device);
    // It has said goodbye.
    if (!each || isStopping || each.whereabouts.state === 'stopped') return;
    // Closed by us, as when the disk refuses what it says: it is not lost for that.
    if (ending === 'ours') awaitReturn(each);
    else if (ending === 'refused') {
      each.whereabouts = { state: 'unknown' };
      refuse(device);
    } else lose(each, ending);
  }

  function awaitReturn(each: Carried): void {
    each.whereabouts = { state: 'unknown' };
    const cancel = clock.after(RETURN_MS, () => {
      returns.delete(cancel);
      if (each.whereabouts.state === 'unknown') lose(each, undefined);
    });
    returns.add(cancel);
  }

  /** The loss is told at once; what is seen of it, as soon as it is. */
  function lose(each: Carried, ending: Ending | undefined): void {
    const whereabouts: Whereabouts = { state: 'gone' };
    each.whereabouts = whereabouts;
    log('info', 'a device of the store is lost', { device: each.device, ending });
    tellStatus(each);
    const present = [...carried.values()].filter((other) => other.whereabouts.state === 'here');
    void investigator
      .investigate(each.address, ending, shuffled(present.map(({ device }) => device)))
      .then((seen) => {
        // It is back, or lost anew: this was of the time before.
        if (!seen || each.whereabouts !== whereabouts) return;
        each.whereabouts = { state: 'gone', seen };
        log('info', 'what is seen of the device that is lost', { device: each.device, ...seen });
        tellStatus(each);
      })
      .catch((error: unknown) => log('warn', 'a lost device cannot be looked for', { error: describeError(error) }));
  }

  function heard(device: string, kind: string, payload: Uint8Array): boolean {
    const each = carried.get(device);
    if (!each) return false;
    if (kind === 'looked') {
      const answer = readMessage(LookAnswer, payload);
      if (answer) investigator.answered(device, answer);
    } else if (kind === 'status') {
      const status = readMessage(StatusMessage, payload);
      if (status?.reason === 'stopped') {
        each.whereabouts = { state: 'stopped' };
        tellStatus(each);
      }
    } else if (CARRIED_KINDS.has(kind)) return each.take(kind as CarriedKind, payload);
    return true;
  }

  async function listen(): Promise<void> {
    const lan = await startLanBroker({
      ...options,
      chain,
      store,
      log,
      admits,
      joined,
      left,
      said: heard,
    });
    closers.push(() => lan.close());
    ports.mqtt = lan.port;
    tellLan = lan.tell;
    sweep = lan.sweep;
    // Whatever the line does, the gateway takes reports.
    const here: CollectorPresence = { v: WIRE_VERSION, online: true, at: clock.now() };
    lan.tell(collectorTopic(io.device), JSON.stringify(here), true);
    log('info', 'the gateway listens', { host: options.host, port: lan.port });
  }

  async function relay(): Promise<void> {
    if (!options.relay) return;
    const relayed = await startRelay({ ...options.relay, log });
    closers.push(() => relayed.close());
    ports.relay = relayed.port;
  }

  async function keepTrying(what: string, start: () => Promise<void>): Promise<void> {
    try {
      if (!isStopping) await start();
    } catch (error) {
      log('error', `the gateway cannot ${what}`, { error: describeError(error), retryMs: RETRY_MS });
      closers.push(clock.after(RETRY_MS, () => void keepTrying(what, start)));
    }
  }
  await Promise.all([keepTrying('listen', listen), keepTrying('relay', relay)]);
  void openKept();

  return {
    passenger: {
      board(next) {
        link = next;
        for (const each of carried.values()) board(each, next);
        revocations?.look();
      },
      hear(topic, payload) {
        const agent = parseTellingTopic(topic);
        const each = agent && carried.get(agent.slice(agent.lastIndexOf('/') + 1));
        if (!each) return;
        if (topic.endsWith('/receipt')) {
          const receipt = readMessage(Receipt, payload);
          if (receipt) each.delivery.receive(receipt);
          return;
        }
        // A command is for now; the rest is for whoever comes later, too.
        tellLan(topic, payload, !topic.endsWith('/command'));
      },
      collectors(next) {
        collectors = next;
        for (const each of carried.values()) each.collectors(next);
      },
      leave() {
        link = undefined;
        collectors = undefined;
        for (const each of carried.values()) each.leave();
      },
    },
    ports: () => ports,
    async stop() {
      isStopping = true;
      for (const cancel of returns) cancel();
      for (const close of closers.splice(0).reverse()) await close();
      for (const each of carried.values()) each.close();
    },
  };
}

/** Not always the same are asked. */
function shuffled<T>(list: readonly T[]): T[] {
  return list
    .map((item) => ({ item, at: Math.random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item);
}
