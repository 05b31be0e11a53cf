import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { OutsideAlert, StateStore } from '../../../collector/ports.ts';
import type { OpenedStateStore, OpenStateStore } from './fixtures.ts';

const alert = (check: string, more: Partial<OutsideAlert> = {}): OutsideAlert => ({
  device: 'brico/lyon/till-1',
  check,
  startsAt: 1_000,
  isFiring: true,
  heardAt: 2_000,
  ...more,
});

export function outsideAlertContract(open: OpenStateStore): void {
  describe('what other systems told', () => {
    let opened: OpenedStateStore;
    let store: StateStore;
    beforeEach(async () => {
      opened = await open();
      ({ store } = opened);
    });
    afterEach(() => opened.destroy());

    test('the last word on an alert of a device is kept until it is forgotten', async () => {
      const { outsideAlerts } = store;
      await outsideAlerts.put(alert('a'));
      await outsideAlerts.put(alert('b', { device: 'brico/lyon/till-2' }));
      const later = alert('a', { isFiring: false, heardAt: 3_000 });
      await outsideAlerts.put(later);
      ({ store } = await opened.reopen());
      expect(await store.outsideAlerts.get('brico/lyon/till-1', 'a')).toStrictEqual(later);
      expect(await store.outsideAlerts.get('brico/lyon/till-1', 'b')).toBeUndefined();
      await store.outsideAlerts.forget('brico/lyon/till-1', 'a');
      expect(await store.outsideAlerts.get('brico/lyon/till-1', 'a')).toBeUndefined();
    });

    test('what was not told for long is listed, the oldest first', async () => {
      const { outsideAlerts } = store;
      for (const [check, heardAt] of [
        ['a', 3],
        ['b', 1],
        ['c', 2],
        ['d', 9],
      ] as const) {
        await outsideAlerts.put(alert(check, { heardAt }));
      }
      const heard = async (time: number, limit = 10) =>
        (await outsideAlerts.heardBefore(time, limit)).map(({ check }) => check);
      expect(await heard(4)).toEqual(['b', 'c', 'a']);
      expect(await heard(4, 2)).toEqual(['b', 'c']);
      expect(await heard(1)).toEqual([]);
    });
  });
}
