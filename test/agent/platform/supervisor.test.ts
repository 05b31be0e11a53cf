import { expect, test } from 'vitest';
import { openSupervisor } from '../../../agent/platform/supervisor.ts';

function rig(env: NodeJS.ProcessEnv, intervalMs = 10_000) {
  const told: string[][] = [];
  let at = 0;
  const supervisor = openSupervisor(env, {
    intervalMs,
    monotonicMs: () => at,
    notify: (...lines) => told.push(lines),
  });
  return {
    told,
    supervisor,
    wait: (ms: number) => {
      at += ms;
    },
  };
}
const SYSTEMD = { NOTIFY_SOCKET: '/run/systemd/notify', WATCHDOG_USEC: '120000000' };

test('a beat is told on when half of the patience has gone, and none before it is ready', () => {
  const { told, supervisor, wait } = rig(SYSTEMD);
  wait(600_000);
  supervisor.beat();
  expect(told).toEqual([]);
  supervisor.ready();
  supervisor.ready();
  for (let i = 0; i < 12; i++) {
    wait(10_000);
    supervisor.beat();
  }
  expect(told).toEqual([['READY=1'], ['WATCHDOG=1'], ['WATCHDOG=1']]);
});

test('an agent that reports seldom asks for more patience', () => {
  const { told, supervisor } = rig(SYSTEMD, 3_600_000);
  supervisor.ready();
  expect(told).toEqual([['READY=1', 'WATCHDOG_USEC=10800000000']]);
});

test('where nobody watches nobody is told', () => {
  const { told, supervisor } = rig({});
  supervisor.ready();
  supervisor.beat();
  expect(told).toEqual([]);
});
