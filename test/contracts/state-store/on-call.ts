import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { StateStore } from '../../../collector/ports.ts';
import type { OnCallCalendar } from '../../../protocol/on-call.ts';
import type { OpenedStateStore, OpenStateStore } from './fixtures.ts';

const calendar = (name: string, more: Partial<OnCallCalendar> = {}): OnCallCalendar => ({
  name,
  calendar: 'BEGIN:VCALENDAR\r\nSUMMARY:Inès «\u202fréseau\u202f»\r\nEND:VCALENDAR',
  timeZone: 'Europe/Paris',
  at: 1_000,
  by: 'Karim',
  ...more,
});

export function onCallContract(open: OpenStateStore): void {
  describe('on call, and digests', () => {
    let opened: OpenedStateStore;
    let store: StateStore;
    beforeEach(async () => {
      opened = await open();
      ({ store } = opened);
    });
    afterEach(() => opened.destroy());

    test('a calendar is kept under its name until another takes its place, or it is taken away', async () => {
      for (const name of ['tills', 'network', 'Zones']) await store.onCall.put(calendar(name));
      const later = calendar('network', { calendar: 'other', timeZone: 'UTC', at: 2_000, by: 'Inès' });
      await store.onCall.put(later);
      expect(await store.onCall.remove('tills')).toBe(true);
      expect(await store.onCall.remove('tills')).toBe(false);
      ({ store } = await opened.reopen());
      expect(await store.onCall.list()).toStrictEqual([calendar('Zones'), later]);
    });

    test('a desk’s digests go on where they were', async () => {
      expect(await store.digests.toldUntil('mail')).toBeUndefined();
      for (const until of [1_000, 3_000, 2_000]) await store.digests.told('mail', until);
      await store.digests.told('slack', 5);
      ({ store } = await opened.reopen());
      expect(await store.digests.toldUntil('mail')).toBe(2_000);
      expect(await store.digests.toldUntil('slack')).toBe(5);
    });
  });
}
