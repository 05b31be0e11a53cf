import { spawnSync } from 'node:child_process';
import { chmodSync, chownSync } from 'node:fs';
import { connect } from 'node:net';
import { isInstalled, type RealServerOptions, startRealServer } from '../support/real-server.ts';
import { ended, killNow } from './leftovers.ts';
import { processTree } from './processes.ts';

/** A server this bench would need is not there: the part is left out and says so. Nothing is ever installed for it. */
export class NotInstalled extends Error {
  readonly program: string;

  constructor(program: string) {
    super(`${program} is not installed`);
    this.name = 'NotInstalled';
    this.program = program;
  }
}

export interface PeerProcess {
  pid: number;
  stop(): Promise<void>;
}

export interface PeerOptions extends RealServerOptions {
  /** Killed with its children instead of being asked: a clean stop would first write all that waits in its memory. */
  killed?: boolean;
}

/**
 * Another system's server, alone on loopback.
 * @throws NotInstalled
 */
export async function startPeer({ killed = false, ...options }: PeerOptions): Promise<PeerProcess> {
  if (!isInstalled(options.program)) throw new NotInstalled(options.program);
  const server = await startRealServer(options);
  const stop = ended(async () => {
    if (killed) processTree(server.pid).forEach(killNow);
    await server.stop();
  });
  return { pid: server.pid, stop };
}

export interface User {
  uid: number;
  gid: number;
}

/** The user Debian made for a server that refuses to run as root; undefined where we are not root and it runs as us. */
export function userFor(name: string): User | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const id = (flag: string) => Number(spawnSync('id', [flag, name], { encoding: 'utf8' }).stdout || Number.NaN);
  const user = { uid: id('-u'), gid: id('-g') };
  if (Number.isNaN(user.uid)) throw new NotInstalled(`the user of ${name}`);
  return user;
}

/** Gives a folder to that user, so that only its server writes there. */
export function giveTo(user: User | undefined, path: string): void {
  if (!user) return;
  chownSync(path, user.uid, user.gid);
  chmodSync(path, 0o755);
}

/** Whether somebody listens on a loopback port. */
export function listens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port });
    socket.on('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.on('error', () => resolve(false));
  });
}
