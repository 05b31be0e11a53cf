import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { defaultRulePackPath, readRules } from '../../alerting/rules/read-rule-pack.ts';
import { createRules, type RulesRooms } from '../../cli/server/rules.ts';
import type { StateStore } from '../../collector/ports.ts';
import { openSqliteStateStore } from '../../collector/state/sqlite-state-store.ts';
import { RulesError, type RulesOutcome } from '../../dashboard/ports.ts';

const base = { ...readRules(defaultRulePackPath), source: 'default' as const };
const limit = (raise: number) => base.text.replace('raise: 85', `raise: ${raise}`);
/** Of the disks of hosts. */
const raiseIn = ({ pack }: { pack(): typeof base.pack }) => {
  const rule = pack().rules.find(({ id }) => id === 'disk-filling');
  return rule?.type === 'threshold' && rule.raise;
};

let state: StateStore;
let troubles: (string | undefined)[];
let rejudged: number;
let now: number;

const create = (more: Partial<RulesRooms> = {}) =>
  createRules({
    state,
    base,
    chain: () => ({
      inventory: [
        {
          name: 'acme',
          title: 'Acme',
          stores: [
            { name: 'lyon', title: 'Lyon', timeZone: 'Europe/Paris', devices: [{ name: 'till-1', kind: 'till' }] },
          ],
        },
      ],
      observed: () => undefined,
      alerts: [],
    }),
    rejudge: async () => void rejudged++,
    isShared: false,
    onTrouble: (part, error) => void (part === 'rules' && troubles.push(error?.message)),
    now: () => now++,
    ...more,
  });
const revisionOf = (outcome: RulesOutcome) => (typeof outcome === 'string' ? outcome : outcome.revision);

beforeEach(() => {
  [troubles, rejudged, now] = [[], 0, 1_000];
  state = openSqliteStateStore(':memory:');
});
afterEach(() => state.close());

test('without a revision the server’s file holds; what is applied is judged by, written down, and holds after a restart', async () => {
  const rules = await create();
  expect(rules.port.current()).toEqual({ source: 'default', revision: 0, newest: 0, text: base.text });
  const outcome = await rules.port.apply({ text: limit(88), why: 'less noise', by: 'ana' });
  expect(outcome).toMatchObject({
    revision: 1,
    effect: { rules: [{ id: 'disk-filling', devices: 1, values: [{ path: 'raise', before: '85', after: '88' }] }] },
  });
  expect([raiseIn(rules), rejudged]).toEqual([88, 1]);
  expect(await state.auditLog(1)).toMatchObject([{ who: 'ana', action: 'rules.applied', detail: '1: less noise' }]);
  const again = await create();
  expect(raiseIn(again)).toBe(88);
  expect(again.port.current()).toMatchObject({
    ...{ source: 'revision', revision: 1, newest: 1, text: limit(88) },
    last: { id: 1, by: 'ana', why: 'less noise', hash: expect.stringMatching(/^[0-9a-f]{64}$/) },
  });
});

test('a dry run, the same text again, and what somebody else was faster with change nothing', async () => {
  const rules = await create();
  const change = { text: limit(88), why: 'less noise', by: 'ana' };
  expect(revisionOf(await rules.port.apply({ ...change, dryRun: true }))).toBe(0);
  expect([await state.rules.newest(), rejudged, raiseIn(rules)]).toEqual([0, 0, 85]);
  await rules.port.apply(change);
  expect(revisionOf(await rules.port.apply({ ...change, why: 'again' }))).toBe(1);
  expect(await rules.port.apply({ ...change, text: limit(90), ifRevision: 0 })).toBe('changed');
  expect(await rules.port.list(9)).toHaveLength(1);
  // Another collector, before this one has looked.
  const { text: _, ...other } = { ...change, at: 1, hash: 'x' };
  await state.rules.append(
    { ...other, text: limit(91), basedOn: 1, keep: 9 },
    { at: 1, who: 'leo', action: 'rules.applied', detail: '2' },
  );
  expect(await rules.port.apply({ ...change, text: limit(92) })).toBe('changed');
  expect(raiseIn(rules)).toBe(91);
});

test('what cannot be is refused and says where, and nothing changes', async () => {
  const rules = await create();
  const refused = rules.port.apply({ text: limit(0), why: 'x', by: 'ana' });
  await expect(refused).rejects.toThrow(RulesError);
  await expect(refused).rejects.toMatchObject({ faults: [{ path: expect.stringMatching(/^\/rules\/\d+\/clear$/) }] });
  const long = `${base.text}# ${'é'.repeat(600_000)}`;
  await expect(rules.port.apply({ text: long, why: 'x', by: 'ana' })).rejects.toMatchObject({
    faults: [{ path: 'text' }],
  });
  expect([await state.rules.newest(), rejudged]).toEqual([0, 0]);
});

test('the newest is undone, and that is undone; any earlier one can be gone back to, the file too', async () => {
  const rules = await create();
  const undo = async (to?: number) =>
    revisionOf(await rules.port.undo({ why: 'too quiet', by: 'leo', ...(to !== undefined && { to }) }));
  expect(await undo()).toBe('no-such');
  for (const raise of [88, 90]) await rules.port.apply({ text: limit(raise), why: 'x', by: 'ana' });
  expect([await undo(), raiseIn(rules)]).toEqual([3, 88]);
  expect([await undo(), raiseIn(rules)]).toEqual([4, 90]);
  expect([await undo(0), raiseIn(rules)]).toEqual([5, 85]);
  expect(rules.port.current()).toMatchObject({ source: 'default', revision: 0, newest: 5, last: { backTo: 0 } });
  expect([await undo(1), raiseIn(rules)]).toEqual([6, 88]);
  expect([await undo(6), await undo(7)]).toEqual(['no-such', 'no-such']);
  expect(await state.auditLog(1)).toMatchObject([{ action: 'rules.undone', detail: '6 = 1: too quiet', who: 'leo' }]);
  expect((await rules.port.list(9)).map(({ id, backTo }) => [id, backTo])).toEqual([
    [6, 1],
    [5, 0],
    [4, 2],
    [3, 1],
    [2, undefined],
    [1, undefined],
  ]);
  expect((await rules.port.text(2))?.text).toBe(limit(90));
  expect(await rules.port.text(5)).toMatchObject({ text: base.text, revision: { backTo: 0 } });
  expect(await rules.port.text(0)).toEqual({ text: readFileSync(defaultRulePackPath, 'utf8') });
  expect(await rules.port.text(9)).toBeUndefined();
  // The file is read anew at each start.
  await undo(0);
  const other = { ...base, text: '# mended', source: 'file' as const };
  expect((await create({ base: other })).port.current()).toMatchObject({ source: 'file', text: '# mended' });
});

test('a revision this program cannot read keeps nobody from starting: the last that can be holds, and the wall says so', async () => {
  const rules = await create();
  await rules.port.apply({ text: limit(88), why: 'x', by: 'ana' });
  const foreign = (id: number) =>
    state.rules.append(
      { at: 1, by: 'newer', why: 'x', text: 'rules: [{ type: oracle }]', hash: 'x', basedOn: id - 1, keep: 9 },
      { at: 1, who: 'newer', action: 'rules.applied', detail: `${id}` },
    );
  await foreign(2);
  await foreign(3);
  const again = await create();
  expect(raiseIn(again)).toBe(88);
  expect(again.port.current()).toMatchObject({ revision: 1, newest: 3 });
  expect(troubles.at(-1)).toContain('revision 3');
  await expect(again.port.undo({ why: 'x', by: 'ana' })).rejects.toThrow(RulesError);
  expect(revisionOf(await again.port.undo({ why: 'x', by: 'ana', to: 1 }))).toBe(4);
  expect(troubles.at(-1)).toBeUndefined();
  expect(again.port.current()).toMatchObject({ revision: 4, newest: 4 });
});

test('other collectors on the same store follow, by fakes of their judgement', async () => {
  vi.useFakeTimers();
  try {
    let followed = 0;
    const [here, there] = [
      await create({ isShared: true }),
      await create({ isShared: true, rejudge: async () => void followed++ }),
    ];
    there.start();
    await here.port.apply({ text: limit(88), why: 'x', by: 'ana' });
    await vi.advanceTimersByTimeAsync(2_500);
    expect([raiseIn(there), followed]).toEqual([88, 1]);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(followed).toBe(1);
    // One that cannot read it goes on as it was.
    await state.rules.append(
      { at: 1, by: 'newer', why: 'x', text: 'rules: 7', hash: 'x', basedOn: 1, keep: 9 },
      { at: 1, who: 'newer', action: 'rules.applied', detail: '2' },
    );
    await vi.advanceTimersByTimeAsync(2_500);
    expect([raiseIn(there), followed, there.port.current().newest]).toEqual([88, 1, 2]);
    expect(troubles.at(-1)).toContain('revision 2');
    there.close();
  } finally {
    vi.useRealTimers();
  }
});
