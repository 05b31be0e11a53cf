import type { Point } from '../../protocol/messages.ts';
import type { CheckContext } from '../check.ts';
import { askPowerShell, quoted } from './powershell.ts';
import { asUnit, readSystemdCount, showUnits, type UnitProperties } from './systemd.ts';

export interface ServiceState {
  name: string;
  state: 'running' | 'stopped' | 'changing' | 'failed' | 'missing';
  /** The system's own word for it: `active/running`, `Stopped`, … */
  word: string;
  point: Point;
}

/** Reads the state of services by name, time after time. */
export type ReadServices = (ctx: CheckContext) => Promise<ServiceState[]>;

const PROPERTIES = [
  'LoadState',
  'ActiveState',
  'SubState',
  'NRestarts',
  'MemoryCurrent',
  'MainPID',
  'ExecMainStatus',
  'ControlGroup',
];

/** Telegraf's numbers, of `systemd_units`. */
const LOAD = ['loaded', 'stub', 'not-found', 'bad-setting', 'error', 'merged', 'masked'];
const ACTIVE = ['active', 'reloading', 'inactive', 'failed', 'activating', 'deactivating'];
const SUB = [
  'running',
  'dead',
  'start-pre',
  'start',
  'exited',
  'reload',
  'stop',
  'stop-watchdog',
  'stop-sigterm',
  'stop-sigkill',
  'stop-post',
  'final-sigterm',
  'failed',
  'auto-restart',
  'condition',
  'cleaning',
  'waiting',
];

/** Of `win_services`. */
const WINDOWS_STATES = [
  '',
  'Stopped',
  'Start Pending',
  'Stop Pending',
  'Running',
  'Continue Pending',
  'Pause Pending',
  'Paused',
];
const WINDOWS_MODES = ['Boot', 'System', 'Auto', 'Manual', 'Disabled'];

/**
 * systemctl is asked at the first call and when something has changed. A unit's processes stand in its control group: while
 * those are the very same, it has neither stopped nor started, and reading them costs a hundredth of asking.
 */
export function readSystemdServices(names: readonly string[]): ReadServices {
  const units = names.map((name) => asUnit(name));
  let known: { properties: UnitProperties[]; processes: string } | undefined;
  return async (ctx) => {
    const processes = known && (await readProcesses(ctx, known.properties));
    if (!known || processes === undefined || processes !== known.processes) {
      const properties = await showUnits(ctx, units, PROPERTIES);
      known = { properties, processes: (await readProcesses(ctx, properties)) ?? '' };
    }
    const { properties } = known;
    return Promise.all(names.map((name, index) => toSystemdState(ctx, name, properties[index] ?? {})));
  };
}

const CGROUP = '/sys/fs/cgroup';

/** The processes of all units; undefined when one of them has none, or the host has control groups of the first version. */
async function readProcesses(ctx: CheckContext, units: readonly UnitProperties[]): Promise<string | undefined> {
  const found: string[] = [];
  for (const { ControlGroup, SubState } of units) {
    if (!ControlGroup || SubState !== 'running') return undefined;
    const processes = await ctx.readText(`${CGROUP}${ControlGroup}/cgroup.procs`).catch(() => '');
    if (processes === '') return undefined;
    found.push(processes);
  }
  return found.join(';');
}

async function toSystemdState(ctx: CheckContext, name: string, unit: UnitProperties): Promise<ServiceState> {
  const { LoadState = '', ActiveState = '', SubState = '', ControlGroup } = unit;
  const memory =
    readSystemdCount((await ctx.readText(`${CGROUP}${ControlGroup}/memory.current`).catch(() => '')).trim()) ??
    readSystemdCount(unit.MemoryCurrent);
  const restarts = readSystemdCount(unit.NRestarts);
  const errno = readSystemdCount(unit.ExecMainStatus);
  const pid = readSystemdCount(unit.MainPID);
  return {
    name,
    state: stateOf(LoadState, ActiveState, SubState),
    word: `${ActiveState}/${SubState}`,
    point: {
      m: 'systemd_units',
      t: { name: asUnit(name) },
      f: {
        ...code('load_code', LOAD.indexOf(LoadState)),
        ...code('active_code', ACTIVE.indexOf(ActiveState)),
        ...code('sub_code', SUB.indexOf(SubState)),
        ...(restarts !== undefined && { restarts }),
        ...(memory !== undefined && { mem_current: memory }),
        ...(errno !== undefined && { status_errno: errno }),
        ...(pid !== undefined && { pid }),
      },
    },
  };
}

function stateOf(load: string, active: string, sub: string): ServiceState['state'] {
  if (load === 'not-found') return 'missing';
  // Between two attempts it is called activating; it does not run.
  if (active === 'failed' || sub.startsWith('auto-restart')) return 'failed';
  if (active === 'active' || active === 'reloading') return 'running';
  return active === 'activating' || active === 'deactivating' ? 'changing' : 'stopped';
}

/** One call for all of them. Restarts and memory are not told there. */
export function readWindowsServices(names: readonly string[]): ReadServices {
  const filter = names.map((name) => `Name='${name.replace(/[\\']/g, '\\$&')}'`).join(' OR ');
  const pipeline = `Get-CimInstance -ClassName Win32_Service -Filter ${quoted(filter)} | Select-Object Name, DisplayName, State, StartMode, ExitCode, ProcessId`;
  return async (ctx) => {
    const found = await askPowerShell(ctx, pipeline);
    return names.map((name) => {
      const service = found.find((item) => String(item.Name).toLowerCase() === name.toLowerCase());
      return toWindowsState(name, service);
    });
  };
}

function toWindowsState(name: string, service: Record<string, unknown> | undefined): ServiceState {
  const { State, StartMode, DisplayName, ExitCode } = service ?? {};
  const word = service ? String(State) : '';
  return {
    name,
    state: !service ? 'missing' : word === 'Running' ? 'running' : / Pending$/.test(word) ? 'changing' : 'stopped',
    word,
    point: {
      m: 'win_services',
      t: { service_name: name, ...(typeof DisplayName === 'string' && { display_name: DisplayName.slice(0, 256) }) },
      f: {
        state: Math.max(0, WINDOWS_STATES.indexOf(word)),
        ...code('startup_mode', WINDOWS_MODES.indexOf(String(StartMode))),
        ...(typeof ExitCode === 'number' && { exit_code: ExitCode }),
      },
    },
  };
}

const code = (field: string, value: number): Record<string, number> => (value >= 0 ? { [field]: value } : {});
