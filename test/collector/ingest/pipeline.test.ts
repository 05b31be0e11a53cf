import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { EngineEvent } from '../../../alerting/engine/types.ts';
import type { Judge } from '../../../alerting/ports.ts';
import { type Committed, Pipeline } from '../../../collector/ingest/pipeline.ts';
import {
  type CommitWrites,
  type Cursor,
  LeaseLost,
  PartitionGone,
  type PartitionStore,
  type StateStore,
} from '../../../collector/ports.ts';
import { readFrames } from '../../../collector/report-log.ts';
import { openSqliteStateStore } from '../../../collector/state/sqlite-state-store.ts';
import type { Report } from '../../../protocol/messages.ts';

const START = 1_790_000_000_000;
const BOOT = 'bootbootone';

let state: StateStore;
let store: PartitionStore;
let failures: number;
let judged: EngineEvent[];
let due: number | undefined;
let troubles: (string | undefined)[];
let commits: Committed[];
let pipeline: Pipeline;

const judge: Judge = {
  judge(events) {
    judged.push(...events);
    return { writes: { stores: [], incidents: [], tickets: [] }, stores: [], gone: [], incidents: [] };
  },
  nextDue: () => due,
};

/** Asked to fail by this, or to do its work. */
let obstacle: () => Error;
let answered: Promise<unknown>;
let lost: number;
let steps: number[];
let receipts: { noted: Cursor[]; seen: string[] };

/** A store whose next commits fail, as on a full disk. */
const failing = (): Pick<PartitionStore, 'commit'> => ({
  async commit(writes: CommitWrites) {
    await answered;
    if (failures-- > 0) throw obstacle();
    return store.commit(writes);
  },
});

async function open(): Promise<Pipeline> {
  return new Pipeline({
    store: failing(),
    kept: { cursors: await store.loadCursors(), boots: await store.loadBoots() },
    judge,
    isElsewhere: (key) => key === 'c/elsewhere',
    deviceOf: (key) => (key === 'c/s/d' ? { name: 'd', kind: 'till' } : undefined),
    limits: { groupMs: 15, groupMessages: 2_000 },
    time: { now: () => Date.now(), monotonicMs: () => performance.now(), sinceBootMs: () => performance.now() },
    receipts: {
      note: (cursors) => receipts.noted.push(...cursors),
      noteSeen: ({ agent, boot, seen }, seq) => receipts.seen.push(`${agent} ${boot} ${seq} of ${seen.join()}`),
    },
    onClockStepped: (byMs) => steps.push(byMs),
    onCommit: (committed) => commits.push(committed),
    onTrouble: (error) => troubles.push(error?.message),
    onLeaseLost: () => lost++,
  });
}

function send(kind: string, message: object, client = 'vigie:c/s/d'): { accepted: boolean | undefined } {
  const answer: { accepted: boolean | undefined } = { accepted: undefined };
  pipeline.receive(
    { topic: `vigie/v1/c/s/d/${kind}`, payload: Buffer.from(JSON.stringify(message)), retain: false, client },
    (accepted) => {
      answer.accepted = accepted;
    },
  );
  return answer;
}

const report = (seq: number, over: Partial<Report> = {}): Report => ({
  v: 1,
  boot: BOOT,
  seq,
  at: Date.now(),
  points: [{ m: 'cpu', f: { usage_active: seq } }],
  ...over,
});
const birth = (boot = BOOT) => ({
  v: 1,
  boot,
  at: Date.now(),
  agent: { version: '1', config: '' },
  intervalS: 10,
  host: { os: 'x' },
  checks: [],
});

/** Every report in the log, in order. */
const logged = async () =>
  (await store.readLog(0, 1_000)).flatMap(({ frames }) =>
    [...readFrames(frames)].map(({ payload }) => (JSON.parse(Buffer.from(payload).toString()) as Report).seq),
  );

const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

beforeEach(async () => {
  vi.useFakeTimers({ now: START });
  state = openSqliteStateStore(':memory:');
  store = await state.partition({ index: 0, of: 1 });
  failures = 0;
  obstacle = () => new Error('the disk is full');
  answered = Promise.resolve();
  lost = 0;
  steps = [];
  receipts = { noted: [], seen: [] };
  judged = [];
  due = undefined;
  troubles = [];
  commits = [];
  pipeline = await open();
});
afterEach(async () => {
  await pipeline.close();
  await state.close();
  vi.useRealTimers();
});

test('a report is acknowledged once it is in the log, not before', async () => {
  const first = send('report', report(1));
  const second = send('report', report(2));
  expect([first.accepted, await logged()]).toEqual([undefined, []]);
  await pass(50);
  expect([first.accepted, second.accepted, await logged()]).toEqual([true, true, [1, 2]]);
  expect(commits).toHaveLength(1);
});

test('while the disk refuses, nothing is acknowledged; once it takes, all is there, in order and once', async () => {
  failures = 3;
  const first = send('report', report(1));
  await pass(200);
  const second = send('report', report(2));
  expect([first.accepted, second.accepted]).toEqual([undefined, undefined]);
  expect(troubles).toContain('the disk is full');
  await pass(5_000);
  expect([first.accepted, second.accepted, await logged()]).toEqual([true, true, [1, 2]]);
  expect(troubles.at(-1)).toBeUndefined();
  expect(judged.filter(({ kind }) => kind === 'report')).toHaveLength(2);
});

test('a report delivered again counts once: in one group, in the next, and after a restart', async () => {
  send('report', report(1));
  send('report', report(1));
  await pass(50);
  const again = send('report', report(1));
  await pass(50);
  expect(again.accepted).toBe(true);
  await pipeline.close();
  pipeline = await open();
  const afterRestart = send('report', report(1));
  await pass(50);
  expect(afterRestart.accepted).toBe(true);
  expect(await logged()).toEqual([1]);
  expect(judged.filter(({ kind }) => kind === 'report')).toHaveLength(1);
});

test('a will counts for the boot it belongs to, also after a restart', async () => {
  send('birth', birth('bootbootone'));
  send('birth', birth('bootboottwo'));
  await pass(50);
  await pipeline.close();
  pipeline = await open();
  judged = [];
  send('status', { v: 1, boot: 'bootbootone', online: false, reason: 'lost', at: Date.now() });
  await pass(50);
  expect(judged.filter(({ kind }) => kind === 'presence')).toEqual([]);
  expect(pipeline.counters.stale).toBe(1);
  send('status', { v: 1, boot: 'bootboottwo', online: false, reason: 'lost', at: Date.now() });
  await pass(50);
  expect(judged.filter(({ kind }) => kind === 'presence')).toMatchObject([{ evidence: 'lost' }]);
  expect(JSON.parse((await state.birthOf('c/s/d')) ?? '{}')).toMatchObject({ boot: 'bootboottwo' });
});

test('what a device told by itself is kept with its report: once, by our clock, late or not, and judged by nobody', async () => {
  const event = (at: number) => ({ at, source: 'trap', code: '1.3.6', severity: 'critical', text: 'x' }) as const;
  send('report', report(1, { events: [event(START - 2_000), event(START + 60_000)] }));
  await pass(20);
  send('report', report(1, { events: [event(START - 2_000)] }));
  send('report', report(2, { historical: true, at: START - 3_600_000, events: [event(START - 3_600_000)] }));
  await pass(20);
  const kept = await state.events.list('c/s/d', { limit: 10 });
  expect(kept.map(({ at }) => at - START)).toEqual([expect.any(Number), -2_000, -3_600_000]);
  expect(kept[0]?.at).toBeLessThanOrEqual(Date.now());
  expect(judged.filter(({ kind }) => kind !== 'report' && kind !== 'tick')).toEqual([]);
  const refused = send('report', report(3, { events: [event(1)] }));
  await pass(20);
  expect(refused.accepted).toBe(false);
  expect((await state.setAside(1)).entries[0]?.reason).toBe('time: /events/0/at is out of reach');
});

test('what is refused is acknowledged, handed to no one, and kept with its reason', async () => {
  const forged = send('report', report(1), 'vigie:c/s/other');
  const future = send('report', report(2, { points: [{ m: 'cpu', f: { x: 1 }, at: START + 10 * 3_600_000 }] }));
  await pass(50);
  expect([forged.accepted, future.accepted]).toEqual([false, false]);
  const { entries } = await state.setAside(10);
  expect(entries.map(({ reason }) => reason.split(':')[0]).sort()).toEqual(['not-its-own', 'time']);
  expect(await logged()).toEqual([]);
});

test('an agent’s clock is measured when its birth comes: not after the report behind it, nor when the disk takes it', async () => {
  const ahead = 3 * 3_600_000;
  send('birth', { ...birth(), at: START + ahead });
  const first = send('report', report(1, { at: START + ahead }));
  await pass(50);
  expect([first.accepted, commits.at(-1)?.reports[0]?.skewMs]).toEqual([true, -ahead]);
  failures = 20;
  send('report', report(2));
  await pass(50);
  send('birth', birth());
  await pass(60_000);
  send('report', report(3));
  await pass(50);
  expect(commits.at(-1)?.reports[0]).toMatchObject({ report: { seq: 3 }, skewMs: 0 });
});

test('what a cut-off agent sends after its newest report repairs history only, and so does its run before', async () => {
  const late = () => judged.flatMap((event) => (event.kind === 'report' ? [event.late] : []));
  send('birth', birth());
  send('report', report(9));
  send('report', report(7, { at: START - 10_000 }));
  send('report', report(8, { at: START - 5_000 }));
  send('report', report(10));
  await pass(50);
  expect(late()).toEqual([false, true, true, false]);
  send('birth', birth('bootboottwo'));
  send('report', report(11));
  send('report', report(1, { boot: 'bootboottwo' }));
  await pass(50);
  expect(late().slice(4)).toEqual([true, false]);
  expect(await logged()).toEqual([9, 7, 8, 10, 11, 1]);
});

test('what falls due is judged although nothing arrives', async () => {
  due = START + 2_000;
  send('report', report(1));
  await pass(1_900);
  const before = judged.filter(({ kind }) => kind === 'tick').length;
  await pass(200);
  expect(judged.filter(({ kind }) => kind === 'tick').length).toBeGreaterThan(before);
});

test('a clock that was set is told to judgement before anything else, and is nobody’s silence', async () => {
  await pass(6_000);
  vi.setSystemTime(Date.now() + 3_600_000);
  await pass(6_000);
  expect(judged.find(({ kind }) => kind !== 'tick')).toEqual({ kind: 'clock-stepped', byMs: 3_600_000 });
  expect(judged.some(({ kind }) => kind === 'started')).toBe(false);
  expect(steps).toEqual([3_600_000]);
});

test.each([3, -3, 72, -72])('an agent whose clock is right stays right when ours is set by %i h', async (hours) => {
  const byMs = hours * 3_600_000;
  send('birth', birth());
  await pass(50);
  vi.setSystemTime(Date.now() + byMs);
  // The very first thing that comes after it.
  const after = send('report', report(1, { at: START + 60 }));
  await pass(50);
  expect([after.accepted, commits.at(-1)?.reports[0]?.skewMs]).toEqual([true, byMs]);
});

test('after a restart under a clock that is hours slow, reports of agents that are not born again are kept', async () => {
  const queued = send('report', report(1, { at: START + 3 * 3_600_000 }));
  await pass(50);
  expect([queued.accepted, await logged(), pipeline.counters.late]).toEqual([true, [1], 0]);
});

test('while nothing can be heard no time passes for judgement; then everyone is given time to be heard', async () => {
  due = START + 1_000;
  pipeline.setListening(false);
  await pass(60_000);
  expect(judged).toEqual([]);
  // A person's word is judged all the same, and is no reason to call anyone silent.
  const comment: EngineEvent = { kind: 'comment', incident: 'i', by: 'Inès', text: 'seen' };
  void pipeline.submit([comment]);
  await pass(50);
  expect(judged).toEqual([comment]);
  due = undefined;
  pipeline.setListening(true);
  await pass(50);
  expect(judged.map(({ kind }) => kind)).toEqual(['comment', 'started', 'tick']);
});

test('after a commit that took long, what was sent meanwhile is read before anyone is silent', async () => {
  let answer = () => {};
  answered = new Promise<void>((resolve) => {
    answer = resolve;
  });
  send('report', report(1));
  await pass(30_000);
  answer();
  send('report', report(2));
  await pass(50);
  const kinds = judged.map(({ kind }) => kind);
  expect(kinds.slice(kinds.indexOf('tick') + 1)).toEqual(['started', 'report', 'tick']);
});

test('nothing is taken for granted while a commit is on its way: what comes meanwhile waits for the next', async () => {
  let answer = () => {};
  answered = new Promise<void>((resolve) => {
    answer = resolve;
  });
  const first = send('report', report(1));
  await pass(50);
  const second = send('report', report(2));
  await pass(50);
  expect([first.accepted, second.accepted, pipeline.counters.pending]).toEqual([undefined, undefined, 2]);
  answer();
  await pass(50);
  expect([first.accepted, second.accepted, await logged()]).toEqual([true, true, [1, 2]]);
  expect(commits).toHaveLength(2);
});

test('once another collector has the partition, nothing more is committed, acknowledged or tried', async () => {
  failures = 1;
  obstacle = () => new LeaseLost(3);
  const taken = send('report', report(1));
  await pass(50);
  const later = send('report', report(2));
  await pass(10_000);
  expect([taken.accepted, later.accepted, lost, await logged()]).toEqual([undefined, undefined, 1, []]);
  expect(troubles).toEqual([]);
});

test('what was asked of a collector that lost the partition is answered: it fails, and nobody waits for ever', async () => {
  failures = 1;
  obstacle = () => new LeaseLost(3);
  const comment: EngineEvent = { kind: 'comment', incident: 'i', by: 'Inès', text: 'seen' };
  const asked = [pipeline.submit([comment]), pipeline.submit([comment])].map((one) => one.catch((error) => error));
  await pass(50);
  asked.push(pipeline.submit([comment]).catch((error) => error));
  expect(await Promise.all(asked)).toEqual(Array(3).fill(new PartitionGone(false)));
});

test('what is being committed while the partition goes may be there or not, and whoever asked is told so', async () => {
  const comment: EngineEvent = { kind: 'comment', incident: 'i', by: 'Inès', text: 'seen' };
  answered = new Promise(() => {});
  const inHand = pipeline.submit([comment]).catch((error) => error);
  await pass(50);
  const waiting = pipeline.submit([comment]).catch((error) => error);
  pipeline.abandon();
  expect(await inHand).toMatchObject({ mayBeCommitted: true });
  expect(await waiting).toMatchObject({ mayBeCommitted: false });
});

test('what a clock is off by is known after a restart too: an agent that stayed connected says it only once', async () => {
  const behind = 3 * 3_600_000;
  send('birth', { ...birth(), at: START - behind });
  await pass(50);
  await pipeline.close();
  pipeline = await open();
  send('report', report(1, { at: Date.now() - behind }));
  await pass(50);
  expect([commits.at(-1)?.reports[0]?.skewMs, pipeline.counters.late]).toEqual([behind, 0]);
});

test('a birth that waited while we could not hear does not make its agent’s clock look slow', async () => {
  pipeline.setListening(false);
  await pass(120_000);
  pipeline.setListening(true);
  send('birth', { ...birth(), at: Date.now() - 110_000 });
  send('report', report(1, { at: Date.now() - 100_000 }));
  await pass(50);
  expect(commits.at(-1)?.reports[0]?.skewMs).toBe(0);
  expect(pipeline.counters.late).toBe(1);
});

test('giving up a store that does not answer acknowledges nothing', async () => {
  answered = new Promise(() => {});
  const taken = send('report', report(1));
  await pass(50);
  const closing = pipeline.close();
  pipeline.abandon();
  await closing;
  expect([taken.accepted, lost]).toEqual([undefined, 0]);
});

test('a report whose time cannot be believed gets its receipt: its agent need not send it again', async () => {
  send('report', report(1, { at: 0 }));
  await pass(50);
  expect(receipts.noted).toMatchObject([{ seen: [[1, 1]] }]);
  expect([pipeline.counters.reports, await logged()]).toEqual([0, []]);
});

test('what belongs to another partition is neither counted nor set aside here', async () => {
  const answer: (boolean | undefined)[] = [];
  const payload = Buffer.from(JSON.stringify(birth()));
  pipeline.receive({ topic: 'vigie/v1/c/elsewhere/d/birth', payload, retain: true, client: undefined }, (accepted) =>
    answer.push(accepted),
  );
  await pass(50);
  expect([answer, pipeline.counters.setAside, judged]).toEqual([[true], 0, []]);
});

test('receipts tell what is committed, and once more what came again', async () => {
  send('report', report(1));
  send('report', report(2));
  await pass(50);
  expect(receipts.noted).toMatchObject([{ agent: 'c/s/d', boot: BOOT, seen: [[1, 2]] }]);
  send('report', report(2));
  await pass(50);
  expect(receipts.seen).toEqual([`c/s/d ${BOOT} 2 of 1,2`]);
});

test('an event handed over is judged once, and its row goes with the commit that judged it', async () => {
  const event: EngineEvent = { kind: 'comment', incident: 'i', by: 'Inès', text: 'seen' };
  const handled: number[][] = [];
  const { commit } = store;
  store.commit = (writes) => {
    handled.push(writes.handled);
    return commit(writes);
  };
  pipeline.submitHanded(7, event);
  pipeline.submitHanded(7, event);
  await pass(50);
  // A reading that began before the commit brings it once more.
  pipeline.submitHanded(7, event);
  await pass(50);
  expect(handled.flat()).toEqual([7]);
  pipeline.forgetJudged();
  expect(judged.filter(({ kind }) => kind === 'comment')).toEqual([event]);
});

test('the time from the making of a report to its commit is counted', async () => {
  send('report', report(1));
  await pass(50);
  expect(pipeline.delays.read()).toMatchObject({ count: 1, sum: expect.closeTo(0.015, 2) });
});

test('closing commits what was taken and leaves what comes later to the next collector', async () => {
  const taken = send('report', report(1));
  const closing = pipeline.close();
  const late = send('report', report(2));
  await closing;
  await pass(1_000);
  expect([taken.accepted, late.accepted, await logged()]).toEqual([true, undefined, [1]]);
});
