import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { JudgedEvidence } from '../../alerting/ports.ts';
import { defaultRulePackPath } from '../../alerting/rules/read-rule-pack.ts';
import { packedReadings, rangedReadings } from '../../cli/backtest/readings.ts';
import { command } from '../../cli/commands/backtest.ts';
import { Fault } from '../../cli/fault.ts';
import { takeLock } from '../../cli/lock.ts';
import type { Assets } from '../../cli/server/assets.ts';
import { createBacktests } from '../../cli/server/backtests.ts';
import { secondsLeft } from '../../cli/server/seconds-left.ts';
import { Devices } from '../../collector/devices.ts';
import { openEmbeddedMetricsStore } from '../../collector/metrics/embedded-store.ts';
import type { MetricRow, MetricsStore } from '../../collector/ports.ts';
import { openSqliteStateStore } from '../../collector/state/sqlite-state-store.ts';
import type { BacktestView } from '../../dashboard/ports/backtests.ts';
import type { BacktestAnswer } from '../../protocol/backtest.ts';
import type { Chain, Locale } from '../../protocol/inventory.ts';
import { writesOf } from '../contracts/state-store/fixtures.ts';

const HOUR = 3_600_000;
const TO = Math.floor(Date.now() / HOUR) * HOUR - 6 * HOUR;
const FROM = TO - 6 * HOUR;
const TILL = 'acme/lyon/till-1';
const DISK = { measurement: 'disk', tags: { path: '/' } };
const CHAIN: Chain = {
  name: 'acme',
  title: 'Acme',
  stores: ['lyon', 'paris'].map((name) => ({
    ...{ name, title: name, timeZone: 'Europe/Paris' },
    devices: [
      { name: 'srv', kind: 'server' },
      { name: 'till-1', kind: 'till', lane: 1 },
    ],
  })),
};

const SILENCE_ALONE = `settle: 15 s
quiet: 30 s
grace: 1 min
rules:
  - id: silent
    type: silence
    title: { fr: a, en: b }
    intervals: 3
    stoppedFor: 5 min
    severity: warning
    urgency: 3
    hours: always
    for: 1 min
    clearFor: 1 min
`;

let folder: string;

/** A till of Lyon is lost for ten minutes; the disk of its server is full for twenty. */
async function fill(): Promise<void> {
  const state = openSqliteStateStore(join(folder, 'state.sqlite'));
  const partition = await state.partition({ index: 0, of: 1 });
  await state.saveInventory([CHAIN], 'test', FROM);
  const lost = FROM + 2 * HOUR;
  const told = { kind: 'presence', store: 'acme/lyon', device: TILL } as const;
  const judged: JudgedEvidence[] = [
    { ...told, at: FROM - 3 * HOUR, evidence: 'birth', intervalS: 30 },
    { ...told, at: lost, evidence: 'lost' },
    { ...told, at: lost + 600_000, evidence: 'birth', intervalS: 30 },
  ];
  await partition.commit(writesOf({ judgement: { judged } }));
  await state.close();
  const metrics = openEmbeddedMetricsStore(join(folder, 'metrics.sqlite'), { onDamage: () => {} });
  const rows: MetricRow[] = [];
  for (const device of ['acme/lyon/srv', TILL, 'acme/paris/srv', 'acme/paris/till-1'] as const) {
    for (let at = FROM - 2 * HOUR; at < TO; at += 30_000) {
      if (device === TILL && at >= lost && at < lost + 600_000) continue;
      const isFull = device === 'acme/lyon/srv' && at >= lost + HOUR && at < lost + HOUR + 1_200_000;
      rows.push({ ...DISK, device, at, fields: { used_percent: isFull ? 97 : 40 } });
    }
  }
  metrics.append(rows, 1);
  await metrics.flush();
  await metrics.close();
}

/** Today's rules, with tills that are given twenty minutes. */
function patientRules(): string {
  const text = readFileSync(defaultRulePackPath, 'utf8').replace(/(id: lane-silent[\s\S]*?for: )5 s/, '$120 min');
  const path = join(folder, 'patient.yaml');
  writeFileSync(path, text);
  return path;
}

const run = async (flags: Record<string, string | boolean>, stop = new AbortController().signal) => {
  const lines: string[] = [];
  const code = await command.run({
    flags: {
      'data-dir': folder,
      offline: true,
      from: new Date(FROM).toISOString(),
      to: new Date(TO).toISOString(),
      ...flags,
    },
    operands: [],
    env: {},
    locale: 'en',
    say: (line) => lines.push(line),
    stop,
  });
  return { code, lines };
};

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'vigie-backtest-'));
  await fill();
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('vigie backtest --offline', () => {
  test('tells what patient rules would not have opened, and what both do', async () => {
    const { code, lines } = await run({ rules: patientRules(), json: true });
    expect(code).toBe(0);
    const answer = JSON.parse(lines.join('\n')) as BacktestAnswer;
    expect(answer).toMatchObject({ from: FROM, to: TO, stores: 2, devices: 4, real: { opened: 0, found: 0 } });
    expect(answer.lost.incidents.map(({ target, rule }) => `${target} ${rule}`)).toEqual([`${TILL} lane-silent`]);
    expect(answer.gained.count + answer.changed.count).toBe(0);
    expect(answer.before.incidents).toBe(2);
    expect(answer.after.incidents).toBe(1);
    expect(answer.after.rules.map(({ rule }) => rule)).toContain('disk-full');
    expect(answer.before.devices).toContainEqual({ device: TILL, alerts: 1 });
    expect(answer.before.toAlert?.count).toBe(answer.before.alerts);
  });

  test('shows it to a person, of one store', async () => {
    const { lines } = await run({ rules: patientRules(), store: 'acme/paris' });
    expect(lines).toContainEqual(expect.stringMatching(/: 1 store, 2 devices\.$/));
    expect(lines).toContain('Lost: 0');
    const lyon = await run({ rules: patientRules(), chain: 'acme' });
    expect(lyon.lines.join('\n')).toMatch(/Lost: 1\n +P\d .*acme\/lyon\/till-1/);
  });

  test('says what is wrong with what it was given', async () => {
    const bad = join(folder, 'bad.yaml');
    writeFileSync(bad, 'rules: [{ id: x }]');
    await expect(run({ rules: bad })).rejects.toThrow(/bad\.yaml: \/rules\/0/);
    await expect(run({})).rejects.toThrow(Fault);
    await expect(run({ rules: patientRules(), from: 'yesterday' })).rejects.toThrow(/--from: expected a day/);
    await expect(run({ rules: patientRules(), from: '1h', to: '2h' })).rejects.toThrow(/--from: .* before --to/);
    await expect(run({ rules: patientRules(), to: '2999-01-01' })).rejects.toThrow(/--to: .* past/);
    await expect(run({ rules: patientRules(), store: 'acme/rome' })).rejects.toThrow(/acme\/rome/);
  });

  test('leaves the folder of a server at work alone', async () => {
    const lock = takeLock(join(folder, 'server.lock'));
    writeFileSync(join(folder, 'server.lock'), '1 ');
    await expect(run({ rules: patientRules() })).rejects.toThrow(/a server works on/);
    if (typeof lock !== 'number') lock.release();
  });

  test('can be cancelled', async () => {
    expect(await run({ rules: patientRules() }, AbortSignal.abort())).toEqual({ code: 1, lines: ['Cancelled.'] });
  });
});

describe('vigie backtest, of a running server', () => {
  const view = { ...{ id: '0123456789ab', from: FROM, to: TO, by: 'ops', at: 1, done: 1, total: 2 } };
  const asked: string[] = [];
  let answers: object[];
  let refusal: object | undefined;
  const server = createServer(async (request, response) => {
    asked.push(`${request.method} ${request.url}`);
    request.resume();
    if (request.method === 'DELETE') response.writeHead(204).end();
    else {
      const body = request.method === 'POST' ? (refusal ?? { ...view, standing: 'running' }) : answers.shift();
      response
        .writeHead(body === refusal ? 422 : 200, { 'content-type': 'application/json' })
        .end(JSON.stringify(body));
    }
  });
  beforeEach(async () => {
    asked.length = 0;
    refusal = undefined;
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  afterEach(() => new Promise((resolve) => server.close(resolve)));

  const ask = async (stop = new AbortController().signal, flags = {}, locale: Locale = 'en') => {
    const lines: string[] = [];
    const { port } = server.address() as AddressInfo;
    const code = await command.run({
      flags: { url: `http://127.0.0.1:${port}`, rules: patientRules(), json: true, ...flags },
      operands: [],
      env: { VIGIE_ADMIN_TOKEN: 'token' },
      locale,
      say: (line) => lines.push(line),
      stop,
    });
    return { code, lines };
  };

  test('asks until the answer is there', async () => {
    answers = [{ ...view, standing: 'done', answer: { stores: 2 } }];
    expect(await ask()).toEqual({ code: 0, lines: ['{"stores":2}'] });
    expect(asked).toEqual(['POST /api/v1/backtests', `GET /api/v1/backtests/${view.id}`]);
  });

  test('cancels what nobody waits for any more', async () => {
    answers = [];
    expect(await ask(AbortSignal.abort())).toEqual({ code: 1, lines: ['Cancelled.'] });
    expect(asked.at(-1)).toBe(`DELETE /api/v1/backtests/${view.id}`);
  });

  test('names the file and the place in it where rules are wrong, and the places that are not there', async () => {
    const signal = new AbortController().signal;
    const details = [
      { path: '/rules/rules/46/clear', message: 'must be below `raise`' },
      { path: '/rules line 3, column 5:', message: 'Map keys must be unique' },
      { path: '/against', message: 'must be object' },
      { path: '/places/1', message: 'there is no chain and no store acme/rome' },
    ];
    refusal = { error: { code: 'invalid', message: 'this cannot be replayed', details } };
    const flags = { against: patientRules(), chain: 'acme', store: 'acme/rome' };
    const file = patientRules();
    await expect(ask(signal, flags)).rejects.toThrow(
      [
        'this cannot be replayed:',
        `  ${file}: /rules/46/clear must be below \`raise\``,
        `  ${file}: line 3, column 5: Map keys must be unique`,
        `  ${file}: must be object`,
        '  there is no chain and no store acme/rome',
      ].join('\n'),
    );
    await expect(ask(signal, flags, 'fr')).rejects.toThrow(/il n’y a ni enseigne ni magasin acme\/rome/);
    await expect(ask(signal, { from: '401d' }, 'fr')).rejects.toThrow(/un serveur rejoue 400 jours au plus/);
  });

  test('says why one has failed', async () => {
    answers = [{ ...view, standing: 'failed', error: 'the disk is gone' }];
    await expect(ask()).rejects.toThrow('the replay failed: the disk is gone');
  });
});

describe('replays beside a server', () => {
  let metrics: ReturnType<typeof openEmbeddedMetricsStore>;
  let state: ReturnType<typeof openSqliteStateStore>;
  beforeEach(() => {
    metrics = openEmbeddedMetricsStore(join(folder, 'metrics.sqlite'), { onDamage: () => {} });
    state = openSqliteStateStore(join(folder, 'state.sqlite'));
  });
  afterEach(async () => {
    await metrics.close();
    await state.close();
  });

  const assets = {
    allObserved: async () => [],
    toldOf: async () => new Map(),
    storesWith: async () => new Set(),
  } as unknown as Assets;
  const open = (readings = packedReadings(metrics, 14), now = () => TO + HOUR) =>
    createBacktests({
      state,
      assets,
      devices: new Devices([CHAIN]),
      readings,
      rules: () => readFileSync(defaultRulePackPath, 'utf8'),
      now,
    });

  const request = () => ({ rules: readFileSync(patientRules(), 'utf8'), from: FROM, to: TO });

  const ended = ({ port }: ReturnType<typeof open>, { id }: BacktestView): Promise<BacktestView> =>
    vi.waitFor(
      () => {
        const view = port.get(id);
        if (!view || view.standing === 'running') throw new Error('it is not over');
        return view;
      },
      { timeout: 60_000, interval: 20 },
    );

  test('one at a time; its answer is kept for an hour', async () => {
    let now = TO + HOUR;
    const backtests = open(packedReadings(metrics, 14), () => now);
    const started = await backtests.port.start(request(), 'ops');
    expect(started).toMatchObject({ standing: 'running', by: 'ops' });
    expect(await backtests.port.start(request(), 'ops')).toBeUndefined();
    // Not even read: that would take time from whoever judges live.
    expect(await backtests.port.start({ ...request(), rules: 'rules: [{}]' }, 'ops')).toBeUndefined();
    const view = await ended(backtests, started as BacktestView);
    expect(view).toMatchObject({ standing: 'done', answer: { lost: { count: 1 } } });
    expect(view.done).toBe(view.total);
    expect((await state.auditLog(5)).map(({ action }) => action)).toContain('backtest.started');
    now += HOUR + 1;
    expect(backtests.port.get(view.id)).toBeUndefined();
    await backtests.close();
  });

  test('what cannot be replayed is refused and says where', async () => {
    const { port, close } = open();
    const faults = port.start(
      { ...request(), rules: 'rules: [{}]', from: TO, to: TO + 9 * HOUR, places: ['nowhere'] },
      'ops',
    );
    const { faults: told } = await faults.then(
      () => ({ faults: [] }),
      (error: { faults: { path: string }[] }) => error,
    );
    expect(told.map(({ path }) => path)).toEqual(expect.arrayContaining(['/to', '/places/0']));
    expect(told.some(({ path }) => path.startsWith('/rules'))).toBe(true);
    await expect(port.start({ ...request(), against: 'rules: [' }, 'ops')).rejects.toMatchObject({
      faults: [{ path: expect.stringMatching(/^\/against line 1, column \d+:$/) }],
    });
    await close();
  });

  test('of a hundred faults no more are told', async () => {
    const { port, close } = open();
    const bad = `rules:\n${'- {a: 1}\n'.repeat(150)}`;
    const asked = port.start({ ...request(), rules: bad, against: bad }, 'ops');
    await expect(asked).rejects.toMatchObject({ faults: { length: 100 } });
    await close();
  });

  test('how long it takes is told once something is done', () => {
    expect(secondsLeft(3, 0, 10)).toBeUndefined();
    expect(secondsLeft(3, 2, 10)).toBe(12);
  });

  test('one that is cancelled ends, and leaves room for the next', async () => {
    const backtests = open();
    const first = (await backtests.port.start(request(), 'ops')) as BacktestView;
    expect(backtests.port.cancel(first.id)).toBe(true);
    expect((await ended(backtests, first)).standing).toBe('cancelled');
    expect(backtests.port.cancel('ffffffffffff')).toBe(false);
    await new Promise((resolve) => setImmediate(resolve));
    const next = (await backtests.port.start(request(), 'ops')) as BacktestView;
    expect((await ended(backtests, next)).standing).toBe('done');
    await backtests.close();
  });

  const lostAndNotes = ({ answer }: BacktestView) => ({
    before: answer?.before.incidents,
    lost: answer?.lost.count,
    notes: answer?.notes.map(({ note }) => note),
  });

  test('rules that learn what is usual begin anew, and the answer says so', async () => {
    const backtests = open();
    const noted = async (rules: string) => {
      const asked = { rules, against: rules, from: FROM, to: FROM + HOUR };
      const view = await ended(backtests, (await backtests.port.start(asked, 'ops')) as BacktestView);
      await new Promise((resolve) => setImmediate(resolve));
      return view.answer?.notes;
    };
    const told = { note: 'learning-begins-anew', at: FROM - HOUR };
    expect(await noted(readFileSync(defaultRulePackPath, 'utf8'))).toContainEqual(told);
    expect(await noted(SILENCE_ALONE)).not.toContainEqual(told);
    await backtests.close();
  });

  test('the same comes of a store that is asked for ranges', async () => {
    const backtests = open(rangedReadings(metrics as MetricsStore, 14, () => TO + HOUR));
    const view = await ended(backtests, (await backtests.port.start(request(), 'ops')) as BacktestView);
    expect(lostAndNotes(view)).toMatchObject({ before: 2, lost: 1 });
    await backtests.close();
  });

  test('of roll-ups the worst is judged, and the answer says so', async () => {
    await metrics.retain({ raw: TO + HOUR, fiveMinutes: 0, hour: 0 });
    for (const readings of [packedReadings(metrics, 0), rangedReadings(metrics as MetricsStore, 0, () => TO + HOUR)]) {
      const backtests = open(readings);
      const view = await ended(backtests, (await backtests.port.start(request(), 'ops')) as BacktestView);
      expect(lostAndNotes(view)).toMatchObject({ before: 2, lost: 1, notes: expect.arrayContaining(['rolled-up']) });
      await backtests.close();
    }
  });
});
