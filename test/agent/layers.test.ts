import { expect, test } from 'vitest';
import { faultsOfSettings } from '../../agent/central/check-settings.ts';
import { type AgentConfig, validateAgentConfig } from '../../agent/config.ts';
import type { ConfigError } from '../../agent/config-faults.ts';
import { explainConfig } from '../../agent/explain-config.ts';
import { fillIn, varsIn } from '../../agent/vars.ts';

const device = {
  chain: 'demo',
  store: 'lyon',
  device: 'till-1',
  server: 'mqtt://127.0.0.1:1883',
  dataDir: '/var/lib/vigie',
};
const load = (own: object, settings?: Record<string, unknown>): Promise<AgentConfig> =>
  validateAgentConfig({ ...device, ...own }, 'agent.yaml', settings && { version: 7, settings });
const faultsOf = (own: object, settings?: Record<string, unknown>): Promise<readonly string[]> =>
  load(own, settings).then(
    () => [],
    (error: ConfigError) => error.faults,
  );
const names = ({ checks }: AgentConfig) => checks.map(({ name, from }) => `${name} < ${from}`);
const variable = (name: string) => `\${${name}}`;

test('the centre goes over the file, the file over the profile, the profile over the defaults', async () => {
  const own = {
    profile: 'till-linux',
    intervalS: 20,
    keepaliveS: 5,
    checks: [
      { type: 'mem', everyS: 60 },
      { type: 'ping', hosts: ['a'] },
    ],
  };
  const config = await load(own, { intervalS: 30, removeChecks: ['cpu', 'swap'], checks: [{ type: 'swap' }] });
  expect([config.intervalS, config.keepaliveS, config.locale]).toEqual([30, 5, 'fr']);
  const found = names(config);
  expect(found).toEqual(
    expect.arrayContaining([
      'disk < profile till-linux',
      'mem < agent.yaml',
      'ping:a < agent.yaml',
      'swap < central 7',
    ]),
  );
  expect(found.some((name) => name.startsWith('cpu'))).toBe(false);
  expect(config.checks.find(({ name }) => name === 'mem')?.everyS).toBe(60);
  const explained = Object.fromEntries(explainConfig(config).map(({ key, from }) => [key, from]));
  expect(explained).toMatchObject({
    intervalS: 'central 7',
    keepaliveS: 'agent.yaml',
    locale: 'default',
    chain: 'agent.yaml',
    'checks.swap': 'central 7',
  });
});

test('a profile of the centre goes below the file’s checks; without any profile the file’s checks are all', async () => {
  expect(names(await load({ checks: [{ type: 'cpu' }] }, { checks: [{ type: 'mem' }] }))).toEqual([
    'cpu < agent.yaml',
    'mem < central 7',
  ]);
  const config = await load({ checks: [{ type: 'cpu', everyS: 60 }] }, { profile: 'till-linux' });
  expect(names(config)).toEqual(expect.arrayContaining(['cpu < agent.yaml', 'disk < profile till-linux']));
  expect(names(await load({}, { removeChecks: ['cpu'] }))).not.toContain('cpu < default');
});

test('variables: the centre’s over the file’s, in any check; a number stays one', async () => {
  const check = { type: 'net_response', name: 'pos', server: variable('host'), port: variable('port') };
  const config = await load({ vars: { host: 'a', port: 1 }, checks: [check] }, { vars: { port: 8443 } });
  expect(JSON.parse(config.checks[0]?.entry ?? '')).toMatchObject({ server: 'a', port: 8443 });
  expect(config.from['vars.port']).toBe('central 7');
  expect(await faultsOf({ checks: [check], vars: { host: 'a' } })).toEqual([
    `checks[0]: the variable ${variable('port')} is not set in vars`,
  ]);
  expect(await faultsOf({ checks: [check], vars: { host: 'a', port: 1, hots: 'b' } })).toEqual([
    'vars.hots: no check asks for it; asked for are host, port',
  ]);
  expect(fillIn({ a: [`x-${variable('n')}`, variable('n'), variable('none')] }, { n: 5 })).toEqual({
    a: ['x-5', 5, variable('none')],
  });
  expect(varsIn([variable('a'), { b: `${variable('b')}${variable('a')}` }])).toEqual(['a', 'b']);
});

test('what is the device’s own the centre cannot set, and is told so', async () => {
  const forbidden = { chain: 'x', dataDir: '/', passwordFile: '/x', actions: {}, central: false, outbox: {} };
  const faults = await faultsOf({}, forbidden);
  expect(faults.map((fault) => fault.split(':')[0])).toEqual(Object.keys(forbidden).map((key) => `central.${key}`));
  expect(faults[0]).toContain('unknown key; known are server, intervalS');
  expect(await faultsOf({}, { checks: [{ type: 'mem', x: 1 }], profile: 'none' })).toEqual([
    'central.profile: no profile is called "none"; known are till-linux, till-windows, self-checkout, store-server, store-gateway',
    'central.checks[0].x: unknown key; nothing is expected here',
  ]);
});

test('how it listens to the centre is checked like the rest', async () => {
  expect((await load({})).central).toEqual({ trialS: 120, programs: [] });
  expect((await load({ central: false })).central).toBe(false);
  expect(await faultsOf({ central: { trialS: 1, what: 2 } })).toEqual([
    expect.stringContaining('central.what: unknown key; known are publicKeyFile'),
    expect.stringContaining('central.trialS: must be >= 5'),
  ]);
  expect(await faultsOf({ central: 5 })).toEqual([expect.stringMatching(/^central: must be one of false/)]);
});

test('the server finds the same faults before it sends anything; what waits for a device’s variable is let through', async () => {
  expect(await faultsOfSettings({ dataDir: '/x' })).toEqual([expect.stringContaining('dataDir: unknown key')]);
  expect(await faultsOfSettings({ profile: 'none', checks: [{ type: 'no_such' }] })).toEqual([
    expect.stringContaining('profile: no profile is called "none"'),
    expect.stringContaining('checks[0].type: no check is called "no_such"'),
  ]);
  const waiting = { checks: [{ type: 'net_response', server: variable('host'), port: variable('port') }] };
  expect(await faultsOfSettings(waiting)).toEqual([]);
  expect(await faultsOfSettings({ ...waiting, vars: { host: 'a', port: 'b' } })).toEqual([
    expect.stringContaining('checks[0].port: must be integer'),
  ]);
});
