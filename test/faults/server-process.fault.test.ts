import { setTimeout as pause } from 'node:timers/promises';
import mqtt from 'mqtt';
import { afterEach, describe, expect, test } from 'vitest';
import { startInfluxd } from '../support/influxd.ts';
import { startMosquitto } from '../support/mosquitto.ts';
import { startPostgres } from '../support/postgres.ts';
import { isInstalled, type RealServer } from '../support/real-server.ts';
import { isStopped, ServerProcess } from './processes.ts';
import { until } from './until.ts';

interface Kind {
  name: string;
  program: string;
  start: () => Promise<{ server: RealServer; remove: () => Promise<void>; answers: () => Promise<unknown> }>;
}

const KINDS: Kind[] = [
  {
    name: 'Mosquitto',
    program: 'mosquitto',
    start: async () => {
      const server = await startMosquitto();
      return { server, remove: () => server.remove(), answers: () => connackFrom(server.url) };
    },
  },
  {
    name: 'PostgreSQL',
    program: '/usr/lib/postgresql/15/bin/postgres',
    start: async () => {
      const server = await startPostgres();
      return { server, remove: () => server.destroy(), answers: () => server.sql(server.url(), 'SELECT 1') };
    },
  },
  {
    name: 'InfluxDB',
    program: 'influxd',
    start: async () => {
      const { server, url, stop } = await startInfluxd();
      return { server, remove: stop, answers: () => fetch(`${url}/ping`) };
    },
  },
];

let remove: () => Promise<void>;
afterEach(() => remove());

describe.each(KINDS)('$name', ({ name, program, start }) => {
  test.skipIf(!isInstalled(program))('is frozen and thawed, killed and started again', async () => {
    const { server, answers, ...rest } = await start();
    remove = rest.remove;
    const struck = new ServerProcess(name, server);
    await answers();

    struck.freeze();
    await until(() => isStopped(struck.pid), 2_000, 'it does not stop');
    let answered = false;
    const answer = answers().then(() => {
      answered = true;
    });
    // A round trip to it takes a few milliseconds when it runs.
    await pause(300);
    expect(answered).toBe(false);
    struck.thaw();
    await answer;

    const before = struck.pid;
    await struck.kill();
    await expect(answers()).rejects.toThrow();
    await struck.start();
    expect(struck.pid).not.toBe(before);
    await answers();
  });
});

async function connackFrom(url: string): Promise<void> {
  const client = await mqtt.connectAsync(url, { protocolVersion: 4, reconnectPeriod: 0 });
  await client.endAsync();
}
