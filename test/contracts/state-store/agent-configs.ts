import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { AgentConfigStore, PartitionStore } from '../../../collector/ports.ts';
import type { DeviceKey } from '../../../protocol/names.ts';
import { type OpenedStateStore, type OpenStateStore, writesOf } from './fixtures.ts';

const TILL: DeviceKey = 'brico/lyon-01/till-01';
const OTHER: DeviceKey = 'brico/lyon-01/till-02';

export function agentConfigContract(open: OpenStateStore): void {
  describe('what agents are to run', () => {
    let opened: OpenedStateStore;
    let configs: AgentConfigStore;
    let partition: PartitionStore;
    beforeEach(async () => {
      opened = await open();
      configs = opened.store.agentConfigs;
      partition = opened.partition;
    });
    afterEach(() => opened.destroy());
    const reopen = async () => {
      const { store } = await opened.reopen();
      configs = store.agentConfigs;
    };
    const change = (scope: string, basedOn: number, settings: object, at = 10 + basedOn) => ({
      scope,
      basedOn,
      settings: settings as Record<string, unknown>,
      at,
      by: 'zoé',
      comment: `n° ${basedOn + 1}`,
    });

    test('a scope has versions, one after the other, and its history stays', async () => {
      expect(await configs.scopes()).toEqual([]);
      expect(await configs.revision()).toBe(0);
      expect(await configs.save(change('brico', 0, { intervalS: 30 }))).toMatchObject({ version: 1 });
      expect(await configs.save(change('brico', 1, {}))).toMatchObject({ version: 2 });
      expect(await configs.save(change('brico/lyon-01:till', 0, { vars: { a: 'é\u0000' } }))).toMatchObject({
        version: 1,
      });
      await reopen();
      expect((await configs.scopes()).map(({ scope, version }) => [scope, version])).toEqual([
        ['brico', 2],
        ['brico/lyon-01:till', 1],
      ]);
      expect(await configs.history('brico', 10)).toEqual([
        { scope: 'brico', version: 2, settings: {}, at: 11, by: 'zoé', comment: 'n° 2' },
        { scope: 'brico', version: 1, settings: { intervalS: 30 }, at: 10, by: 'zoé', comment: 'n° 1' },
      ]);
      expect(await configs.history('brico', 1)).toHaveLength(1);
      expect(await configs.version('brico', 1)).toMatchObject({ settings: { intervalS: 30 } });
      expect(await configs.version('brico', 3)).toBeUndefined();
      expect(await configs.version('acme', 1)).toBeUndefined();
      expect(await configs.revision()).toBeGreaterThanOrEqual(3);
    });

    test('of two changes to the same version one is refused, and changes nothing', async () => {
      const both = await Promise.all([1, 2].map((n) => configs.save(change('brico', 0, { n }))));
      expect(both.filter((saved) => saved !== undefined)).toHaveLength(1);
      const revision = await configs.revision();
      expect(await configs.save(change('brico', 0, {}))).toBeUndefined();
      expect(await configs.save(change('brico', 2, {}))).toBeUndefined();
      expect(await configs.revision()).toBe(revision);
      expect(await configs.history('brico', 10)).toHaveLength(1);
    });

    test('a device’s number grows with what it is to run, and with nothing else', async () => {
      const number = async (hash: string, at: number, above = 0) =>
        (await configs.number([{ device: TILL, hash, above }], at)).map(({ version, at }) => [version, at])[0];
      expect(await number('a', 1)).toEqual([1, 1]);
      expect(await number('a', 2)).toEqual([1, 1]);
      expect(await number('b', 3)).toEqual([2, 3]);
      await reopen();
      expect(await number('a', 4)).toEqual([3, 4]);
      expect(await number('a', 5, 3)).toEqual([4, 5]);
      expect(await number('a', 6, 3)).toEqual([4, 5]);
      expect(await number('b', 7, 20)).toEqual([21, 7]);
      expect(await configs.number([], 8)).toEqual([]);
    });

    test('several at once come in the order asked for; what a broker has is marked, and never less than before', async () => {
      const wanted = [TILL, OTHER].map((device) => ({ device, hash: 'a', above: 4 }));
      expect((await configs.number([...wanted].reverse(), 1)).map(({ device }) => device)).toEqual([OTHER, TILL]);
      await configs.published([{ device: TILL, version: 5 }], 7);
      await configs.published([{ device: TILL, version: 4 }], 9);
      await configs.published([], 9);
      await reopen();
      expect(await configs.numbered()).toEqual([
        { device: TILL, hash: 'a', version: 5, at: 1, published: 5, publishedAt: 7 },
        { device: OTHER, hash: 'a', version: 5, at: 1, published: 0, publishedAt: 0 },
      ]);
    });

    test('what agents say they run is read from their births', async () => {
      const birth = (more: object, at: number) => JSON.stringify({ v: 1, at, agent: { version: '1', ...more } });
      const central = { applied: 4, refused: { version: 5, reason: 'link' } };
      await partition.commit(
        writesOf({
          boots: [
            { agent: TILL, boot: 'b1', birth: birth({ central }, 10) },
            { agent: OTHER, boot: 'b2', birth: JSON.stringify({ ...JSON.parse(birth({}, 20)), skewMs: 5 }) },
            { agent: 'brico/lyon-01/router', boot: 'b3', birth: undefined },
          ],
        }),
      );
      expect(await configs.told()).toEqual([
        { device: TILL, bornAt: 10, state: central },
        { device: OTHER, bornAt: 25, state: undefined },
      ]);
    });
  });
}
