import { DOOR_NAME } from '../../protocol/enrolment.ts';
import { type Authority, newServerKey } from './authority.ts';

/** What a TLS listener is opened with. */
export interface ListenerPems {
  key: string;
  /** Its certificate, and the authority's behind it. */
  cert: string;
  /** Whose certificates it takes. */
  ca: string;
}

export interface ListenerCertificate {
  current(): ListenerPems;
  /** Calls the listener whenever there is a new one. Returns the way to stop. */
  onRenewed(listener: (pems: ListenerPems) => void): () => void;
  close(): void;
}

const DAYS = 30;
const DAY_MS = 86_400_000;

/** The certificate of the agents' listeners: it lives in memory, for a month, and is made anew each day. */
export function createListenerCertificate(
  authority: Authority,
  names: readonly string[],
  now: () => number,
): ListenerCertificate {
  const listeners = new Set<(pems: ListenerPems) => void>();
  const make = (): ListenerPems => {
    const { publicKey, pem: key } = newServerKey();
    const { pem } = authority.issueServer({ publicKey, names: [...names, DOOR_NAME], now: now(), days: DAYS });
    return { key, cert: pem + authority.certificate, ca: authority.certificate };
  };
  let pems = make();
  const timer = setInterval(() => {
    pems = make();
    for (const listener of listeners) listener(pems);
  }, DAY_MS);
  timer.unref();
  return {
    current: () => pems,
    onRenewed(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close: () => clearInterval(timer),
  };
}
