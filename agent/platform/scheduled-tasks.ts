import type { CheckContext } from '../check.ts';
import { askPowerShell, quoted, readDate } from './powershell.ts';
import { asUnit, readSystemdCount, readSystemdTime, showUnits, type UnitProperties } from './systemd.ts';

/** What the system knows of a task it starts by itself. Times are milliseconds since 1970. */
export interface ScheduledTask {
  /** `off`: it will not be started. */
  state: 'missing' | 'off' | 'waiting' | 'running';
  /** How its last run ended; absent when it is not known to have run, or still runs. */
  result?: { succeeded: boolean; code: number; reason?: string };
  startedAt?: number;
  endedAt?: number;
  nextAt?: number;
}

const TIMER = ['LoadState', 'ActiveState', 'Unit', 'LastTriggerUSec', 'NextElapseUSecRealtime'];
const SERVICE = ['ActiveState', 'Result', 'ExecMainStatus', 'ExecMainStartTimestamp', 'ExecMainExitTimestamp'];

/** A timer of systemd and the unit it starts, which mostly bears the same name. */
export async function readTimer(ctx: CheckContext, name: string): Promise<ScheduledTask> {
  const timer = asUnit(name.replace(/\.service$/, ''), 'timer');
  const usual = timer.replace(/\.timer$/, '.service');
  const properties = [...new Set([...TIMER, ...SERVICE])];
  const [about = {}, same = {}] = await showUnits(ctx, [timer, usual], properties);
  if (about.LoadState === 'not-found') return { state: 'missing' };
  const service = !about.Unit || about.Unit === usual ? same : ((await showUnits(ctx, [about.Unit], SERVICE))[0] ?? {});
  return describeTimer(about, service);
}

function describeTimer(timer: UnitProperties, service: UnitProperties): ScheduledTask {
  const startedAt = readSystemdTime(service.ExecMainStartTimestamp) ?? readSystemdTime(timer.LastTriggerUSec);
  const endedAt = readSystemdTime(service.ExecMainExitTimestamp);
  const nextAt = readSystemdTime(timer.NextElapseUSecRealtime);
  const isRunning = service.ActiveState === 'activating' || service.ActiveState === 'active';
  const { Result: reason = '' } = service;
  return {
    state: isRunning ? 'running' : timer.ActiveState === 'active' ? 'waiting' : 'off',
    ...(endedAt !== undefined &&
      !isRunning && {
        result: { succeeded: reason === 'success', code: readSystemdCount(service.ExecMainStatus) ?? 0, reason },
      }),
    ...(startedAt !== undefined && { startedAt }),
    ...(endedAt !== undefined && { endedAt }),
    ...(nextAt !== undefined && { nextAt }),
  };
}

/** The task scheduler's answers that are no result: ready, running, never run, more runs to come, … */
const NO_RESULT = new Set([0x41300, 0x41301, 0x41303, 0x41304, 0x41305, 0x41308]);
/** What it writes for “never”. */
const NEVER_BEFORE = Date.UTC(2000, 0, 1);

/** A task of Windows by its path (`\Shop\Backup`) or its name alone. */
export async function readWindowsTask(ctx: CheckContext, name: string): Promise<ScheduledTask> {
  const at = name.lastIndexOf('\\');
  const [folder, task] = [name.slice(0, at + 1), name.slice(at + 1)];
  const path = folder === '' ? '' : `-TaskPath ${quoted(folder.startsWith('\\') ? folder : `\\${folder}`)} `;
  const [found] = await askPowerShell(
    ctx,
    `Get-ScheduledTask ${path}-TaskName ${quoted(task)} -ErrorAction SilentlyContinue | Select-Object -First 1 | ForEach-Object {
  $info = $_ | Get-ScheduledTaskInfo
  New-Object PSObject -Property @{
    State = [int]$_.State; LastRunTime = $info.LastRunTime; LastTaskResult = $info.LastTaskResult; NextRunTime = $info.NextRunTime
  }
}`,
  );
  return found ? describeWindowsTask(found) : { state: 'missing' };
}

function describeWindowsTask(found: Record<string, unknown>): ScheduledTask {
  const code = Number(found.LastTaskResult ?? 0);
  const ranAt = readDate(found.LastRunTime);
  const startedAt = ranAt !== undefined && ranAt > NEVER_BEFORE ? ranAt : undefined;
  const nextAt = readDate(found.NextRunTime);
  const isRunning = found.State === 4;
  return {
    state: isRunning ? 'running' : found.State === 1 ? 'off' : 'waiting',
    ...(startedAt !== undefined && !isRunning && !NO_RESULT.has(code) && { result: { succeeded: code === 0, code } }),
    ...(startedAt !== undefined && { startedAt }),
    ...(nextAt !== undefined && nextAt > NEVER_BEFORE && { nextAt }),
  };
}
