import { expect, test } from 'vitest';
import { plugin } from '../../../agent/checks/net.ts';
import { createFakeContext } from '../fake-context.ts';

const line = (name: string) => `${name}: 1000 10 1 2 0 0 0 3 2000 20 4 5 0 0 0 0`;
const files = {
  '/proc/net/dev': [
    'Inter-|   Receive                                                |  Transmit',
    ' face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier compressed',
    ...['    lo', '  eth0', 'veth12ab', 'docker0', 'br-0f1e', 'eth0.20', '  wg0'].map(line),
    '',
  ].join('\n'),
};

test('counters of each real interface', async () => {
  const { points } = await plugin.create({})(createFakeContext({ files }));
  expect(points.map(({ t }) => t?.interface)).toEqual(['eth0', 'eth0.20', 'wg0']);
  expect(points[0]?.f).toEqual({
    bytes_recv: 1000,
    bytes_sent: 2000,
    packets_recv: 10,
    packets_sent: 20,
    err_in: 1,
    err_out: 4,
    drop_in: 2,
    drop_out: 5,
  });
});

test('a virtual one when it is asked for', async () => {
  const { points } = await plugin.create({ interfaces: ['docker0'] })(createFakeContext({ files }));
  expect(points.map(({ t }) => t?.interface)).toEqual(['docker0']);
});

test('elsewhere the library is asked', async () => {
  const stats = { rx_bytes: 1, tx_bytes: 2, rx_errors: 3, tx_errors: 4, rx_dropped: 5, tx_dropped: 6 };
  const networkStats = [
    { iface: 'Ethernet', ...stats },
    { iface: 'Loopback Pseudo-Interface 1', ...stats },
  ];
  const { points } = await plugin.create({})(createFakeContext({ platform: 'win32', information: { networkStats } }));
  expect(points).toEqual([
    {
      m: 'net',
      t: { interface: 'Ethernet' },
      f: { bytes_recv: 1, bytes_sent: 2, err_in: 3, err_out: 4, drop_in: 5, drop_out: 6 },
    },
  ]);
});
