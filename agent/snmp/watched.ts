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
  /** All facts there are of the device; told when they are others than before. */
  facts(device: string, facts: Readonly<Record<string, string>>): void;
  /** The device is not watched any more. */
  forget(device: string): void;
}

/** Says it on each connection anew, and in between as it changes. */
export function speakForWatched({ chain, store, device: by, boot, clock }: WatchedOptions): Watched {
  const presences = new Map<string, { isThere: boolean; intervalS: number }>();
  const facts = new Map<string, { text: string; at: number; seq: number; isTold: boolean }>();
  let link: Link | undefined;

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

  function sayFacts(device: string): void {
    const said = facts.get(device);
    if (!link || !said || said.isTold) return;
    const { seq, at, text } = said;
    const message = `{"v":${WIRE_VERSION},"boot":"${boot}","seq":${seq},"by":"${by}","at":${at},"facts":${text}}`;
    link.publish(deviceTopic({ chain, store, device, kind: 'facts' }), message, false, (error) => {
      if (!error && facts.get(device)?.seq === seq) said.isTold = true;
    });
  }

  return {
    passenger: {
      board(next) {
        link = next;
        for (const device of presences.keys()) sayPresence(device);
        for (const device of facts.keys()) sayFacts(device);
      },
      hear() {},
      collectors() {},
      leave() {
        link = undefined;
      },
    },
    presence(device, isThere, intervalS) {
      presences.set(device, { isThere, intervalS });
      sayPresence(device);
    },
    facts(device, told) {
      const text = JSON.stringify(Object.fromEntries(Object.entries(told).sort(([a], [b]) => (a < b ? -1 : 1))));
      const before = facts.get(device);
      if (before?.text === text) return;
      facts.set(device, { text, at: clock.now(), seq: (before?.seq ?? 0) + 1, isTold: false });
      sayFacts(device);
    },
    forget(device) {
      presences.delete(device);
      facts.delete(device);
    },
  };
}
