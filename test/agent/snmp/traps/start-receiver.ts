import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { LogLevel } from '../../../../agent/log.ts';
import type { Secrets } from '../../../../agent/snmp/credentials.ts';
import { profiles } from '../../../../agent/snmp/profiles/registry.gen.ts';
import { startTrapReceiver, type TrapReceiver } from '../../../../agent/snmp/traps/receiver.ts';
import type { Sender } from '../../../../agent/snmp/traps/senders.ts';
import { sayIn } from '../../../../agent/words.ts';
import type { DeviceEvent } from '../../../../protocol/events.ts';
import type { CheckStatus } from '../../../../protocol/status.ts';
import { createFakeClock, type FakeClock } from '../../fake-clock.ts';

export interface Listening {
  receiver: TrapReceiver;
  port: number;
  clock: FakeClock;
  dataDir: string;
  events: [device: string, event: DeviceEvent][];
  woken: string[];
  statuses: [device: string, status: CheckStatus][];
  logged: { level: LogLevel; message: string; fields: Record<string, unknown> | undefined }[];
  /** From a socket of its own, which hears the answers. */
  send(bytes: Uint8Array, times?: number): void;
  answers: Buffer[];
  /** Resolves when it holds. */
  until(holds: () => boolean): Promise<void>;
}

/** A receiver on a port of the loopback, which is the switch unless it is said otherwise. */
export async function listening({
  devices = [{ name: 'switch', addresses: ['127.0.0.1'] }],
  secrets = [{ version: '2c', community: 'public' }],
  dataDir = mkdtempSync(join(tmpdir(), 'vigie-traps-')),
}: {
  devices?: readonly Sender[];
  secrets?: readonly Secrets[];
  dataDir?: string;
} = {}): Promise<Listening> {
  const clock = createFakeClock();
  const told: Pick<Listening, 'events' | 'woken' | 'statuses' | 'logged' | 'answers'> = {
    events: [],
    woken: [],
    statuses: [],
    logged: [],
    answers: [],
  };
  const receiver = startTrapReceiver({
    host: '127.0.0.1',
    port: 0,
    self: 'gateway',
    devices: () => devices,
    secrets,
    profiles,
    profilesOf: () => [],
    dataDir,
    clock,
    log: (level, message, fields) => told.logged.push({ level, message, fields }),
    say: sayIn('en'),
    onEvent: (device, event) => told.events.push([device, event]),
    onLate(device, events, statuses) {
      told.events.push(...events.map((event): [string, DeviceEvent] => [device, event]));
      told.statuses.push(...statuses.map((status): [string, CheckStatus] => [device, status]));
    },
    onWake: (device) => told.woken.push(device),
    onStatus: (device, status) => told.statuses.push([device, status]),
  });
  const socket = createSocket('udp4');
  socket.on('message', (bytes) => told.answers.push(bytes));
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  const until = async (holds: () => boolean) => {
    while (!holds()) await new Promise<void>((resolve) => setImmediate(resolve));
  };
  await until(() => receiver.port() !== undefined);
  onTestFinished(async () => {
    socket.close();
    await receiver.stop();
    rmSync(dataDir, { recursive: true, force: true });
  });
  const port = receiver.port() as number;
  return {
    ...told,
    receiver,
    port,
    clock,
    dataDir,
    until,
    send(bytes, times = 1) {
      for (let left = times; left > 0; left--) socket.send(bytes, port, '127.0.0.1');
    },
  };
}
