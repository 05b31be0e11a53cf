import { expect, test } from 'vitest';
import { plugin } from '../../../agent/checks/wan_path.ts';
import { parseRoutes6 } from '../../../agent/platform/default-routes.ts';
import { createFakeContext, type FakeOutside } from '../fake-context.ts';
import { printing, recording } from '../recording.ts';

const HEAD = 'Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT\n';
const route = (name: string, gateway: string, metric: number, flags = '0003') =>
  `${name}\t00000000\t${gateway}\t${flags}\t0\t0\t${metric}\t00000000\t0\t0\t0\n`;
const FIBRE = route('eth0', '0100000A', 100);
const MODEM = route('wwan0', '00000000', 700, '0001');
const ARP = `IP address       HW type     Flags       HW address            Mask     Device
10.0.0.1         0x1         0x2         aa:bb:cc:dd:ee:ff     *        eth0\n`;
const links = [
  { name: 'fibre', interface: 'eth0' },
  { name: '4G', interface: 'wwan0' },
];
const outside = (routes: string, more: FakeOutside = {}) =>
  createFakeContext({ files: { '/proc/net/route': HEAD + routes, '/proc/net/arp': ARP }, ...more });

test('the usual link', async () => {
  const { points, statuses } = await plugin.create({ links })(outside(MODEM + FIBRE));
  expect(points).toEqual([
    {
      m: 'wan_path',
      t: { link: 'fibre', interface: 'eth0', gateway: '10.0.0.1' },
      f: { link_index: 0, on_backup: 0, gateway_reachable: 1, metric: 100, changes: 0 },
    },
  ]);
  expect(statuses).toEqual([{ check: 'the-check', status: 'ok' }]);
});

test('a change to the backup and back is told and counted', async () => {
  const run = plugin.create({ links });
  await run(outside(FIBRE));
  const moved = await run(outside(MODEM));
  expect(moved.points[0]).toMatchObject({
    t: { link: '4G', interface: 'wwan0' },
    f: { link_index: 1, on_backup: 1, changes: 1 },
  });
  expect(moved.points[0]?.f).not.toHaveProperty('gateway_reachable');
  expect(moved.statuses).toEqual([
    { check: 'the-check', status: 'warning', text: 'The store is on its backup link 4G (wwan0).' },
  ]);
  expect((await run(outside(FIBRE))).points[0]?.f.changes).toBe(2);
});

test.each([
  ['no route', '', 'critical', 'No default route: no link.'],
  ['a route that is down', route('eth0', '0100000A', 1, '0002'), 'critical', 'No default route: no link.'],
  ['an unreachable route', route('eth0', '0100000A', 1, '0201'), 'critical', 'No default route: no link.'],
  ['a link nobody named', route('eth9', '0100000A', 1), 'warning', 'Unknown link: eth9, 10.0.0.1.'],
])('%s', async (_, routes, status, text) => {
  const { statuses } = await plugin.create({ links })(outside(routes));
  expect(statuses).toEqual([{ check: 'the-check', status, text }]);
});

test('a gateway the kernel asks for in vain', async () => {
  const files = { '/proc/net/route': HEAD + FIBRE, '/proc/net/arp': ARP.replace('0x2', '0x0') };
  const { points, statuses } = await plugin.create({ links })(createFakeContext({ files }));
  expect(points[0]?.f.gateway_reachable).toBe(0);
  expect(statuses[0]).toMatchObject({ status: 'critical', text: 'The gateway 10.0.0.1 does not answer on eth0.' });
});

test.each([
  ['ECONNREFUSED', 1],
  ['EHOSTUNREACH', 0],
])('a port of the gateway: %s', async (code, gateway_reachable) => {
  const connect = async () => {
    throw Object.assign(new Error('x'), { code });
  };
  const { points } = await plugin.create({ links, gatewayPort: 443 })(outside(FIBRE, { connect }));
  expect(points[0]?.f).toMatchObject({ gateway_reachable });
});

test('a ping of the gateway', async () => {
  const exec = async (_file: string, args: readonly string[]) => ({
    code: 0,
    stdout: `64 bytes from ${args.at(-1)}: time=1 ms`,
    stderr: '',
  });
  const { points } = await plugin.create({ links, gatewayProbe: 'ping' })(outside(FIBRE, { exec }));
  expect(points[0]?.f.gateway_reachable).toBe(1);
});

const behindRouter = plugin.create({
  links: [
    { name: 'fibre', egress: '203.0.113.' },
    { name: '4G', egress: '198.51.100.' },
  ],
  egressUrl: 'https://ip.example/',
});
const from = (address: string) => ({ fetch: async () => new Response(`{"ip":"${address}"}`) });

test('behind a router the public address tells', async () => {
  const { points } = await behindRouter(outside(FIBRE, from('203.0.113.7')));
  expect(points[0]).toMatchObject({ t: { link: 'fibre' }, f: { changes: 0 } });
  // No answer is no change.
  const failing = async () => {
    throw new Error('x');
  };
  const unsure = await behindRouter(outside(FIBRE, { fetch: failing }));
  expect(unsure.points[0]?.f).toEqual({ gateway_reachable: 1, metric: 100, changes: 0 });
  expect(unsure.statuses[0]?.status).toBe('unknown');
  const moved = await behindRouter(outside(FIBRE, from('198.51.100.20')));
  expect(moved.points[0]).toMatchObject({ t: { link: '4G' }, f: { on_backup: 1, changes: 1 } });
  expect(moved.statuses[0]?.text).toBe('The store is on its backup link 4G (eth0, 10.0.0.1, 198.51.100.20).');
});

test('IPv6 routes', () => {
  const zero = '0'.repeat(32);
  const line = (hop: string, flags: string, name: string) =>
    `${zero} 00 ${zero} 00 ${hop} 00000400 00000001 00000000 ${flags} ${name}\n`;
  const text =
    line('fe80000000000000020000fffe000001', '00000003', 'eth0') +
    line(zero, '00200200', 'lo') +
    line(zero, '00000001', 'ppp0');
  expect(parseRoutes6(text)).toEqual([
    { interface: 'eth0', gateway: 'fe80::200:ff:fe00:1', metric: 1024, family: 6 },
    { interface: 'ppp0', metric: 1024, family: 6 },
  ]);
});

test('on Windows the sum of both metrics decides', async () => {
  const stdout = JSON.stringify([
    {
      DestinationPrefix: '0.0.0.0/0',
      NextHop: '192.168.8.1',
      InterfaceAlias: '4G',
      RouteMetric: 0,
      InterfaceMetric: 50,
    },
    {
      DestinationPrefix: '0.0.0.0/0',
      NextHop: '10.0.0.1',
      InterfaceAlias: 'Ethernet',
      RouteMetric: 10,
      InterfaceMetric: 25,
    },
  ]);
  const exec = async () => ({ code: 0, stdout, stderr: '' });
  const ctx = createFakeContext({ platform: 'win32', exec });
  const { points } = await plugin.create({ links: [{ name: 'fibre', gateway: '10.0.0.1' }] })(ctx);
  expect(points[0]).toMatchObject({ t: { link: 'fibre', interface: 'Ethernet' }, f: { metric: 35 } });
});

test('on Windows, a laptop on Wi-Fi', async () => {
  const ctx = createFakeContext({ platform: 'win32', exec: printing(recording('windows/routes.json')) });
  const { points } = await plugin.create({})(ctx);
  expect(points[0]).toEqual({
    m: 'wan_path',
    t: { interface: 'Wi-Fi', gateway: '192.168.0.1' },
    f: { metric: 50, changes: 0 },
  });
});

test('on macOS', async () => {
  const stdout = `   route to: default
destination: default
       mask: default
    gateway: 192.168.1.1
  interface: en0
      flags: <UP,GATEWAY,DONE,STATIC,PRCLONING,GLOBAL>
`;
  const ctx = createFakeContext({ platform: 'darwin', exec: async () => ({ code: 0, stdout, stderr: '' }) });
  const { points } = await plugin.create({})(ctx);
  expect(points).toEqual([
    { m: 'wan_path', t: { interface: 'en0', gateway: '192.168.1.1' }, f: { metric: 0, changes: 0 } },
  ]);
});
