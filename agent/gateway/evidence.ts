import type { Evidence } from '../../protocol/messages.ts';
import type { Clock } from '../clock.ts';
import type { Ending } from './lan-broker.ts';
import type { Sight } from './look.ts';
import type { LookAnswer, LookQuestion } from './look-messages.ts';

/** Neighbours that are asked about one device: enough to tell its port from the gateway's. */
const MOST_ASKED = 3;
/** Longer than a look takes, also on a till that is busy. */
const ANSWER_MS = 15_000;
/** As long as the system may go by what it knew of a card before: then it has asked again. */
const PATIENCE_MS = 60_000;

export interface EvidenceOptions {
  clock: Clock;
  look(host: string): Promise<Sight>;
  /** Asks the agent of a device that is here. */
  ask(device: string, question: LookQuestion): void;
}

/** Finds out what became of devices that are lost. */
export interface Investigator {
  /** What is seen of a device in the store, now that its connection has ended so; undefined when nobody can tell. */
  investigate(
    address: string,
    ending: Ending | undefined,
    neighbours: readonly string[],
  ): Promise<Evidence | undefined>;
  answered(device: string, answer: LookAnswer): void;
}

interface Inquiry {
  waits: Set<string>;
  sights: Sight[];
  done: () => void;
}

export function createInvestigator({ clock, look, ask }: EvidenceOptions): Investigator {
  const inquiries = new Map<number, Inquiry>();
  let lastId = 0;

  /** What neighbours see; those that say nothing, or are not sure, are not counted. */
  function askAround(host: string, devices: readonly string[]): Promise<Sight[]> {
    if (devices.length === 0) return Promise.resolve([]);
    const id = ++lastId;
    return new Promise((resolve) => {
      const inquiry: Inquiry = {
        waits: new Set(devices),
        sights: [],
        done() {
          cancel();
          inquiries.delete(id);
          resolve(inquiry.sights);
        },
      };
      const cancel = clock.after(ANSWER_MS, inquiry.done);
      inquiries.set(id, inquiry);
      for (const device of devices) ask(device, { id, host });
    });
  }

  /** A look that proves nothing is tried again: by then the system has forgotten what it knew of the machine. */
  async function lookPatiently(host: string): Promise<Sight> {
    const until = clock.monotonicMs() + PATIENCE_MS;
    for (;;) {
      const sight = await look(host);
      if (sight !== 'unsure' || clock.monotonicMs() >= until) return sight;
      await new Promise<void>((resolve) => clock.after(1000, resolve));
    }
  }

  return {
    async investigate(address, ending, present) {
      const link: Evidence = ending === undefined || ending === 'ours' || ending === 'refused' ? {} : { link: ending };
      if (address === '') return ending === 'closed' ? link : undefined;
      const around = askAround(address, present.slice(0, MOST_ASKED));
      const own = await look(address);
      if (own === 'answers') return { ...link, host: 'answers' };
      const sights = await around;
      const asked = sights.length;
      const reached = sights.filter((sight) => sight === 'answers').length;
      const neighbours = asked > 0 ? { neighbours: { asked, reached } } : {};
      if (own === 'silent') return { ...link, host: 'silent', ...neighbours };
      // Ours still goes by what it knew; theirs had to ask.
      if (reached > 0) return { ...link, host: 'answers', ...neighbours };
      const host = asked > 0 ? 'silent' : await lookPatiently(address);
      if (host !== 'unsure') return { ...link, host, ...neighbours };
      return ending === 'closed' ? link : undefined;
    },
    answered(device, { id, sight }) {
      const inquiry = inquiries.get(id);
      if (!inquiry?.waits.delete(device)) return;
      if (sight !== 'unsure') inquiry.sights.push(sight);
      if (inquiry.waits.size === 0) inquiry.done();
    },
  };
}
