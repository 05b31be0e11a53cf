import { createSocket, type RemoteInfo, type Socket } from 'node:dgram';
import { isIP, SocketAddress } from 'node:net';
import type { SessionSocket } from 'net-snmp';
import { isAnswerTo } from './envelope.ts';

/** Where a device listens: an address, no name. */
export interface Peer {
  address: string;
  port: number;
}

/** A session's part of a shared socket. It hears nothing but the peer's answer to what it sent last. */
export interface Line extends SessionSocket {
  /** How many datagrams may still leave: what answers each request with a further question is cut off. */
  sendsLeft: number;
}

/** UDP sockets that all sessions of an agent share: one for each family, open while there is a session. */
export interface SnmpTransport {
  /** @param onCrash The session's own code fell over an answer. */
  open(peer: Peer, onCrash: (error: unknown) => void): Line;
  /** Sockets that are open. */
  sockets(): number;
  close(): void;
}

/** Several hundred devices may answer while the agent is busy. */
const RECEIVE_BYTES = 1024 * 1024;

interface Listener {
  hear(bytes: Buffer): boolean;
}

export function createTransport(): SnmpTransport {
  const sockets = new Map<string, Socket>();
  const listeners = new Map<string, Set<Listener>>();

  const socketFor = (family: 'udp4' | 'udp6'): Socket => {
    const open = sockets.get(family);
    if (open) return open;
    const socket = createSocket({ type: family, recvBufferSize: RECEIVE_BYTES });
    sockets.set(family, socket);
    const drop = () => {
      if (sockets.get(family) === socket) sockets.delete(family);
    };
    socket.on('message', (bytes: Buffer, from: RemoteInfo) => {
      for (const listener of listeners.get(keyOf(from)) ?? []) if (listener.hear(bytes)) return;
    });
    // What was under way is lost and asked again, over a new socket.
    socket.on('error', () => {
      drop();
      socket.close();
    });
    socket.on('close', drop);
    // A request under way has a timer that keeps the process; a socket that only waits must not.
    socket.unref();
    return socket;
  };

  const closeAll = () => {
    for (const socket of [...sockets.values()]) socket.close();
    sockets.clear();
  };

  return {
    open(peer, onCrash) {
      const key = keyOf(peer);
      const family = isIP(peer.address) === 6 ? 'udp6' : 'udp4';
      const heard: ((bytes: Buffer) => void)[] = [];
      const closed: (() => void)[] = [];
      let lastSent: Buffer | undefined;
      let isOpen = true;
      const listener: Listener = {
        hear(bytes) {
          if (lastSent === undefined || !isAnswerTo(lastSent, bytes)) return false;
          try {
            for (const tell of heard) tell(bytes);
          } catch (error) {
            onCrash(error);
          }
          return true;
        },
      };
      const place = listeners.get(key) ?? new Set();
      listeners.set(key, place.add(listener));
      return {
        sendsLeft: 0,
        send(bytes, _offset, _length, _port, _host, done) {
          if (!isOpen || this.sendsLeft <= 0) {
            done(new Error(isOpen ? 'too many questions' : 'closed'));
            return;
          }
          this.sendsLeft--;
          lastSent = bytes;
          socketFor(family).send(bytes, peer.port, peer.address, done);
        },
        on(event, tell) {
          if (event === 'message') heard.push(tell);
          if (event === 'close') closed.push(tell as () => void);
        },
        close() {
          if (!isOpen) return;
          isOpen = false;
          place.delete(listener);
          if (place.size === 0 && listeners.get(key) === place) listeners.delete(key);
          for (const tell of closed) tell();
          if (listeners.size === 0) closeAll();
        },
        ref() {},
        unref() {},
      };
    },
    sockets: () => sockets.size,
    close: closeAll,
  };
}

/** One address may be written in several ways. */
function keyOf({ address, port }: Peer): string {
  const [bare = '', zone] = address.split('%');
  const same = isIP(bare) === 6 ? new SocketAddress({ address: bare, family: 'ipv6' }).address : bare;
  return `${same}%${zone ?? ''}|${port}`;
}
