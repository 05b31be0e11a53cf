import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../../../../agent/clock.ts';
import { openSnmpSession } from '../../../../agent/snmp/client/session.ts';
import { createTransport } from '../../../../agent/snmp/client/transport.ts';
import { type RealServer, startRealServer } from '../../../support/real-server.ts';
import type { SimulatedDevice } from './device.ts';
import { snmprecOf } from './snmprec.ts';

export const SNMPSIM = 'snmpsimd';
export const COMMUNITY = 'shop';

export interface Snmpsim extends RealServer {
  /** Ends it, and removes what it kept. */
  close(): Promise<void>;
}

/** Debian's snmpsim as one device on a port of the loopback. Its counters and its uptime begin anew whenever it starts. */
export async function startSnmpsim(device: SimulatedDevice, port: number): Promise<Snmpsim> {
  const folder = mkdtempSync(join(tmpdir(), 'vigie-snmpsim-'));
  const [data, cache] = [join(folder, 'data'), join(folder, 'cache')];
  for (const path of [data, cache]) mkdirSync(path);
  writeFileSync(join(data, `${COMMUNITY}.snmprec`), snmprecOf(device));
  // It gives up root, and must then read the one and write the other.
  for (const [path, mode] of [
    [folder, 0o755],
    [data, 0o755],
    [cache, 0o777],
  ] as const) {
    chmodSync(path, mode);
  }
  const server = await startRealServer({
    program: SNMPSIM,
    args: [
      '--v2c-arch',
      '--logging-method=null',
      `--data-dir=${data}`,
      `--cache-dir=${cache}`,
      `--agent-udpv4-endpoint=127.0.0.1:${port}`,
      ...(process.getuid?.() === 0 ? ['--process-user=nobody', '--process-group=nogroup'] : []),
    ],
    isReady: () => answers(port),
  });
  return Object.assign(server, {
    async close() {
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  });
}

/** Whether a device answers there. */
async function answers(port: number): Promise<boolean> {
  const transport = createTransport();
  const target = {
    host: '127.0.0.1',
    port,
    version: '2c' as const,
    credentials: () => ({ version: '2c' as const, community: COMMUNITY }),
    timeoutMs: 500,
    retries: 0,
  };
  const session = openSnmpSession(target, { transport, clock: systemClock });
  try {
    return (await session.get(['1.3.6.1.2.1.1.3.0'])).size === 1;
  } finally {
    session.close();
    transport.close();
  }
}
