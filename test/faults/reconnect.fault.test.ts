import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';
import { systemClock } from '../../agent/clock.ts';
import type { Delivery } from '../../agent/delivery.ts';
import { type Session, startSession } from '../../agent/session.ts';
import { startEmbeddedBroker } from '../../collector/broker/aedes-broker.ts';
import { freePort } from '../support/free-port.ts';
import { until } from './until.ts';

const GATEWAYS = 500;
/** Long enough for the pauses between attempts to have grown apart. */
const AWAY_MS = 12_000;

const nothing: Delivery = { open() {}, receive() {}, pause() {}, reset() {}, offer() {} };
const sessions: Session[] = [];
let close: () => Promise<void> = async () => {};
afterEach(async () => {
  await Promise.all(sessions.map((session) => session.stop()));
  await close();
});

async function startBroker(port: number): Promise<void> {
  const broker = await startEmbeddedBroker({ host: '127.0.0.1', port, deviceOf: () => undefined, onProblem: () => {} });
  await broker.open({ index: 0, of: 1 }, [], (_message, done) => done(true));
  close = () => broker.close();
}

test('five hundred gateways are back within a minute of their broker’s restart, and not all at once', async () => {
  const port = await freePort();
  await startBroker(port);
  const connectedAt = new Map<string, number>();
  for (let at = 0; at < GATEWAYS; at++) {
    const store = `s${at}`;
    sessions.push(
      startSession({
        server: { host: '127.0.0.1', port },
        chain: 'acme',
        store,
        device: 'gateway',
        keepaliveS: 10,
        boot: `bootofstore${at}`,
        birth: () => ({
          v: 1,
          boot: `bootofstore${at}`,
          at: Date.now(),
          agent: { version: '1', config: '0' },
          intervalS: 10,
          host: {},
          checks: [],
        }),
        onBirthTold: () => connectedAt.set(store, performance.now()),
        delivery: nothing,
        clock: systemClock,
        chance: Math.random,
        log: () => {},
      }),
    );
  }
  await until(
    () => connectedAt.size === GATEWAYS,
    30_000,
    () => `${connectedAt.size} connected`,
  );

  connectedAt.clear();
  await close();
  // Not an event: a restart that takes its time.
  await pause(AWAY_MS);
  await startBroker(port);
  const from = performance.now();
  await until(
    () => connectedAt.size === GATEWAYS,
    60_000,
    () => `${connectedAt.size} of ${GATEWAYS} are back after a minute`,
  );
  const delays = [...connectedAt.values()].map((at) => at - from).sort((a, b) => a - b);
  const perSecond = new Map<number, number>();
  for (const delay of delays)
    perSecond.set(Math.floor(delay / 1000), (perSecond.get(Math.floor(delay / 1000)) ?? 0) + 1);
  const busiest = Math.max(...perSecond.values());
  process.stdout.write(
    `${GATEWAYS} gateways back: half after ${((delays[GATEWAYS / 2] ?? 0) / 1000).toFixed(1)} s, all after ${((delays.at(-1) ?? 0) / 1000).toFixed(1)} s, ${busiest} in the busiest second\n`,
  );
  expect(busiest).toBeLessThan(GATEWAYS / 2);
});
