import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '../support/free-port.ts';
import { ended, temporaryFolder } from './leftovers.ts';
import { giveTo, listens, startPeer, userFor } from './peer-process.ts';

export interface Mosquitto {
  pid: number;
  port: number;
  stop(): Promise<void>;
}

/**
 * Mosquitto with its limits on what may wait raised: with its own, it drops what a subscriber does not take at once.
 * @throws NotInstalled
 */
export async function startMosquitto(): Promise<Mosquitto> {
  const port = await freePort();
  const folder = temporaryFolder('mosquitto');
  const user = userFor('mosquitto');
  giveTo(user, folder.path);
  const config = join(folder.path, 'mosquitto.conf');
  writeFileSync(
    config,
    [
      `listener ${port} 127.0.0.1`,
      'allow_anonymous true',
      'persistence true',
      `persistence_location ${folder.path}/`,
      'max_inflight_messages 0',
      'max_queued_messages 500000',
      'max_queued_bytes 0',
      'set_tcp_nodelay true',
      'log_type error',
    ].join('\n'),
  );
  const broker = await startPeer({
    program: 'mosquitto',
    args: ['-c', config],
    isReady: () => listens(port),
    ...(user && { user }),
  }).catch(async (error) => {
    folder.remove();
    throw error;
  });
  const stop = ended(async () => {
    await broker.stop();
    folder.remove();
  });
  return { pid: broker.pid, port, stop };
}
