import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { systemClock } from '../../../../agent/clock.ts';
import { createTransport, type SnmpTransport } from '../../../../agent/snmp/client/transport.ts';
import type { SnmpCredentials } from '../../../../agent/snmp/credentials.ts';
import { opener } from '../../../../agent/snmp/discovery/open-session.ts';
import { type SweepOptions, sweep } from '../../../../agent/snmp/discovery/sweep.ts';
import { profiles } from '../../../../agent/snmp/profiles/registry.gen.ts';
import { type RealSnmpd, startSnmpd } from '../client/real-snmpd.ts';

const RANGE = '127.0.1.0/28';
const PER_SECOND = 40;
// All of one machine: what its interfaces are called would make them one device.
const VIEW = ['view told included .1.3.6.1.2.1.1', 'view told included .1.3.6.1.6.3.10'];
const credentials: SnmpCredentials = {
  lan: { version: '2c', communityEnv: 'LAN' },
  strict: { version: 3, user: 'vigie', auth: { protocol: 'sha256', passwordEnv: 'STRICT' } },
};
const env = { LAN: 'lan-secret', STRICT: 'strict-secret' };

const started: RealSnmpd[] = [];
const closing: (() => void)[] = [];
/** When datagrams came to a silent address. */
const heard = new Map<string, number[]>();
let port = 0;
let transport: SnmpTransport;

/** Binds a port of an address, and counts what comes. */
async function listen(address: string, at: number): Promise<number> {
  const socket = createSocket('udp4');
  const times: number[] = [];
  heard.set(address, times);
  socket.on('message', () => times.push(performance.now()));
  socket.bind(at, address);
  await once(socket, 'listening');
  closing.push(() => socket.close());
  return (socket.address() as AddressInfo).port;
}

const device = (name: string, addresses: readonly string[], access: readonly string[]) =>
  startSnmpd(
    [`agentaddress ${addresses.map((each) => `udp:${each}:${port}`).join(',')}`, `sysName ${name}`, ...VIEW, ...access],
    `80001f8804${Buffer.from(name).toString('hex')}`,
    'kept',
  );

beforeAll(async () => {
  transport = createTransport();
  port = await listen('127.0.1.2', 0);
  for (const address of ['127.0.1.14', '127.0.1.15', '127.0.1.16', '127.0.2.1']) await listen(address, port);
  started.push(
    await device('sw-a', ['127.0.1.3', '127.0.1.4'], ['rocommunity lan-secret default -V told']),
    await device('ups-b', ['127.0.1.9'], ['createUser vigie SHA-256 strict-secret', 'rouser vigie auth -V told']),
    await device('outside', ['127.0.1.17'], ['rocommunity lan-secret default -V told']),
  );
});

afterAll(async () => {
  for (const close of closing) close();
  await Promise.all(started.map((each) => each.close()));
  transport.close();
});

const looking = (given: Partial<SweepOptions> = {}) =>
  sweep({
    ranges: [RANGE],
    allowed: [RANGE],
    except: [],
    credentials: ['lan', 'strict'],
    known: [],
    perSecond: PER_SECOND,
    port,
    profiles,
    clock: systemClock,
    signal: new AbortController().signal,
    open: opener({ credentials, env, transport, clock: systemClock }),
    ...given,
  });

test('finds exactly the devices that are there, at a bounded rate, and sends nothing to anybody else', async () => {
  const { found, refusing, gone } = await looking();
  expect(found.map(({ address, others, name, credential }) => ({ address, others, name, credential }))).toEqual([
    { address: '127.0.1.3', others: ['127.0.1.4'], name: 'sw-a', credential: 'lan' },
    { address: '127.0.1.9', others: [], name: 'ups-b', credential: 'strict' },
  ]);
  expect([refusing, gone]).toEqual([[], []]);

  // Two credentials, twice.
  const [first, last] = [heard.get('127.0.1.2') ?? [], heard.get('127.0.1.14') ?? []];
  expect([first.length, last.length]).toEqual([4, 4]);
  // Eleven more addresses are asked between the two in a round of the first credential, nine or so after it.
  for (const [round, at] of last.entries()) {
    expect(at - (first[round] ?? 0)).toBeGreaterThan(((8 * 1000) / PER_SECOND) * 0.9);
  }
  for (const address of ['127.0.1.15', '127.0.1.16', '127.0.2.1']) expect(heard.get(address)).toEqual([]);
}, 30_000);

test('a range outside of the allowed ones is refused by name, before a single datagram', async () => {
  const before = [...heard.values()].flat().length;
  await expect(looking({ ranges: [RANGE, '127.0.2.0/28'] })).rejects.toThrow('127.0.2.0/28');
  await expect(looking({ ranges: ['127.0.1.16/28'] })).rejects.toThrow('127.0.1.16/28');
  expect([...heard.values()].flat().length).toBe(before);
});

test('a device that is configured is known, one that is silent is gone', async () => {
  const { found, gone } = await looking({
    known: [
      { name: 'b', address: '127.0.1.9', port, credential: 'strict' },
      { name: 'till', address: '127.0.1.14', port, credential: 'lan' },
    ],
  });
  expect(found.map(({ name, device: known }) => [name, known])).toEqual([
    ['sw-a', undefined],
    ['ups-b', 'b'],
  ]);
  expect(gone.map(({ name }) => name)).toEqual(['till']);
}, 30_000);
