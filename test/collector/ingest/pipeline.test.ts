import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { EngineEvent } from '../../../alerting/engine/types.ts';
import type { Judge } from '../../../alerting/ports.ts';
import { type Committed, Pipeline } from '../../../collector/ingest/pipeline.ts';
import type { CommitWrites, StateStore } from '../../../collector/ports.ts';
import { readFrames } from '../../../collector/report-log.ts';
import { openSqliteStateStore } from '../../../collector/state/sqlite-state-store.ts';
import type { Report } from '../../../protocol/messages.ts';

const START = 1_790_000_000_000;
const BOOT = 'bootbootone';

let store: StateStore;
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

/** A store whose next commits fail, as on a full disk. */
const failing = (): StateStore =>
  new Proxy(store, {
    get(target, key: keyof StateStore) {
      if (key !== 'commit') return target[key];
      return (writes: CommitWrites) => {
        if (failures-- > 0) throw new Error('the disk is full');
        return target.commit(writes);
      };
    },
  });

function open(): Pipeline {
  return new Pipeline({
    store: failing(),
    judge,
    deviceOf: (key) => (key === 'c/s/d' ? { name: 'd', kind: 'till' } : undefined),
    now: Date.now,
    onCommit: (committed) => commits.push(committed),
    onTrouble: (error) => troubles.push(error?.message),
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
const logged = () =>
  store
    .readLog(0, 1_000)
    .flatMap(({ frames }) =>
      [...readFrames(frames)].map(({ payload }) => (JSON.parse(Buffer.from(payload).toString()) as Report).seq),
    );

beforeEach(() => {
  vi.useFakeTimers({ now: START });
  store = openSqliteStateStore(':memory:');
  failures = 0;
  judged = [];
  due = undefined;
  troubles = [];
  commits = [];
  pipeline = open();
});
afterEach(async () => {
  await pipeline.close();
  store.close();
  vi.useRealTimers();
});

test('a report is acknowledged once it is in the log, not before', () => {
  const first = send('report', report(1));
  const second = send('report', report(2));
  expect([first.accepted, logged()]).toEqual([undefined, []]);
  vi.advanceTimersByTime(50);
  expect([first.accepted, second.accepted, logged()]).toEqual([true, true, [1, 2]]);
  expect(commits).toHaveLength(1);
});

test('while the disk refuses, nothing is acknowledged; once it takes, all is there, in order and once', () => {
  failures = 3;
  const first = send('report', report(1));
  vi.advanceTimersByTime(200);
  const second = send('report', report(2));
  expect([first.accepted, second.accepted]).toEqual([undefined, undefined]);
  expect(troubles).toContain('the disk is full');
  vi.advanceTimersByTime(5_000);
  expect([first.accepted, second.accepted, logged()]).toEqual([true, true, [1, 2]]);
  expect(troubles.at(-1)).toBeUndefined();
  expect(judged.filter(({ kind }) => kind === 'report')).toHaveLength(2);
});

test('a report delivered again counts once: in one group, in the next, and after a restart', async () => {
  send('report', report(1));
  send('report', report(1));
  vi.advanceTimersByTime(50);
  const again = send('report', report(1));
  vi.advanceTimersByTime(50);
  expect(again.accepted).toBe(true);
  await pipeline.close();
  pipeline = open();
  const afterRestart = send('report', report(1));
  vi.advanceTimersByTime(50);
  expect(afterRestart.accepted).toBe(true);
  expect(logged()).toEqual([1]);
  expect(judged.filter(({ kind }) => kind === 'report')).toHaveLength(1);
});

test('a will counts for the boot it belongs to, also after a restart', async () => {
  send('birth', birth('bootbootone'));
  send('birth', birth('bootboottwo'));
  vi.advanceTimersByTime(50);
  await pipeline.close();
  pipeline = open();
  judged = [];
  send('status', { v: 1, boot: 'bootbootone', online: false, reason: 'lost', at: Date.now() });
  vi.advanceTimersByTime(50);
  expect(judged.filter(({ kind }) => kind === 'presence')).toEqual([]);
  expect(pipeline.counters.stale).toBe(1);
  send('status', { v: 1, boot: 'bootboottwo', online: false, reason: 'lost', at: Date.now() });
  vi.advanceTimersByTime(50);
  expect(judged.filter(({ kind }) => kind === 'presence')).toMatchObject([{ evidence: 'lost' }]);
  expect(JSON.parse(pipeline.birthOf('c/s/d') ?? '{}')).toMatchObject({ boot: 'bootboottwo' });
});

test('what is refused is acknowledged, handed to no one, and kept with its reason', () => {
  const forged = send('report', report(1), 'vigie:c/s/other');
  const future = send('report', report(2, { at: START + 10 * 3_600_000 }));
  vi.advanceTimersByTime(50);
  expect([forged.accepted, future.accepted]).toEqual([false, false]);
  const { entries } = store.setAside(10);
  expect(entries.map(({ reason }) => reason.split(':')[0]).sort()).toEqual(['not-its-own', 'time']);
  expect(logged()).toEqual([]);
});

test('an agent’s clock is measured when its birth comes: not after the report behind it, nor when the disk takes it', () => {
  const ahead = 3 * 3_600_000;
  send('birth', { ...birth(), at: START + ahead });
  const first = send('report', report(1, { at: START + ahead }));
  vi.advanceTimersByTime(50);
  expect([first.accepted, commits.at(-1)?.reports[0]?.skewMs]).toEqual([true, -ahead]);
  failures = 20;
  send('report', report(2));
  vi.advanceTimersByTime(50);
  send('birth', birth());
  vi.advanceTimersByTime(60_000);
  send('report', report(3));
  vi.advanceTimersByTime(50);
  expect(commits.at(-1)?.reports[0]).toMatchObject({ report: { seq: 3 }, skewMs: 0 });
});

test('what a cut-off agent sends after its newest report repairs history only, and so does its run before', () => {
  const late = () => judged.flatMap((event) => (event.kind === 'report' ? [event.late] : []));
  send('birth', birth());
  send('report', report(9));
  send('report', report(7, { at: START - 10_000 }));
  send('report', report(8, { at: START - 5_000 }));
  send('report', report(10));
  vi.advanceTimersByTime(50);
  expect(late()).toEqual([false, true, true, false]);
  send('birth', birth('bootboottwo'));
  send('report', report(11));
  send('report', report(1, { boot: 'bootboottwo' }));
  vi.advanceTimersByTime(50);
  expect(late().slice(4)).toEqual([true, false]);
  expect(logged()).toEqual([9, 7, 8, 10, 11, 1]);
});

test('what falls due is judged although nothing arrives', () => {
  due = START + 2_000;
  send('report', report(1));
  vi.advanceTimersByTime(1_900);
  const before = judged.filter(({ kind }) => kind === 'tick').length;
  vi.advanceTimersByTime(200);
  expect(judged.filter(({ kind }) => kind === 'tick').length).toBeGreaterThan(before);
});

test('after a sleep devices are given time before their silence counts', () => {
  vi.advanceTimersByTime(6_000);
  expect(judged.some(({ kind }) => kind === 'started')).toBe(false);
  vi.setSystemTime(Date.now() + 3_600_000);
  vi.advanceTimersByTime(6_000);
  expect(judged.some(({ kind }) => kind === 'started')).toBe(true);
});

test('closing commits what was taken and leaves what comes later to the next collector', async () => {
  const taken = send('report', report(1));
  const closing = pipeline.close();
  const late = send('report', report(2));
  await closing;
  vi.advanceTimersByTime(1_000);
  expect([taken.accepted, late.accepted, logged()]).toEqual([true, undefined, [1]]);
});
