import { spawn } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

export interface RealSnmpd {
  port: number;
  /** Ends it and starts another on the same port; `memory` is where it keeps its engine's boots. */
  restart(options: { memory: string; engineId: string }): Promise<void>;
  /** Ends it; `restart` brings it back. */
  stop(): Promise<void>;
  close(): Promise<void>;
}

/** Debian's snmpd on a port of the loopback, with these lines of configuration. */
export async function startSnmpd(lines: readonly string[], engineId: string, memory: string): Promise<RealSnmpd> {
  const folder = mkdtempSync(join(tmpdir(), 'vigie-snmpd-'));
  const port = await freePort();
  const config = join(folder, 'snmpd.conf');

  async function start(options: { memory: string; engineId: string }): Promise<() => Promise<void>> {
    const kept = join(folder, options.memory);
    mkdirSync(kept, { recursive: true });
    writeFileSync(config, [`exactEngineID 0x${options.engineId}`, ...lines, ''].join('\n'), { mode: 0o600 });
    // Named by the path and not by -c: with that, snmpd forgets what it kept.
    const args = ['-f', '-Lo', '-I', '-smux', `udp:127.0.0.1:${port}`];
    const child = spawn('/usr/sbin/snmpd', args, {
      env: { PATH: process.env.PATH, SNMPCONFPATH: `${folder}:${kept}`, SNMP_PERSISTENT_DIR: kept, MIBS: '' },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const exited = once(child, 'exit');
    let isReady = false;
    for await (const line of createInterface(child.stdout)) {
      isReady = line.startsWith('NET-SNMP version');
      if (isReady) break;
    }
    if (!isReady) throw new Error('snmpd does not start');
    child.stdout.resume();
    return async () => {
      if (child.exitCode === null) child.kill('SIGTERM');
      await exited;
    };
  }

  let stop = await start({ memory, engineId });
  return {
    port,
    async restart(options) {
      await stop();
      stop = await start(options);
    },
    stop: () => stop(),
    async close() {
      await stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function freePort(): Promise<number> {
  const socket = createSocket('udp4').bind(0, '127.0.0.1');
  await once(socket, 'listening');
  const { port } = socket.address() as AddressInfo;
  socket.close();
  await once(socket, 'close');
  return port;
}
