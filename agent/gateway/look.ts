import { readFileSync } from 'node:fs';
import { connect, isIP } from 'node:net';
import { errorCode } from '../describe-error.ts';
import { execute } from '../platform/execute.ts';

/** What a look at a machine on the store's network shows. `unsure`: it says nothing, and may yet be there. */
export type Sight = 'answers' | 'silent' | 'unsure';

/** The network as a look sees it; tests put their own in its place. */
export interface LookIo {
  /** What a TCP connection to the machine meets; resolves within `timeoutMs`. */
  knock(host: string, timeoutMs: number): Promise<Sight>;
  /** Whether the machine returns an echo. */
  ping(host: string): Promise<boolean>;
  /** Whether the system knows which card the address has; undefined where it does not say. */
  isResolved(host: string): boolean | undefined;
}

/** Longer than Linux takes to find out that a card has gone: five seconds of doubt, three questions of a second each. */
const KNOCK_MS = 10_000;
const PING_MS = 5000;
/** Nothing listens there: a refusal shows as well as a welcome that the machine is there. */
const DISCARD_PORT = 9;

/**
 * Whether a machine is there, whatever runs on it: one connection that is not meant to succeed, one echo. A firewall may
 * swallow both; but a card that was unknown before and has answered who it is, is there.
 */
export async function look(host: string, io: LookIo = systemLook): Promise<Sight> {
  const wasResolved = io.isResolved(host);
  const echo = io.ping(host).then((answers): Sight => (answers ? 'answers' : 'unsure'));
  const knock = io.knock(host, KNOCK_MS);
  // What proves something ends the look; two that prove nothing are waited for.
  const [first, second] = await Promise.race([knock, echo].map(async (one) => [await one, one] as const));
  if (first !== 'unsure') return first;
  const other = await (second === knock ? echo : knock);
  if (other !== 'unsure') return other;
  const isResolved = io.isResolved(host);
  if (isResolved === false) return 'silent';
  return isResolved === true && wasResolved === false ? 'answers' : 'unsure';
}

const systemLook: LookIo = {
  knock: (host, timeoutMs) =>
    new Promise((resolve) => {
      const socket = connect({ host, port: DISCARD_PORT });
      const end = (sight: Sight) => {
        socket.destroy();
        resolve(sight);
      };
      socket.setTimeout(timeoutMs, () => end('unsure'));
      socket.once('connect', () => end('answers'));
      socket.once('error', (error) => {
        const code = errorCode(error);
        if (code === 'ECONNREFUSED' || code === 'ECONNRESET') end('answers');
        // The network of this machine itself may be what is gone: that proves nothing of the other.
        else end(code === 'EHOSTUNREACH' ? 'silent' : 'unsure');
      });
    }),
  async ping(host) {
    if (isIP(host) === 0) return false;
    const args = process.platform === 'win32' ? ['-n', '1', '-w', '2000', host] : ['-n', '-c', '1', '-W', '2', host];
    try {
      const { code, stdout } = await execute('ping', args, AbortSignal.timeout(PING_MS));
      // Windows counts it a success when a router says that the machine is not there.
      return code === 0 && /\bttl=/i.test(stdout);
    } catch {
      return false;
    }
  },
  isResolved(host) {
    if (process.platform !== 'linux' || isIP(host) !== 4) return undefined;
    return isInNeighbourTable(readFileSync('/proc/net/arp', 'utf8'), host);
  },
};

const COMPLETE = 0x2;

/** Whether Linux's table of neighbours (`/proc/net/arp`) knows the card of an address. */
export function isInNeighbourTable(table: string, host: string): boolean {
  const line = table.split('\n').find((each) => each.startsWith(`${host} `));
  const flags = Number(line?.split(/\s+/)[2] ?? 0);
  return (flags & COMPLETE) !== 0;
}
