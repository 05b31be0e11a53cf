import { expect, test } from 'vitest';
import { type Failing, startTrial } from '../../../agent/central/trial.ts';
import { type AgentConfig, validateAgentConfig } from '../../../agent/config.ts';
import type { CheckStatus } from '../../../protocol/status.ts';
import { createFakeClock } from '../fake-clock.ts';

const device = {
  chain: 'demo',
  store: 'lyon',
  device: 'till-1',
  server: 'mqtt://127.0.0.1:1883',
  dataDir: '/var/lib/vigie',
};
const own = { ...device, checks: [{ type: 'system' }, { type: 'mem' }] };
const config = (settings: Record<string, unknown>): Promise<AgentConfig> =>
  validateAgentConfig(own, 'agent.yaml', { version: 1, settings });
const ok = (...names: string[]): CheckStatus[] => names.map((check) => ({ check, status: 'ok' }));
const silent = (check: string): CheckStatus => ({ check, status: 'unknown', text: 'no answer' });

async function tryOut(
  settings: Record<string, unknown>,
  before: Record<string, CheckStatus['status']> = { system: 'ok', mem: 'ok' },
) {
  const clock = createFakeClock();
  const ends: (Failing | 'good')[] = [];
  const trial = startTrial({
    from: await config({}),
    good: await config({}),
    to: await config(settings),
    before: new Map(Object.entries(before)),
    isLinkUp: true,
    clock,
    trialMs: 60_000,
    onEnd: (failing) => ends.push(failing ?? 'good'),
  });
  return { clock, trial, ends };
}

test('good as soon as each new or changed check has spoken; what others said before proves nothing', async () => {
  const { clock, trial, ends } = await tryOut({ checks: [{ type: 'mem', everyS: 60 }, { type: 'cpu' }] });
  trial.checked(clock.now() - 1, ok('mem', 'cpu'));
  trial.checked(clock.now(), ok('system', 'mem'));
  expect(ends).toEqual([]);
  trial.checked(clock.now(), ok('cpu'));
  expect(ends).toEqual(['good']);
});

test('a check that fell silent may come back within the time; if it does not, it is named', async () => {
  const changed = { checks: [{ type: 'mem', everyS: 60 }] };
  const back = await tryOut(changed);
  back.trial.checked(back.clock.now(), [silent('mem')]);
  await back.clock.advance(30_000);
  back.trial.checked(back.clock.now(), ok('mem'));
  expect(back.ends).toEqual(['good']);

  const away = await tryOut(changed);
  away.trial.checked(away.clock.now(), [silent('mem')]);
  await away.clock.advance(60_000);
  expect(away.ends).toEqual([{ reason: 'check', text: 'mem: no answer' }]);
});

test('a check that never answered, or is new, breaks nothing by being silent', async () => {
  const { clock, trial, ends } = await tryOut(
    { checks: [{ type: 'mem', everyS: 60 }, { type: 'cpu' }] },
    { mem: 'unknown' },
  );
  trial.checked(clock.now(), [silent('mem'), silent('cpu')]);
  expect(ends).toEqual(['good']);
});

test('a link that was moved must go, come, and hold for one and a half keepalives', async () => {
  const { clock, trial, ends } = await tryOut({ keepaliveS: 4 });
  trial.checked(clock.now(), ok('system'));
  trial.link(true);
  await clock.advance(10_000);
  expect(ends).toEqual([]);
  trial.link(false);
  trial.link(true);
  await clock.advance(5000);
  trial.link(false);
  await clock.advance(5000);
  trial.link(true);
  await clock.advance(5999);
  expect(ends).toEqual([]);
  await clock.advance(1);
  expect(ends).toEqual(['good']);
});

test('without a collector when the time is up it is the link’s fault, and after a cancel nobody’s', async () => {
  const { clock, trial, ends } = await tryOut({ server: 'mqtt://127.0.0.1:9' });
  trial.link(false);
  await clock.advance(60_000);
  expect(ends).toEqual([{ reason: 'link', text: 'no collector could be reached within 60 s' }]);
  const other = await tryOut({ intervalS: 5 });
  other.trial.cancel();
  other.trial.checked(other.clock.now(), ok('mem'));
  await other.clock.advance(60_000);
  expect(other.ends).toEqual([]);
});
