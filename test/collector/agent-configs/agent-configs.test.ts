import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readSigned } from '../../../agent/read-signed.ts';
import { AgentConfigs } from '../../../collector/agent-configs/agent-configs.ts';
import { mergeSettings } from '../../../collector/agent-configs/merge-settings.ts';
import { isScope, scopesOf } from '../../../collector/agent-configs/scope.ts';
import { hasMissed, newestTold, standingOf } from '../../../collector/agent-configs/standing.ts';
import type { PartitionStore, StateStore } from '../../../collector/ports.ts';
import { createSigner } from '../../../collector/signer.ts';
import { openSqliteStateStore } from '../../../collector/state/sqlite-state-store.ts';
import { DesiredConfig } from '../../../protocol/agent-config.ts';
import type { Chain } from '../../../protocol/inventory.ts';
import type { DeviceKey } from '../../../protocol/names.ts';
import { writesOf } from '../../contracts/state-store/fixtures.ts';

const CHAIN: Chain = {
  name: 'acme',
  title: 'Acme',
  stores: ['lyon', 'nice'].map((name) => ({
    name,
    title: name,
    timeZone: 'Europe/Paris',
    devices: [
      { name: 'till-1', kind: 'till' },
      { name: 'srv', kind: 'server' },
      { name: 'printer', kind: 'printer', gateway: 'srv' },
    ],
  })),
};
const nameOf = async (entry: Readonly<Record<string, unknown>>) => String(entry.name ?? entry.type);
const said = (scope: string, settings: object, version = 1) => ({
  scope,
  version,
  settings: settings as Record<string, unknown>,
  at: 1,
  by: 'zoe',
  comment: '',
});

describe('scopes', () => {
  test('from the widest to the narrowest', () => {
    expect(scopesOf('acme/lyon/till-1', 'till')).toEqual([
      'acme',
      'acme:till',
      'acme/lyon',
      'acme/lyon:till',
      'acme/lyon/till-1',
    ]);
  });

  test.each([
    ['acme', true],
    ['acme:till', true],
    ['acme/lyon:self-checkout', true],
    ['acme/lyon/till-1', true],
    ['', false],
    ['acme/', false],
    ['acme:robot', false],
    ['acme/lyon/till-1:till', false],
    ['acme/lyon/till-1/x', false],
    ['acme:till:till', false],
    ['a b', false],
  ])('%j: %s', (text, is) => expect(isScope(text)).toBe(is));
});

test('settings go one over the other, and each value says where it comes from', async () => {
  const { settings, from } = await mergeSettings(
    [
      said('acme', { intervalS: 30, vars: { a: 1, b: 1 }, checks: [{ type: 'mem' }, { type: 'cpu' }] }, 4),
      said('acme/lyon', { vars: { b: 2 }, removeChecks: ['mem', 'net'], checks: [{ type: 'cpu', everyS: 60 }] }, 2),
      said('acme/lyon/till-1', { intervalS: 10, checks: [{ type: 'mem', everyS: 5 }] }),
    ],
    nameOf,
  );
  expect(settings).toEqual({
    intervalS: 10,
    vars: { a: 1, b: 2 },
    checks: [
      { type: 'cpu', everyS: 60 },
      { type: 'mem', everyS: 5 },
    ],
    removeChecks: ['net'],
  });
  expect(from).toEqual({
    intervalS: { scope: 'acme/lyon/till-1', version: 1 },
    'vars.a': { scope: 'acme', version: 4 },
    'vars.b': { scope: 'acme/lyon', version: 2 },
    'checks.cpu': { scope: 'acme/lyon', version: 2 },
    'checks.mem': { scope: 'acme/lyon/till-1', version: 1 },
    'removeChecks.net': { scope: 'acme/lyon', version: 2 },
  });
});

test('how a device stands to what is wanted of it', () => {
  const told = (state?: object) => ({ bornAt: 100_000, state: state as never });
  expect(standingOf(undefined, told({ applied: 3 }))).toBe('none');
  expect(standingOf({ version: 3 }, undefined)).toBe('unheard');
  expect(standingOf({ version: 3 }, told())).toBe('deaf');
  expect(standingOf({ version: 3 }, told({ applied: 3, refused: { reason: 'signature' } }))).toBe('applied');
  expect(standingOf({ version: 3 }, told({ applied: 2, refused: { version: 3, reason: 'link' } }))).toBe('refused');
  expect(standingOf({ version: 3 }, told({ applied: 1, refused: { version: 2, reason: 'link' } }))).toBe('behind');
  expect(newestTold(told({ applied: 4, refused: { version: 6, reason: 'check' } }))).toBe(6);
  expect(newestTold(told({ applied: 4, refused: { version: 6, reason: 'signature' } }))).toBe(4);
  const wanted = { device: 'acme/lyon/till-1' as DeviceKey, version: 3, at: 1, published: 3, publishedAt: 60_000 };
  expect(hasMissed(wanted, told({ applied: 1 }))).toBe(true);
  expect(hasMissed({ ...wanted, publishedAt: 80_000 }, told({ applied: 1 }))).toBe(false);
  expect(hasMissed(wanted, told({ applied: 3 }))).toBe(false);
});

describe('what devices are told', () => {
  const signer = createSigner(randomBytes(32));
  let state: StateStore;
  let partition: PartitionStore;
  let told: { topic: string; payload: string }[];
  let brokerIsAway: boolean;

  beforeEach(async () => {
    state = openSqliteStateStore(':memory:');
    partition = await state.partition({ index: 0, of: 1 });
    told = [];
    brokerIsAway = false;
  });
  afterEach(() => state.close());

  const start = (brokerKeeps: boolean, served: (store: string) => boolean = () => true) =>
    new AgentConfigs({
      store: state.agentConfigs,
      chains: () => [CHAIN],
      isServed: served,
      brokerKeeps,
      signer,
      nameOf,
      now: () => 1000,
      pause: async () => {},
      onTrouble: () => {},
      broker: {
        async publish(topic, payload, how) {
          if (brokerIsAway) throw new Error('no connection to the broker');
          expect(how).toEqual({ qos: 1, retain: true });
          told.push({ topic, payload });
        },
      },
    });
  const heard = () =>
    told.splice(0).map(({ topic, payload }) => {
      const read = { purpose: 'config', schema: DesiredConfig, publicKey: signer.publicKey } as const;
      const proven = readSigned(Buffer.from(payload), read);
      if (!('body' in proven)) throw new Error('not signed');
      expect(topic).toBe(`vigie/v1/${proven.body.to}/config`);
      return [proven.body.to, proven.body.version, proven.body.settings];
    });
  const want = (configs: AgentConfigs, scope: string, settings: object, basedOn = 0) =>
    configs.save({ ...said(scope, settings), basedOn });
  const born = (agent: DeviceKey, applied: number, at: number) =>
    partition.commit(
      writesOf({ boots: [{ agent, boot: 'b', birth: JSON.stringify({ at, agent: { central: { applied } } }) }] }),
    );

  test('those a change concerns, signed, each under its own number; nothing where nothing is wanted', async () => {
    const configs = start(true);
    await configs.refresh();
    expect(heard()).toEqual([]);
    await want(configs, 'acme:till', { intervalS: 30 });
    await configs.refresh();
    expect(heard()).toEqual([
      ['acme/lyon/till-1', 1, { intervalS: 30 }],
      ['acme/nice/till-1', 1, { intervalS: 30 }],
    ]);
    await want(configs, 'acme/lyon', { intervalS: 5 });
    await configs.refresh();
    expect(heard()).toEqual([
      ['acme/lyon/till-1', 2, { intervalS: 5 }],
      ['acme/lyon/srv', 1, { intervalS: 5 }],
    ]);
    await want(configs, 'acme/lyon', {}, 1);
    await configs.refresh();
    // Nothing is wanted of the server any more: it is told so.
    expect(heard()).toEqual([
      ['acme/lyon/till-1', 3, { intervalS: 30 }],
      ['acme/lyon/srv', 2, {}],
    ]);
    await configs.refresh();
    expect(heard()).toEqual([]);
  });

  test('after a restart a broker that keeps is told nothing, one that forgets all, under the same numbers', async () => {
    const first = start(true);
    await want(first, 'acme/lyon/srv', { intervalS: 30 });
    await first.refresh();
    expect(heard()).toHaveLength(1);
    await start(true).refresh();
    expect(heard()).toEqual([]);
    const forgetful = start(false);
    await forgetful.refresh();
    await forgetful.refresh();
    expect(heard()).toEqual([['acme/lyon/srv', 1, { intervalS: 30 }]]);
  });

  test('a broker that is away is told when it is back', async () => {
    const configs = start(true);
    brokerIsAway = true;
    await want(configs, 'acme/lyon/srv', { intervalS: 30 });
    await configs.refresh();
    brokerIsAway = false;
    await configs.refresh();
    expect(heard()).toEqual([['acme/lyon/srv', 1, { intervalS: 30 }]]);
  });

  test('a collector tells the stores it serves', async () => {
    const configs = start(true, (store) => store === 'acme/nice');
    await want(configs, 'acme', { intervalS: 30 });
    await configs.refresh();
    expect(heard().map(([device]) => device)).toEqual(['acme/nice/till-1', 'acme/nice/srv']);
  });

  test('what another agent watches is told nothing, until an agent of its own is heard', async () => {
    const configs = start(true);
    await want(configs, 'acme/lyon:printer', { intervalS: 30 });
    await configs.refresh();
    expect(heard()).toEqual([]);
    await born('acme/lyon/printer', 0, 2000);
    await configs.refresh();
    expect(heard()).toEqual([['acme/lyon/printer', 1, { intervalS: 30 }]]);
  });

  test('an agent that connected since and knows nothing of it is told again; one that is ahead moves the count', async () => {
    const configs = start(true);
    await want(configs, 'acme/lyon/srv', { intervalS: 30 });
    await configs.refresh();
    expect(heard()).toHaveLength(1);
    await born('acme/lyon/srv', 0, 1000 + 60_000);
    await configs.refresh();
    expect(heard()).toEqual([['acme/lyon/srv', 1, { intervalS: 30 }]]);
    // As after the store was put back from a copy.
    await born('acme/lyon/srv', 7, 1000);
    await configs.refresh();
    expect(heard()).toEqual([['acme/lyon/srv', 8, { intervalS: 30 }]]);
    await configs.refresh();
    expect(heard()).toEqual([]);
  });

  test('a change is weighed before it is made', async () => {
    const configs = start(true);
    expect(await configs.weigh('acme:till', { intervalS: 30 })).toEqual({ devices: 2, tooLarge: undefined });
    await want(configs, 'acme:till', { intervalS: 30 });
    expect(await configs.weigh('acme:till', { intervalS: 30 })).toEqual({ devices: 0, tooLarge: undefined });
    const long = { checks: [{ type: 'x', text: 'é'.repeat(100_000) }] };
    expect((await configs.weigh('acme/lyon', long)).tooLarge).toBe('acme/lyon/till-1');
  });

  test('a retry is a new number for the same settings', async () => {
    const configs = start(true);
    const device = { key: 'acme/lyon/srv' as DeviceKey, device: { name: 'srv', kind: 'server' } as const };
    expect(await configs.retry(device)).toBeUndefined();
    await want(configs, 'acme/lyon/srv', { intervalS: 30 });
    await configs.refresh();
    heard();
    expect(await configs.retry(device)).toMatchObject({ version: 2 });
    await configs.refresh();
    expect(heard()).toEqual([['acme/lyon/srv', 2, { intervalS: 30 }]]);
  });
});
