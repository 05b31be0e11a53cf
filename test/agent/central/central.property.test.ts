import { generateKeyPairSync } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { type Central, openCentral } from '../../../agent/central/central.ts';
import type { Clock } from '../../../agent/clock.ts';
import { type AgentConfig, validateAgentConfig } from '../../../agent/config.ts';
import { checkName } from '../../../agent/load-checks.ts';
import { createSigner } from '../../../collector/signer.ts';
import { createFakeClock } from '../fake-clock.ts';

const ME = 'demo/lyon/till-1';
const GOOD = 'mqtt://127.0.0.1:1883';
const DEAD = 'mqtt://127.0.0.1:1';
const signer = createSigner(new Uint8Array(32).fill(7));

/** A check that is loaded for the first time takes as long as the disk does: from then on turns of the loop count. */
beforeAll(async () => {
  await Promise.all(['system', 'mem', 'cpu'].map((type) => checkName({ type })));
});

type Step =
  | { kind: 'send'; version: number; settings: object; forged: boolean }
  | { kind: 'crash' | 'stop' | 'cut' | 'mend' | 'time' };

const settings = fc.record(
  {
    server: fc.constantFrom(GOOD, DEAD),
    intervalS: fc.constantFrom(1, 5),
    keepaliveS: fc.constantFrom(2, 10),
    // With a timeout of 101 ms a check gives no answer; see `speak`.
    checks: fc.constantFrom(
      [{ type: 'mem' }],
      [{ type: 'mem', timeoutMs: 101 }],
      [{ type: 'cpu' }],
      [{ type: 'no_such' }],
    ),
  },
  { requiredKeys: [] },
);
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('send' as const),
      version: fc.integer({ min: 1, max: 9 }),
      settings,
      forged: fc.boolean(),
    }),
  },
  { weight: 4, arbitrary: fc.constant({ kind: 'time' as const }) },
  { weight: 3, arbitrary: fc.constantFrom('crash', 'stop', 'cut', 'mend').map((kind) => ({ kind }) as Step) },
);

/** The agent's surroundings as they are, faked: a link that stands on the good server alone, and checks that answer. */
async function createTill(folder: string) {
  const clock = createFakeClock();
  const own = {
    chain: 'demo',
    store: 'lyon',
    device: 'till-1',
    server: GOOD,
    dataDir: folder,
    checks: [{ type: 'system' }, { type: 'mem' }],
    central: { trialS: 20 },
  };
  const local = await validateAgentConfig(own, 'agent.yaml');
  let isCut = false;
  let central: Central | undefined;
  let running: AgentConfig = local;
  let runs = 0;
  /** Timers of a run: they die with its process. */
  const clockOf = (run: number): Clock => ({
    ...clock,
    after: (ms, fn) => clock.after(ms, () => run === runs && fn()),
  });
  const works = () => running.server.port === 1883;
  /** A check with this option falls silent. */
  const speak = () =>
    central?.checked(
      clock.now(),
      running.checks.map(({ name, timeoutMs }) => ({ check: name, status: timeoutMs === 101 ? 'unknown' : 'ok' })),
    );
  const connect = () => {
    central?.link(false);
    if (works() && !isCut) central?.link(true);
  };
  async function start(): Promise<void> {
    const opened = await openCentral({ local, clock: clockOf(++runs), log: () => {} });
    central = opened;
    running = opened.config;
    opened.govern({
      apply(config) {
        running = config;
        connect();
      },
      announce: () => {},
    });
    connect();
    speak();
  }
  await start();
  const settle = async () => {
    // What was heard is looked at before time goes on.
    for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
  };
  return {
    running: () => running,
    state: () => (central as Central).state(),
    works,
    async take(next: Step): Promise<void> {
      if (next.kind === 'send') {
        const body = { v: 1, to: ME, version: next.version, at: 1, settings: next.settings };
        const signed = next.forged ? stranger.sign('config', body) : signer.sign('config', body);
        if (works() && !isCut) central?.hear(Buffer.from(JSON.stringify(signed)));
        await settle();
      }
      if (next.kind === 'crash') await start();
      if (next.kind === 'stop') {
        central?.stop();
        await start();
      }
      if (next.kind === 'cut' || next.kind === 'mend') {
        isCut = next.kind === 'cut';
        connect();
      }
      if (next.kind === 'time') await this.pass();
    },
    async pass(): Promise<void> {
      for (let second = 0; second < 25; second++) {
        await clock.advance(1000);
        speak();
      }
    },
  };
}
const stranger = createSigner(new Uint8Array(32).fill(9));

test('whatever is sent, forged, cut or killed, an agent ends with a configuration that works, and never goes back', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 14 }), async (steps) => {
      const folder = mkdtempSync(join(tmpdir(), 'vigie-central-'));
      try {
        mkdirSync(join(folder, 'identity'));
        writeFileSync(join(folder, 'identity', 'signing.pub'), signer.publicKey);
        const till = await createTill(folder);
        let applied = 0;
        for (const next of steps) {
          await till.take(next);
          expect(till.state().applied).toBeGreaterThanOrEqual(applied);
          applied = till.state().applied;
          const proven = steps.some((s) => s.kind === 'send' && !s.forged && s.version === applied);
          expect(applied === 0 || proven).toBe(true);
        }
        await till.take({ kind: 'mend' });
        await till.pass();
        expect(till.works()).toBe(true);
        expect(till.running().checks.every(({ timeoutMs }) => timeoutMs !== 101)).toBe(true);
        // A good one of a number not seen before is always taken.
        await till.take({ kind: 'send', version: 10, settings: { intervalS: 7 }, forged: false });
        await till.pass();
        expect(till.state()).toEqual({ applied: 10 });
        expect(till.running().intervalS).toBe(7);
        // And it is what a crash comes back to.
        await till.take({ kind: 'crash' });
        expect(till.running().intervalS).toBe(7);
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    }),
    {
      numRuns: 40,
      // A killed run that went on beside its successor was once taken for a step back.
      examples: [
        [
          [
            { kind: 'send', version: 1, settings: { keepaliveS: 2 }, forged: false },
            { kind: 'crash' },
            { kind: 'send', version: 2, settings: {}, forged: false },
            { kind: 'time' },
            { kind: 'crash' },
          ],
        ],
        // A check that has just failed its trial must speak again in the next one, which has it too.
        [
          [1, 2].map((version) => ({
            kind: 'send' as const,
            version,
            settings: { keepaliveS: 2, checks: [{ type: 'mem', timeoutMs: 101 }] },
            forged: false,
          })),
        ],
      ],
    },
  );
}, 60_000);

test('a key that is no Ed25519 key proves nothing', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'vigie-central-'));
  try {
    mkdirSync(join(folder, 'identity'));
    const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    writeFileSync(join(folder, 'identity', 'signing.pub'), publicKey.export({ format: 'pem', type: 'spki' }));
    const till = await createTill(folder);
    await till.take({ kind: 'send', version: 1, settings: {}, forged: false });
    await till.pass();
    expect(till.state()).toMatchObject({ applied: 0, refused: { reason: 'signature' } });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
