import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { plugin } from '../../../agent/actions/wake_on_lan.ts';
import { listFaults } from '../../../agent/config-faults.ts';
import { broadcast } from '../../../agent/platform/broadcast.ts';
import { createFakeActionContext } from '../fake-action-context.ts';

const MACHINE = { name: 'till-02', mac: '00:1b:21:3a:4f:5c' };
const args = { machine: 'till-02' };

test('the magic packet is six bytes of ones and the address sixteen times, sent three times', async () => {
  const sent: [string, string, number][] = [];
  const ctx = createFakeActionContext({
    args,
    broadcast: async (datagram, address, port) => {
      sent.push([Buffer.from(datagram).toString('hex'), address, port]);
    },
  });
  await plugin.create({ machines: [MACHINE], broadcast: '10.1.2.255' }).act(ctx);
  const packet = `${'ff'.repeat(6)}${'001b213a4f5c'.repeat(16)}`;
  expect(sent).toEqual(Array.from({ length: 3 }, () => [packet, '10.1.2.255', 9]));
});

test('it waits for the machine to answer, and tells whether it did', async () => {
  let now = 0;
  const ctx = createFakeActionContext({
    args,
    broadcast: async () => {},
    monotonicMs: () => now,
    wait: (ms) => {
      now += ms;
      // What races against an answer never wins here: answers come at once.
      return ms === 2000 ? new Promise(() => {}) : Promise.resolve();
    },
    connect: async () => {
      if (now < 20_000) throw new Error('EHOSTUNREACH');
    },
  });
  const machines = [{ ...MACHINE, host: '10.1.2.12', port: 22 }];
  const action = plugin.create({ machines, waitS: 90 });
  expect(await action.look(ctx)).toEqual({ text: 'till-02 (00:1b:21:3a:4f:5c): gives no answer', isGood: false });
  await action.act(ctx);
  expect(await action.look(ctx)).toEqual({ text: 'till-02 (00:1b:21:3a:4f:5c): answers' });
  expect(now).toBeLessThan(90_000);
});

test('only what is listed can be woken, by an address that is one', async () => {
  expect(plugin.choices?.({ machines: [MACHINE] })).toEqual({ machine: ['till-02'] });
  expect(listFaults(plugin.options, { machines: [{ name: 'x', mac: '00:1b:21:3a:4f' }] })).not.toEqual([]);
  expect(listFaults(plugin.options, { machines: [MACHINE], broadcast: 'till-02' })).not.toEqual([]);
});

test('a datagram really goes out', async () => {
  const ear = createSocket('udp4');
  ear.bind(0, '127.0.0.1');
  await once(ear, 'listening');
  const heard = once(ear, 'message');
  await broadcast(Buffer.from('wake up'), '127.0.0.1', ear.address().port, new AbortController().signal);
  expect(String((await heard)[0])).toBe('wake up');
  ear.close();
});
