import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type StateStore, UNASKED_KEPT_MS, UNASKED_PER_HOUR } from '../../../collector/ports.ts';
import type { Reply } from '../../../protocol/commands.ts';
import type { DeviceKey } from '../../../protocol/names.ts';
import type { OpenedStateStore, OpenStateStore } from './fixtures.ts';

const TILL: DeviceKey = 'brico/lyon-01/till-01';
const OTHER: DeviceKey = 'brico/lyon-01/till-02';
const AUDIT = { at: 1, who: 'zoe', action: 'action.asked', detail: 'd' };
const AT = 1_800_000_000_000;

const asked = (id: string, at = AT) => ({
  device: TILL,
  id,
  at,
  asked: {
    action: 'restart_pos',
    args: { service: 'posd' },
    by: 'zoe',
    why: 'figée',
    incident: 7,
    expiresAt: at + 60_000,
    answerBy: at + 150_000,
  },
});
const done = (id: string): Reply => ({
  v: 1,
  id,
  at: AT + 5,
  state: 'done',
  action: 'restart_pos',
  before: 'failed',
  after: 'active',
  output: 'é\u0000\ud800',
});
const refused = (id: string, refusal: NonNullable<Reply['refusal']>, at = AT + 1): Reply => ({
  v: 1,
  id,
  at,
  state: 'refused',
  refusal,
});

export function commandContract(open: OpenStateStore): void {
  describe('commands', () => {
    let opened: OpenedStateStore;
    let store: StateStore;
    beforeEach(async () => {
      opened = await open();
      ({ store } = opened);
    });
    afterEach(() => opened.destroy());
    const audits = async () => (await store.auditLog(1_000)).length;

    test('a command is kept with its audit entry, and read back newest first', async () => {
      await store.commands.add(asked('aaaaaaaa-1'), AUDIT);
      await store.commands.add(asked('aaaaaaaa-2', AT + 1), AUDIT);
      ({ store } = await opened.reopen());
      expect(await store.commands.get(TILL, 'aaaaaaaa-1')).toEqual(asked('aaaaaaaa-1'));
      expect(await store.commands.get(OTHER, 'aaaaaaaa-1')).toBeUndefined();
      expect((await store.commands.list({ limit: 10 })).map(({ id }) => id)).toEqual(['aaaaaaaa-2', 'aaaaaaaa-1']);
      expect(await store.commands.list({ device: OTHER, limit: 10 })).toEqual([]);
      expect(await store.commands.list({ device: TILL, limit: 1 })).toHaveLength(1);
      expect(await audits()).toBe(2);
    });

    test('an id never comes twice for one device, and nothing is written of the second', async () => {
      await store.commands.add(asked('aaaaaaaa-1'), AUDIT);
      await expect(store.commands.add(asked('aaaaaaaa-1'), AUDIT)).rejects.toThrow();
      expect(await audits()).toBe(1);
    });

    test('a reply is kept once, however often it comes', async () => {
      await store.commands.add(asked('aaaaaaaa-1'), AUDIT);
      const first = await store.commands.take(TILL, done('aaaaaaaa-1'), AT + 9, AUDIT);
      expect(first).toEqual({
        command: { ...asked('aaaaaaaa-1'), reply: done('aaaaaaaa-1'), repliedAt: AT + 9 },
        isNews: true,
      });
      ({ store } = await opened.reopen());
      const again = await store.commands.take(TILL, done('aaaaaaaa-1'), AT + 99, AUDIT);
      expect(again).toEqual({ ...first, isNews: false });
      expect(await audits()).toBe(2);
    });

    test('what anybody can provoke gives way to what was done, and is noted when it comes after', async () => {
      await store.commands.add(asked('aaaaaaaa-1'), AUDIT);
      await store.commands.take(TILL, refused('aaaaaaaa-1', 'unsigned'), AT + 2, AUDIT);
      expect((await store.commands.get(TILL, 'aaaaaaaa-1'))?.reply?.refusal).toBe('unsigned');
      await store.commands.take(TILL, done('aaaaaaaa-1'), AT + 3, AUDIT);
      const replayed = await store.commands.take(TILL, refused('aaaaaaaa-1', 'repeated', AT + 8), AT + 9, AUDIT);
      expect(replayed).toMatchObject({ isNews: true, command: { reply: { state: 'done' }, refusedAgainAt: AT + 9 } });
      const once = await store.commands.take(TILL, refused('aaaaaaaa-1', 'repeated', AT + 10), AT + 11, AUDIT);
      expect(once).toMatchObject({ isNews: false, command: { refusedAgainAt: AT + 9 } });
      expect(await audits()).toBe(4);
    });

    test('a refusal that comes again is no other refusal', async () => {
      await store.commands.add(asked('aaaaaaaa-1'), AUDIT);
      await store.commands.take(TILL, refused('aaaaaaaa-1', 'expired'), AT + 2, AUDIT);
      const again = await store.commands.take(TILL, refused('aaaaaaaa-1', 'expired'), AT + 3, AUDIT);
      expect(again?.isNews).toBe(false);
      expect(again?.command.refusedAgainAt).toBeUndefined();
    });

    test('a fault in sending is told; a reply that comes all the same stands beside it', async () => {
      await store.commands.add(asked('aaaaaaaa-1'), AUDIT);
      await store.commands.setFault(TILL, 'aaaaaaaa-1', 'no broker');
      expect((await store.commands.get(TILL, 'aaaaaaaa-1'))?.fault).toBe('no broker');
      const taken = await store.commands.take(TILL, done('aaaaaaaa-1'), AT + 3, AUDIT);
      expect(taken?.command).toMatchObject({ fault: 'no broker', reply: { state: 'done' } });
    });

    test('a reply from another device than it was sent to does not touch the command, and is kept as unasked', async () => {
      await store.commands.add(asked('aaaaaaaa-1'), AUDIT);
      const taken = await store.commands.take(OTHER, done('aaaaaaaa-1'), AT + 3, AUDIT);
      expect(taken?.command).toEqual({
        device: OTHER,
        id: 'aaaaaaaa-1',
        at: AT + 3,
        reply: done('aaaaaaaa-1'),
        repliedAt: AT + 3,
      });
      expect((await store.commands.get(TILL, 'aaaaaaaa-1'))?.reply).toBeUndefined();
    });

    test('replies nobody asked for are bounded per device and hour, and forgotten in time', async () => {
      for (let n = 0; n < UNASKED_PER_HOUR + 5; n++) {
        const taken = await store.commands.take(OTHER, refused(`unread-${1000 + n}`, 'unsigned'), AT + n, AUDIT);
        expect(taken === undefined).toBe(n >= UNASKED_PER_HOUR);
      }
      expect(await store.commands.take(TILL, refused('unread-1000', 'unsigned'), AT, AUDIT)).toBeDefined();
      expect(await store.commands.list({ limit: 1_000 })).toHaveLength(UNASKED_PER_HOUR + 1);
      expect(await audits()).toBe(UNASKED_PER_HOUR + 1);
      await store.commands.add(asked('aaaaaaaa-1'), AUDIT);
      const later = AT + UNASKED_KEPT_MS + 60_000;
      await store.commands.take(OTHER, refused('unread-9999', 'unsigned'), later, AUDIT);
      expect((await store.commands.list({ limit: 1_000 })).map(({ id }) => id)).toEqual(['unread-9999', 'aaaaaaaa-1']);
    });
  });
}
