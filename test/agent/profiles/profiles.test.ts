import { expect, test } from 'vitest';
import { validateAgentConfig } from '../../../agent/config.ts';
import { catalogue } from '../../../agent/profiles/catalogue.ts';
import { varsIn } from '../../../agent/vars.ts';

const device = {
  chain: 'demo',
  store: 'lyon',
  device: 'till-1',
  server: 'mqtt://127.0.0.1:1883',
  dataDir: '/var/lib/vigie',
};
const names = Object.keys(catalogue);
const load = async (name: string) => {
  const profile = await catalogue[name]?.();
  if (!profile) throw new Error(`no profile ${name}`);
  return profile;
};

test('the catalogue is the one people are told of', () => {
  expect(names).toEqual(['till-linux', 'till-windows', 'self-checkout', 'store-server', 'store-gateway']);
});

test.each(names)('%s: every check is one agents know, with all variables set and with none', async (name) => {
  const { vars, checks, title } = await load(name);
  const all = Object.fromEntries(Object.entries(vars).map(([key, { example }]) => [key, example]));
  const full = await validateAgentConfig({ ...device, profile: name, vars: all }, 'agent.yaml');
  expect(full.checks).toHaveLength(checks.length);
  const bare = await validateAgentConfig({ ...device, profile: name }, 'agent.yaml');
  expect(bare.checks.map((check) => check.type)).toEqual(expect.arrayContaining(['cpu', 'mem', 'disk', 'net']));
  expect(bare.checks.length).toBeLessThan(full.checks.length);
  expect(Object.keys(vars).sort()).toEqual([...new Set(varsIn(checks))].sort());
  for (const words of [title, ...Object.values(vars).map(({ about }) => about)]) expect(words.fr).not.toBe(words.en);
});

test('a till on Linux reads each report from /proc alone; what starts a program or asks the network waits', async () => {
  const { checks } = await load('till-linux');
  const often = checks.filter(({ everyS }) => everyS === undefined).map(({ type }) => type);
  expect(often).toEqual(['cpu', 'mem', 'swap', 'disk', 'diskio', 'net', 'system']);
  for (const { type, everyS = 0 } of checks) {
    if (['updates', 'smart', 'reboot', 'antivirus'].includes(type)) expect(everyS, type).toBeGreaterThanOrEqual(3600);
  }
});
