import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { StateStore } from '../../../collector/ports.ts';
import type { Satisfaction, StoreWord } from '../../../protocol/store-words.ts';
import type { OpenedStateStore, OpenStateStore } from './fixtures.ts';

const word = (device: StoreWord['device'], more: Partial<StoreWord> = {}): StoreWord => ({
  device,
  at: 1_000,
  by: 'frozen',
  note: 'écran «\u202ffigé\u202f»',
  ...more,
});
const answer = (incident: number, more: Partial<Satisfaction> = {}): Satisfaction => ({
  incident,
  store: 'brico/lyon',
  isWell: true,
  note: '',
  at: 1_000,
  ...more,
});

export function storePageContract(open: OpenStateStore): void {
  describe('store pages', () => {
    let opened: OpenedStateStore;
    let store: StateStore;
    beforeEach(async () => {
      opened = await open();
      ({ store } = opened);
    });
    afterEach(() => opened.destroy());

    test('a store’s links are of one generation until it is raised, and no other store’s with it', async () => {
      const { storePages } = store;
      expect(await storePages.generation('brico/lyon')).toBe(1);
      expect(await storePages.raiseGeneration('brico/lyon')).toBe(2);
      expect(await storePages.raiseGeneration('brico/lyon')).toBe(3);
      ({ store } = await opened.reopen());
      expect(await store.storePages.generation('brico/lyon')).toBe(3);
      expect(await store.storePages.generation('brico/lyon-2')).toBe(1);
    });

    test('what is said of a lane stands until it is said otherwise; stores with like names are told apart', async () => {
      const { storePages } = store;
      const others = [word('brico/lyon-2/till-1'), word('brico/lyo/till-1'), word('brico/lyon0/till-1')];
      for (const one of [...others, word('brico/lyon/till-2'), word('brico/lyon/till-1')])
        await storePages.putWord(one);
      const later = word('brico/lyon/till-1', { by: 'payment', note: '', at: 2_000 });
      await storePages.putWord(later);
      ({ store } = await opened.reopen());
      expect(await store.storePages.words('brico/lyon')).toStrictEqual([later, word('brico/lyon/till-2')]);
      expect((await store.storePages.words()).map(({ device }) => device)).toHaveLength(5);
      expect(await store.storePages.endWord('brico/lyon/till-1')).toBe(true);
      expect(await store.storePages.endWord('brico/lyon/till-1')).toBe(false);
      expect((await store.storePages.words('brico/lyon')).map(({ device }) => device)).toEqual(['brico/lyon/till-2']);
    });

    test('one answer per incident, the last; they are listed by when they were given', async () => {
      const { storePages } = store;
      await storePages.answer(answer(7));
      const changed = answer(7, { isWell: false, note: 'encore lent', at: 3_000 });
      for (const one of [answer(8, { at: 2_000 }), changed]) await storePages.answer(one);
      ({ store } = await opened.reopen());
      expect(await store.storePages.answerTo(7)).toStrictEqual(changed);
      expect(await store.storePages.answerTo(9)).toBeUndefined();
      expect(await store.storePages.answers(0, 9_000)).toStrictEqual([answer(8, { at: 2_000 }), changed]);
      expect(await store.storePages.answers(2_001, 3_001)).toStrictEqual([changed]);
      expect(await store.storePages.answers(2_001, 3_000)).toStrictEqual([]);
    });
  });
}
