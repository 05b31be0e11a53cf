import { Resolver } from 'node:dns/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { plugin } from '../../../agent/checks/dns_query.ts';
import { freePort } from '../../support/free-port.ts';
import { type RealServer, startRealServer } from '../../support/real-server.ts';
import { runOnce } from './run-live.ts';

let server: string;
let dnsmasq: RealServer;

beforeAll(async () => {
  const port = await freePort();
  server = `127.0.0.1:${port}`;
  const resolver = new Resolver({ timeout: 500, tries: 1 });
  resolver.setServers([server]);
  dnsmasq = await startRealServer({
    program: 'dnsmasq',
    args: [
      '--keep-in-foreground',
      '--conf-file=/dev/null',
      '--pid-file=',
      '--user=root',
      '--listen-address=127.0.0.1',
      '--bind-interfaces',
      `--port=${port}`,
      '--no-resolv',
      '--no-hosts',
      '--local=/example.net/',
      '--host-record=pos.example.net,10.0.0.10,fd00::10',
      '--cname=till.example.net,pos.example.net',
      '--mx-host=example.net,pos.example.net,10',
      '--txt-record=example.net,v=spf1 -all',
      '--srv-host=_mqtt._tcp.example.net,pos.example.net,8883,5,7',
      '--ptr-record=10.0.0.10.in-addr.arpa,pos.example.net',
    ],
    isReady: async () => (await resolver.resolve4('pos.example.net')).length > 0,
  });
});
afterAll(() => dnsmasq.stop());

test.each([
  ['A', 'pos.example.net', '10.0.0.10'],
  ['AAAA', 'pos.example.net', 'fd00::10'],
  ['CNAME', 'till.example.net', 'pos.example.net'],
  ['MX', 'example.net', '10 pos.example.net'],
  ['TXT', 'example.net', 'v=spf1 -all'],
  ['SRV', '_mqtt._tcp.example.net', '5 7 8883 pos.example.net'],
  ['PTR', '10.0.0.10.in-addr.arpa', 'pos.example.net'],
] as const)('%s of %s', async (recordType, domain, answer) => {
  const { points, statuses } = await runOnce(plugin, { domain, recordType, server, expect: [answer] });
  expect(statuses).toEqual([{ check: 'the-check', status: 'ok' }]);
  expect(points[0]).toMatchObject({
    t: { domain, record_type: recordType, server, result: 'success' },
    f: { answers: 1 },
  });
  expect(points[0]?.f.query_time_ms).toBeGreaterThan(0);
});

test('another answer, and a name it does not know', async () => {
  const other = await runOnce(plugin, { domain: 'pos.example.net', server, expect: ['10.0.0.99'] });
  expect(other.statuses[0]?.text).toBe('pos.example.net has not the expected answer, but: 10.0.0.10.');
  const none = await runOnce(plugin, { domain: 'nobody.example.net', server });
  expect(none.points[0]).toMatchObject({ t: { result: 'error' }, f: { result_code: 2 } });
  expect(none.statuses[0]?.text).toBe('The name server does not know nobody.example.net (ENOTFOUND).');
});

test('a server that is not there', async () => {
  const { points, statuses } = await runOnce(plugin, {
    domain: 'pos.example.net',
    server: `127.0.0.1:${await freePort()}`,
  });
  expect(points[0]?.t?.result).toBe('error');
  expect(statuses[0]?.text).toBe('The DNS query for pos.example.net failed (ECONNREFUSED).');
});
