import { expect, test } from 'vitest';
import { SnmpFault } from '../../../../agent/snmp/client/fault.ts';
import type { SnmpSession } from '../../../../agent/snmp/client/session.ts';
import { type SweepOptions, type SweepTarget, sweep } from '../../../../agent/snmp/discovery/sweep.ts';
import { createFakeClock } from '../../fake-clock.ts';

const NAME = '1.3.6.1.2.1.1.5.0';
const octets = (text: string) => ({ type: 'octets' as const, value: Buffer.from(text) });

interface Host {
  name: string;
  /** What it accepts; any other is met with silence, or refused. */
  credential: string;
  refuses?: boolean;
  /** Datagrams that are lost before it hears one. */
  loses?: number;
}

/** Hosts by `address:port`; all else is silent. */
function network(hosts: Readonly<Record<string, Host>>, given: Partial<SweepOptions> = {}) {
  const clock = createFakeClock();
  const asked: { at: number; address: string; port: number; credential: string }[] = [];
  const left = new Map(Object.entries(hosts).map(([place, { loses = 0 }]) => [place, loses]));
  let open = 0;
  const answer = async (target: SweepTarget): Promise<void> => {
    const { address, port, credential } = target;
    const host = hosts[`${address}:${port}`];
    if (credential === 'unread') throw new SnmpFault('credentials', address);
    const loses = left.get(`${address}:${port}`) ?? 0;
    left.set(`${address}:${port}`, loses - 1);
    if (host?.credential === credential && loses <= 0) return;
    if (host?.refuses) throw new SnmpFault('unknown-user', address);
    await new Promise<void>((resolve) => clock.after(target.timeoutMs * (target.retries + 1), resolve));
    throw new SnmpFault('timeout', address);
  };
  const options: SweepOptions = {
    ranges: ['10.1.0.0/28'],
    allowed: ['10.1.0.0/24'],
    except: [],
    credentials: ['lan'],
    known: [],
    perSecond: 10,
    profiles: [],
    clock,
    signal: new AbortController().signal,
    open(target): SnmpSession {
      open += 1;
      return {
        async get() {
          const { address, port, credential } = target;
          if (target.retries === 0) asked.push({ at: clock.monotonicMs(), address, port, credential });
          await answer(target);
          return new Map([[NAME, octets(hosts[`${address}:${port}`]?.name ?? '')]]);
        },
        walk: async () => ({ values: new Map(), faults: [] }),
        engine: () => undefined,
        as() {
          throw new Error('a sweep knows no VLANs');
        },
        close() {
          open -= 1;
        },
      };
    },
    ...given,
  };
  return { clock, asked, options, run: () => settled(sweep(options), clock), openSessions: () => open };
}

async function settled<T>(work: Promise<T>, clock: ReturnType<typeof createFakeClock>): Promise<T> {
  const state = { isDone: false };
  const done = () => {
    state.isDone = true;
  };
  work.then(done, done);
  for (let step = 0; step < 5000 && !state.isDone; step++) await clock.advance(100);
  return work;
}

test('finds those that are there, and asks each address of the range and no other', async () => {
  const { run, asked, openSessions } = network({
    '10.1.0.3:161': { name: 'sw', credential: 'lan' },
    '10.1.0.14:161': { name: 'ups', credential: 'lan' },
    '10.1.0.15:161': { name: 'broadcast', credential: 'lan' },
    '10.1.0.20:161': { name: 'outside', credential: 'lan' },
  });
  const { found, gone, refusing } = await run();
  expect(found.map(({ address, name, credential }) => [address, name, credential])).toEqual([
    ['10.1.0.3', 'sw', 'lan'],
    ['10.1.0.14', 'ups', 'lan'],
  ]);
  expect([gone, refusing]).toEqual([[], []]);
  expect(new Set(asked.map(({ address }) => address))).toEqual(
    new Set(Array.from({ length: 14 }, (_, i) => `10.1.0.${i + 1}`)),
  );
  expect(openSessions()).toBe(0);
});

test('never asks faster than it may', async () => {
  const { run, asked } = network({}, { ranges: ['10.1.0.0/25'], perSecond: 50 });
  await run();
  expect(asked).toHaveLength(2 * 126);
  for (const [i, { at }] of asked.entries()) {
    if (i > 0) expect(at - (asked[i - 1]?.at ?? 0)).toBeGreaterThanOrEqual(20);
  }
});

test('a datagram that is lost is sent once more; who has answered is not asked again', async () => {
  const { run, asked } = network({
    '10.1.0.3:161': { name: 'far', credential: 'lan', loses: 1 },
    '10.1.0.4:161': { name: 'near', credential: 'lan' },
  });
  const { found } = await run();
  expect(found.map(({ name }) => name)).toEqual(['far', 'near']);
  const times = (address: string) => asked.filter((one) => one.address === address).length;
  expect([times('10.1.0.3'), times('10.1.0.4')]).toEqual([2, 1]);
});

test('tries the credentials in their order, and says who refuses all of them', async () => {
  const { run, asked } = network(
    {
      '10.1.0.3:161': { name: 'sw', credential: 'second' },
      '10.1.0.4:161': { name: 'strict', credential: 'third', refuses: true },
    },
    { credentials: ['lan', 'second'] },
  );
  const { found, refusing } = await run();
  expect(found).toMatchObject([{ address: '10.1.0.3', credential: 'second' }]);
  expect(refusing).toEqual(['10.1.0.4']);
  expect(asked.filter(({ address }) => address === '10.1.0.3').map(({ credential }) => credential)).toEqual([
    'lan',
    'second',
  ]);
});

test('what is configured is asked as it is configured, and is known or gone', async () => {
  const { run } = network(
    { '10.1.0.3:1161': { name: 'ups', credential: 'own' }, '10.1.0.5:161': { name: 'new', credential: 'lan' } },
    {
      known: [
        { name: 'ups-1', address: '10.1.0.3', port: 1161, credential: 'own' },
        { name: 'ap-1', address: '10.1.0.9', port: 161, credential: 'own' },
        { name: 'elsewhere', address: '10.9.0.9', port: 161, credential: 'own' },
      ],
    },
  );
  const { found, gone } = await run();
  expect(found).toMatchObject([{ device: 'ups-1', port: 1161 }, { address: '10.1.0.5' }]);
  expect(found[1]).not.toHaveProperty('device');
  expect(gone.map(({ name }) => name)).toEqual(['ap-1']);
});

test('its own addresses are left out', async () => {
  const { run, asked } = network({}, { except: ['10.1.0.1'] });
  await run();
  expect(asked.some(({ address }) => address === '10.1.0.1')).toBe(false);
});

test('a credential that cannot be read is soon given up and named; the others are tried', async () => {
  const { run, asked } = network(
    { '10.1.0.3:161': { name: 'sw', credential: 'lan' } },
    { credentials: ['unread', 'lan'] },
  );
  const { found, unreadable } = await run();
  expect(found).toHaveLength(1);
  expect(unreadable.map(({ kind }) => kind)).toEqual(['credentials']);
  expect(asked.filter(({ credential }) => credential === 'unread').length).toBeLessThanOrEqual(2);
});

test('outside of what is allowed nothing is sent at all', async () => {
  const { run, asked } = network({}, { ranges: ['10.1.0.0/28', '10.2.0.0/28'] });
  await expect(run()).rejects.toThrow('10.2.0.0/28');
  expect(asked).toEqual([]);
});

test('waits while something matters more, and ends when it is told to', async () => {
  let isBusy = true;
  const ending = new AbortController();
  const { clock, asked, options } = network({}, { isBusy: () => isBusy, signal: ending.signal });
  const sweeping = sweep(options);
  sweeping.catch(() => {});
  await clock.advance(60_000);
  expect(asked).toEqual([]);
  isBusy = false;
  await clock.advance(1500);
  expect(asked.length).toBeGreaterThan(0);
  const before = asked.length;
  ending.abort(new Error('enough'));
  await clock.advance(60_000);
  await expect(sweeping).rejects.toThrow('enough');
  expect(asked.length).toBe(before);
});
