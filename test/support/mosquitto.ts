import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from './free-port.ts';
import { type RealServer, startRealServer } from './real-server.ts';

export interface Mosquitto extends RealServer {
  /** `mqtt://127.0.0.1:port`. */
  readonly url: string;
  readonly port: number;
  /** Configuration and persistence. */
  readonly folder: string;
  /** Stops it and removes the folder. */
  remove(): Promise<void>;
}

/** Anyone may do anything; what waits survives a proper stop, and a kill up to the last save. */
const openToAll = (folder: string, port: number) => `
listener ${port} 127.0.0.1
allow_anonymous true
persistence true
persistence_location ${folder}/
autosave_interval 1
max_inflight_messages 0
max_queued_messages 0
set_tcp_nodelay true
`;

/** A real Mosquitto on loopback. The configuration may be made of what the folder and the port turn out to be. */
export async function startMosquitto(configure = openToAll): Promise<Mosquitto> {
  const folder = mkdtempSync(join(tmpdir(), 'vigie-mosquitto-'));
  const port = await freePort();
  const config = join(folder, 'mosquitto.conf');
  // Started as root it would become a user who may not write here.
  writeFileSync(config, `user root\n${configure(folder, port)}`);
  const server = await startRealServer({ program: 'mosquitto', args: ['-c', config], isReady: () => accepts(port) });
  return {
    get pid() {
      return server.pid;
    },
    start: server.start,
    kill: server.kill,
    freeze: server.freeze,
    thaw: server.thaw,
    stop: server.stop,
    url: `mqtt://127.0.0.1:${port}`,
    port,
    folder,
    async remove() {
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const accepts = (port: number) =>
  new Promise<boolean>((resolve) => {
    const socket = connect({ host: '127.0.0.1', port });
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
