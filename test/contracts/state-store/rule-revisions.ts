import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { StateStore, WrittenRevision } from '../../../collector/ports.ts';
import type { OpenedStateStore, OpenStateStore } from './fixtures.ts';

const written = (id: number, more: Partial<WrittenRevision> = {}): WrittenRevision => ({
  ...{ id, at: 1_000 + id, by: 'zoé', why: 'moins de bruit' },
  ...{ text: `# «\u202f${id}\u202f»\nrules: []\n`, hash: 'ab12' },
  ...more,
});

export function ruleRevisionContract(open: OpenStateStore): void {
  describe('revisions of the rules', () => {
    let opened: OpenedStateStore;
    let store: StateStore;
    beforeEach(async () => {
      opened = await open();
      ({ store } = opened);
    });
    afterEach(() => opened.destroy());

    const append = ({ id, ...change }: WrittenRevision) =>
      store.rules.append(
        { ...change, basedOn: id - 1, keep: 3 },
        { at: change.at, who: change.by, action: 'rules.applied', detail: `${id}` },
      );
    const bare = ({ text: _, ...revision }: WrittenRevision) => revision;

    test('are kept as they were written, newest first', async () => {
      expect([await store.rules.newest(), await store.rules.list(9)]).toEqual([0, []]);
      const { text: _, hash: __, ...back } = written(2, { backTo: 0 });
      expect(await append(written(1))).toStrictEqual(bare(written(1)));
      expect(await append(back)).toStrictEqual(back);
      expect(await append(written(3, { backTo: 1 }))).toStrictEqual(bare(written(3, { backTo: 1 })));
      ({ store } = await opened.reopen());
      expect(await store.rules.newest()).toBe(3);
      expect(await store.rules.list(9)).toStrictEqual([bare(written(3, { backTo: 1 })), back, bare(written(1))]);
      expect(await store.rules.list(1)).toHaveLength(1);
      expect(await store.rules.revision(1)).toStrictEqual(written(1));
      expect(await store.rules.revision(2)).toStrictEqual(back);
      expect(await store.rules.revision(4)).toBeUndefined();
    });

    test('take only what is based on the newest, and tell each in the audit', async () => {
      const [one, other] = await Promise.all([append(written(1)), append(written(1, { by: 'ana' }))]);
      expect([one, other].filter((made) => made !== undefined)).toHaveLength(1);
      expect(await append(written(3))).toBeUndefined();
      expect(await append(written(2))).toMatchObject({ id: 2 });
      expect((await store.auditLog(9)).map(({ action, detail }) => `${action} ${detail}`)).toEqual([
        'rules.applied 2',
        'rules.applied 1',
      ]);
    });

    test('are bounded: the newest stay, and go on counting', async () => {
      for (const id of [1, 2, 3, 4, 5]) await append(written(id));
      expect((await store.rules.list(9)).map(({ id }) => id)).toEqual([5, 4, 3]);
      expect(await store.rules.revision(2)).toBeUndefined();
      expect(await store.rules.newest()).toBe(5);
    });
  });
}
