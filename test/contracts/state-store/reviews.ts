import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { StateStore } from '../../../collector/ports.ts';
import type { OpenedStateStore, OpenStateStore } from './fixtures.ts';

const by = (who: string, text: string, at = 1_000) => ({ by: who, text, at });

export function reviewContract(open: OpenStateStore): void {
  describe('reviews', () => {
    let opened: OpenedStateStore;
    let store: StateStore;
    beforeEach(async () => {
      opened = await open();
      ({ store } = opened);
    });
    afterEach(() => opened.destroy());

    test('notes are kept, each over the one its writer has read', async () => {
      expect(await store.reviews.notes(7)).toBeUndefined();
      const first = by('ana', 'Le lien «\u202f4G\u202f» n’a pas pris.\n');
      expect(await store.reviews.write(7, first, 0)).toStrictEqual({ ...first, revision: 1 });
      expect(await store.reviews.write(7, by('leo', 'vu', 2_000), 0)).toBeUndefined();
      expect(await store.reviews.write(8, by('leo', 'vu', 2_000), 3)).toBeUndefined();
      ({ store } = await opened.reopen());
      expect(await store.reviews.notes(7)).toStrictEqual({ ...first, revision: 1 });
      expect(await store.reviews.write(7, by('leo', '', 2_000), 1)).toStrictEqual({
        ...by('leo', '', 2_000),
        revision: 2,
      });
      expect(await store.reviews.write(7, by('ana', 'x', 3_000), 1)).toBeUndefined();
      expect(await store.reviews.notes(7)).toStrictEqual({ ...by('leo', '', 2_000), revision: 2 });
      expect(await store.reviews.notes(8)).toBeUndefined();
    });
  });
}
