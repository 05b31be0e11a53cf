import type { RemoteInfo } from 'node:dgram';

export interface Datagram {
  bytes: Buffer;
  from: Pick<RemoteInfo, 'address' | 'port'>;
}

/** Datagrams that wait for their turn: so few that a flood costs no memory, and one sender does not take all places. */
export interface Queue {
  /** False: there was no place for it. */
  add(datagram: Datagram, sender: string): boolean;
  take(): Datagram | undefined;
  readonly length: number;
}

const WAITING_MAX = 1000;
const WAITING_EACH_MAX = 200;

export function createQueue(): Queue {
  let waiting: { datagram: Datagram; sender: string }[] = [];
  let head = 0;
  const each = new Map<string, number>();
  return {
    add(datagram, sender) {
      const own = each.get(sender) ?? 0;
      if (waiting.length - head >= WAITING_MAX || own >= WAITING_EACH_MAX) return false;
      each.set(sender, own + 1);
      waiting.push({ datagram, sender });
      return true;
    },
    take() {
      const next = waiting[head];
      if (next === undefined) return undefined;
      head++;
      if (head >= WAITING_MAX || head === waiting.length) {
        waiting = waiting.slice(head);
        head = 0;
      }
      const left = (each.get(next.sender) ?? 1) - 1;
      if (left === 0) each.delete(next.sender);
      else each.set(next.sender, left);
      return next.datagram;
    },
    get length() {
      return waiting.length - head;
    },
  };
}
