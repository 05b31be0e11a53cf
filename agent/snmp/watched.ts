import { type StatusMessage, WIRE_VERSION } from '../../protocol/messages.ts';
import { deviceTopic } from '../../protocol/topics.ts';
import type { Clock } from '../clock.ts';
import type { Link, Passenger } from '../passenger.ts';

export interface WatchedOptions {
  chain: string;
  store: string;
  /** The agent's own device. */
  device: string;
  boot: string;
  clock: Clock;
}

/** What an agent says for the devices it watches, besides reports: presence, retained, and facts. */
export interface Watched {
  passenger: Passenger;
  /** `intervalS`: between two of its reports. */
  presence(device: string, isThere: boolean, intervalS: number): void;
  /** All facts there are of the device; told when they are others than before, and now and then. */
  facts(device: string, facts: Readonly<Record<string, string>>): void;
  /** The device is not watched any more. */
  forget(device: string): void;
}

/** Not retained, and that the broker has them does not prove that the centre took them: they are told again so often. */
const FACTS_EVERY_MS = 6 * 3_600_000;

interface ToldFacts {
  text: string;
  at: number;
  seq: number;
  /** When they were last sent to where a collector was; undefined: to be sent. */
  sentMs?: number | undefined;
  /** The broker has them. */
  isTaken: boolean;
}

/** Says it on each connection and to each collector anew, and in between as it changes. */
export function speakForWatched({ chain, store, device: by, boot, clock }: WatchedOptions): Watched {
  const presences = new Map<string, { isThere: boolean; intervalS: number }>();
  const facts = new Map<string, ToldFacts>();
  let link: Link | undefined;
  let isCollected = false;
  /** Of all devices: that of one never goes back, even when it is forgotten in between. */
  let seq = 0;

  function sayPresence(device: string): void {
    const said = presences.get(device);
    if (!link || !said) return;
    const status: StatusMessage = {
      v: WIRE_VERSION,
      boot,
      by,
      online: said.isThere,
      ...(!said.isThere && { reason: 'unreachable' as const }),
      intervalS: said.intervalS,
      at: clock.now(),
    };
    link.publish(deviceTopic({ chain, store, device, kind: 'status' }), JSON.stringify(status), true, () => {});
  }

  /** Nobody hears them while no collector is there. */
  function sayFacts(device: string, said: ToldFacts): void {
    const isDue = said.sentMs === undefined || clock.monotonicMs() - said.sentMs >= FACTS_EVERY_MS;
    if (!link || !isCollected || !isDue) return;
    const message = `{"v":${WIRE_VERSION},"boot":"${boot}","seq":${said.seq},"by":"${by}","at":${said.at},"facts":${said.text}}`;
    said.sentMs = clock.monotonicMs();
    said.isTaken = false;
    link.publish(deviceTopic({ chain, store, device, kind: 'facts' }), message, false, (error) => {
      if (error) said.sentMs = undefined;
      else said.isTaken = true;
    });
  }

  function sayAll(): void {
    for (const device of presences.keys()) sayPresence(device);
    for (const [device, said] of facts) {
      // What was under way may be lost with the connection, or with the collector.
      if (!said.isTaken) said.sentMs = undefined;
      sayFacts(device, said);
    }
  }

  return {
    passenger: {
      board(next) {
        link = next;
        sayAll();
      },
      hear() {},
      collectors(open) {
        const isNew = open !== undefined && !isCollected;
        isCollected = open !== undefined;
        if (isNew) sayAll();
      },
      leave() {
        link = undefined;
        isCollected = false;
      },
    },
    presence(device, isThere, intervalS) {
      presences.set(device, { isThere, intervalS });
      sayPresence(device);
    },
    facts(device, told) {
      const text = JSON.stringify(Object.fromEntries(Object.entries(told).sort(([a], [b]) => (a < b ? -1 : 1))));
      let said = facts.get(device);
      if (said?.text !== text) {
        seq += 1;
        said = { text, at: clock.now(), seq, isTaken: false };
        facts.set(device, said);
      }
      sayFacts(device, said);
    },
    forget(device) {
      presences.delete(device);
      facts.delete(device);
    },
  };
}
