import { execFile } from 'node:child_process';

/** Whoever watches over this process: systemd, where its unit asks for it. */
export interface Supervisor {
  /** It runs as it should. */
  ready(): void;
  /** It has just done its work. Told on in time, not each time: each telling is a process. */
  beat(): void;
}

const NOTIFY_TIMEOUT_MS = 10_000;
const BEATS_PER_PATIENCE = 2;
/** Of silence between two reports, whatever the unit says. */
const PATIENCE_INTERVALS = 3;

export type Notify = (...lines: string[]) => void;

/**
 * systemd is told through its own program, since Node has no datagram sockets of the Unix kind. A beat is told on when
 * half of the patience has gone, so that an agent whose checks have stopped is killed, and one that works costs a process
 * a minute.
 * @param intervalMs between two beats.
 */
export function openSupervisor(
  env: NodeJS.ProcessEnv,
  { intervalMs, monotonicMs, notify = runNotify }: { intervalMs: number; monotonicMs(): number; notify?: Notify },
): Supervisor {
  if (!env.NOTIFY_SOCKET) return { ready() {}, beat() {} };
  const asked = Number(env.WATCHDOG_USEC ?? 0) / 1000;
  const patienceMs = asked > 0 ? Math.max(asked, PATIENCE_INTERVALS * intervalMs) : 0;
  let isReady = false;
  let toldAt = Number.NEGATIVE_INFINITY;
  return {
    ready() {
      if (isReady) return;
      isReady = true;
      toldAt = monotonicMs();
      notify('READY=1', ...(patienceMs > asked ? [`WATCHDOG_USEC=${patienceMs * 1000}`] : []));
    },
    beat() {
      if (!isReady || patienceMs === 0 || monotonicMs() - toldAt < patienceMs / BEATS_PER_PATIENCE) return;
      toldAt = monotonicMs();
      notify('WATCHDOG=1');
    },
  };
}

/** What cannot be told is not: systemd then does what it does with an agent that says nothing. */
function runNotify(...lines: string[]): void {
  execFile('systemd-notify', lines, { timeout: NOTIFY_TIMEOUT_MS }, () => {});
}
