import { expect, test } from 'vitest';
import { type Agent, join, TROUBLES, troublesOf, usualOf } from '../../../dashboard/web/agents/agent.ts';
import { effectiveOf } from '../../../dashboard/web/agents/effective.ts';

const DAY_MS = 86_400_000;
const NOW = Date.UTC(2026, 10, 2, 9, 0);

const certificate = {
  serial: 'a1',
  state: 'good',
  issuedAt: NOW - 10 * DAY_MS,
  validUntil: NOW + 80 * DAY_MS,
} as const;
const well: Agent = {
  device: 'acme/s1/till-1',
  store: 'acme/s1',
  title: 'Caisse 1',
  state: 'up',
  version: '1.1.0',
  config: { device: 'acme/s1/till-1', title: 'Caisse 1', kind: 'till', standing: 'applied' },
  certificate,
};

test('both lists make one agent per device, in the order people count', () => {
  const config = { title: 'Caisse', kind: 'till', standing: 'applied' } as const;
  const agents = join(
    [
      { device: 'acme/s1/till-10', title: 'Caisse 10', agentVersion: '1.1.0', certificate },
      { device: 'acme/s1/till-3', title: 'Caisse 3', certificate },
    ],
    [
      { ...config, device: 'acme/s1/till-10', state: 'down', lastReportAt: NOW },
      { ...config, device: 'acme/s1/till-2' },
    ],
  );
  expect(agents.map(({ device }) => device)).toEqual(['acme/s1/till-2', 'acme/s1/till-3', 'acme/s1/till-10']);
  expect(agents[2]).toMatchObject({
    store: 'acme/s1',
    title: 'Caisse 10',
    version: '1.1.0',
    state: 'down',
    lastReportAt: NOW,
    config: { standing: 'applied' },
    certificate: { serial: 'a1' },
  });
});

test('a few that run a newer version make nobody old', () => {
  const run = (version: string): Agent => ({ ...well, version });
  expect(usualOf([run('1.1.0'), run('1.1.0'), run('1.2.0'), run('1.0.4')])).toBe('1.1.0');
  expect(usualOf([run('1.1.0'), run('1.10.0')])).toBe('1.10.0');
  expect(usualOf([])).toBeUndefined();
});

test.each<[string, Partial<Agent>, string[]]>([
  ['well', {}, []],
  ['silent', { state: 'blind' }, ['silent']],
  ['old', { version: '1.0.10' }, ['old']],
  ['newer', { version: '1.2.0' }, []],
  ['revoked', { certificate: { ...certificate, state: 'revoked' } }, ['certificate']],
  [
    'about to end',
    { certificate: { ...certificate, issuedAt: NOW - 80 * DAY_MS, validUntil: NOW + 10 * DAY_MS } },
    ['certificate'],
  ],
])('an agent is %s', (_, change, troubles) => {
  expect(troublesOf({ ...well, ...change }, '1.1.0', NOW)).toEqual(troubles);
});

test('the gravest trouble comes first', () => {
  const config = { device: well.device, title: '', kind: 'till', standing: 'refused' } as const;
  const agent: Agent = { ...well, config, state: 'down', version: '0.9.0' };
  expect(troublesOf(agent, '1.1.0', NOW)).toEqual(TROUBLES.filter((one) => one !== 'behind' && one !== 'certificate'));
});

test('each setting is told with its value and the scope that says it', () => {
  const rows = effectiveOf({
    settings: {
      intervalS: 30,
      vars: { printer: '10.0.0.9' },
      checks: [
        { type: 'ntp', name: 'time', everyS: 900 },
        { type: 'net_response', host: '10.0.0.10' },
      ],
      removeChecks: ['temperature'],
    },
    from: {
      intervalS: { scope: 'acme', version: 2 },
      'vars.printer': { scope: 'acme/s1', version: 1 },
      'checks.time': { scope: 'acme:till', version: 5 },
      'checks.net_response:10.0.0.10:8443': { scope: 'acme', version: 2 },
      'removeChecks.temperature': { scope: 'acme/s1/till-1', version: 1 },
    },
  });
  expect(rows.map(({ group, name, value, scope }) => [group, name, value, scope])).toEqual([
    [undefined, 'intervalS', '30', 'acme'],
    ['vars', 'printer', '10.0.0.9', 'acme/s1'],
    ['checks', 'time', 'type: ntp, everyS: 900', 'acme:till'],
    ['checks', 'net_response:10.0.0.10:8443', 'type: net_response, host: 10.0.0.10', 'acme'],
    ['removeChecks', 'temperature', '', 'acme/s1/till-1'],
  ]);
});
