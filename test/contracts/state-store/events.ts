import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { EVENTS_KEPT, type KeptEvent, type PartitionStore, type StateStore } from '../../../collector/ports.ts';
import type { DeviceEvent } from '../../../protocol/events.ts';
import type { DeviceKey } from '../../../protocol/names.ts';
import { type OpenedStateStore, type OpenStateStore, STORE, writesOf } from './fixtures.ts';

const SWITCH: DeviceKey = `${STORE}/sw-1`;
const OTHER: DeviceKey = `${STORE}/sw-10`;

const event = (at: number, more: Partial<DeviceEvent> = {}): DeviceEvent => ({
  at,
  source: 'trap',
  code: '1.3.6.1.6.3.1.1.5.3',
  severity: 'info',
  text: `at ${at}`,
  ...more,
});
const bare = (events: readonly KeptEvent[]): DeviceEvent[] => events.map(({ id: _, ...rest }) => rest);

export function eventsContract(open: OpenStateStore): void {
  describe('events', () => {
    let opened: OpenedStateStore;
    let store: StateStore;
    let partition: PartitionStore;
    beforeEach(async () => {
      opened = await open();
      ({ store, partition } = opened);
    });
    afterEach(() => opened.destroy());

    const tell = (device: DeviceKey, ...events: DeviceEvent[]) =>
      partition.commit(writesOf({ events: events.map((one) => ({ device, event: one })) }));
    const atsOf = async (device: DeviceKey, limit = 1_000) =>
      (await store.events.list(device, { limit })).map(({ at }) => at);

    test('come back as they were told, of their device alone, the newest first, also those that come late', async () => {
      const whole = event(2_000, {
        source: 'inform',
        severity: 'critical',
        key: 'Gi1/0/1 «é»',
        text: 'nul: \0, half: \ud800, “quoted” \\u0000',
        values: { '1.3.6.1.2.1.2.2.1.1': '7', __proto__x: '' },
        count: 3,
      });
      await tell(SWITCH, event(1_000), whole);
      await tell(OTHER, event(9_000));
      await tell(SWITCH, event(1_500), event(3_000));
      ({ store, partition } = await opened.reopen());
      const kept = bare(await store.events.list(SWITCH, { limit: 10 }));
      expect(kept.map(({ at }) => at)).toEqual([3_000, 2_000, 1_500, 1_000]);
      expect(kept[1]).toStrictEqual({ ...whole, text: (kept[1] as DeviceEvent).text });
      expect((kept[1] as DeviceEvent).text.startsWith('nul: ')).toBe(true);
      expect(await store.events.list(`${STORE}/none`, { limit: 10 })).toEqual([]);
    });

    test('pages follow each other without gap or repetition, also among events of one instant', async () => {
      await tell(SWITCH, ...Array.from({ length: 7 }, (_, i) => event(5_000, { text: `number ${i}` })), event(6_000));
      const texts: string[] = [];
      let after: KeptEvent | undefined;
      for (;;) {
        const page = await store.events.list(SWITCH, { limit: 3, ...(after && { after }) });
        texts.push(...page.map(({ text }) => text));
        after = page.at(-1);
        if (page.length < 3) break;
      }
      expect(texts).toEqual(['at 6000', ...[6, 5, 4, 3, 2, 1, 0].map((i) => `number ${i}`)]);
    });

    test('the newest of each device are kept by their time, the others go', async () => {
      await tell(OTHER, event(1));
      for (let from = 0; from < EVENTS_KEPT + 100; from += 100) {
        await tell(SWITCH, ...Array.from({ length: 100 }, (_, i) => event(10_000 + from + i)));
      }
      await tell(SWITCH, event(5));
      const ats = await atsOf(SWITCH);
      expect(ats).toHaveLength(EVENTS_KEPT);
      expect(ats[0]).toBe(10_000 + EVENTS_KEPT + 99);
      expect(ats.at(-1)).toBe(10_000 + 100);
      expect(await atsOf(OTHER)).toEqual([1]);
    });

    test('are there with the rest of their commit, with history or without', async () => {
      const history = { standings: [], evidence: [], watchedUntil: 4_000 };
      await partition.commit(
        writesOf({
          cursors: [{ agent: SWITCH, boot: 'boot0001', seen: [[1, 1]] }],
          judgement: { history },
          events: [{ device: SWITCH, event: event(1_000) }],
        }),
      );
      ({ store, partition } = await opened.reopen());
      expect(await atsOf(SWITCH)).toEqual([1_000]);
      expect(await partition.watchedUntil()).toBe(4_000);
      expect([...(await partition.loadCursors())]).toHaveLength(1);
    });
  });
}
