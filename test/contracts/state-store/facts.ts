import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { CHANGES_KEPT, type KeptFacts, type StateStore } from '../../../collector/ports.ts';
import type { FactChange } from '../../../protocol/facts.ts';
import type { DeviceKey } from '../../../protocol/names.ts';
import { type OpenedStateStore, type OpenStateStore, STORE } from './fixtures.ts';

const TILL: DeviceKey = `${STORE}/till-01`;
const OTHER: DeviceKey = `${STORE}/till-02`;

const kept = (device: DeviceKey, seq: number, facts: Record<string, string>): KeptFacts => ({
  device,
  boot: 'boot0001',
  seq,
  at: 1_000 * seq,
  facts,
  unread: {},
});
const serial = (at: number, from: string | undefined, to: string | undefined): FactChange => ({
  at,
  path: 'machine.serial',
  ...(from !== undefined && { from }),
  ...(to !== undefined && { to }),
});

export function factsContract(open: OpenStateStore): void {
  describe('facts', () => {
    let opened: OpenedStateStore;
    let store: StateStore;
    beforeEach(async () => {
      opened = await open();
      ({ store } = opened);
    });
    afterEach(() => opened.destroy());

    test('come back as they were saved, also after a restart; each save replaces the one before', async () => {
      expect(await store.facts.get(TILL)).toBeUndefined();
      const first = kept(TILL, 1, { 'machine.serial': 'A 1', 'usb[04b8:0202 «é»].name': '__proto__' });
      const second: KeptFacts = { ...kept(TILL, 2, { 'machine.serial': 'B 2' }), unread: { disk: 'permission' } };
      await store.facts.save(first, []);
      expect(await store.facts.get(TILL)).toStrictEqual(first);
      await store.facts.save(second, []);
      ({ store } = await opened.reopen());
      expect(await store.facts.get(TILL)).toStrictEqual(second);
      expect(await store.facts.get(OTHER)).toBeUndefined();
    });

    test('who follows is told each device once, as it is now, and nothing twice', async () => {
      const nothing = await store.facts.since(0);
      expect(nothing).toStrictEqual({ revision: 0, facts: [] });
      await store.facts.save(kept(TILL, 1, { 'os.name': 'a' }), []);
      await store.facts.save(kept(OTHER, 1, { 'os.name': 'b' }), []);
      await store.facts.save(kept(TILL, 2, { 'os.name': 'c' }), []);
      const { revision, facts } = await store.facts.since(0);
      expect(facts).toStrictEqual([kept(OTHER, 1, { 'os.name': 'b' }), kept(TILL, 2, { 'os.name': 'c' })]);
      ({ store } = await opened.reopen());
      expect(await store.facts.since(revision)).toStrictEqual({ revision, facts: [] });
      await store.facts.save(kept(OTHER, 2, { 'os.name': 'd' }), []);
      expect((await store.facts.since(revision)).facts).toStrictEqual([kept(OTHER, 2, { 'os.name': 'd' })]);
    });

    test('changes are read newest first, by device, by path, since a time, up to the limit', async () => {
      const pos: FactChange = { at: 3_000, path: 'software[pos].version', from: '8.4', to: '8.5' };
      await store.facts.save(kept(TILL, 1, {}), [serial(1_000, undefined, 'A')]);
      await store.facts.save(kept(TILL, 2, {}), [serial(2_000, 'A', 'B')]);
      await store.facts.save(kept(OTHER, 1, {}), [pos, serial(3_000, 'C', undefined)]);
      ({ store } = await opened.reopen());
      const newest = [
        { device: OTHER, ...serial(3_000, 'C', undefined) },
        { device: OTHER, ...pos },
        { device: TILL, ...serial(2_000, 'A', 'B') },
        { device: TILL, ...serial(1_000, undefined, 'A') },
      ];
      expect(await store.facts.history({ limit: 10 })).toStrictEqual(newest);
      expect(await store.facts.history({ limit: 2 })).toStrictEqual(newest.slice(0, 2));
      expect(await store.facts.history({ device: TILL, limit: 10 })).toStrictEqual(newest.slice(2));
      expect(await store.facts.history({ path: 'software*', limit: 10 })).toStrictEqual([newest[1]]);
      expect(await store.facts.history({ path: 'machine.serial', limit: 10 })).toStrictEqual([
        newest[0],
        newest[2],
        newest[3],
      ]);
      expect(await store.facts.history({ path: 'machine', limit: 10 })).toStrictEqual([]);
      expect(await store.facts.history({ since: 2_000, device: TILL, limit: 10 })).toStrictEqual([newest[2]]);
    });

    test('the newest changes of each device are kept, the others go', async () => {
      const many = Array.from({ length: CHANGES_KEPT + 20 }, (_, i) => serial(i, String(i), String(i + 1)));
      await store.facts.save(kept(OTHER, 1, {}), [serial(0, 'x', 'y')]);
      await store.facts.save(kept(TILL, 1, {}), many);
      const left = await store.facts.history({ device: TILL, limit: 10_000 });
      expect(left.map(({ at }) => at)).toEqual(
        many
          .map(({ at }) => at)
          .reverse()
          .slice(0, CHANGES_KEPT),
      );
      expect(await store.facts.history({ device: OTHER, limit: 10 })).toHaveLength(1);
    });
  });
}
