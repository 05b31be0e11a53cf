import type { DeviceKey, StoreKey } from '../../protocol/names.ts';
import { compareVersions, type UpdateState } from '../../protocol/releases.ts';
import type { Rollout, Wave } from '../ports.ts';

/** A device as the rollout sees it. */
export interface Candidate {
  device: DeviceKey;
  store: StoreKey;
  isOpen: boolean;
  isOnline: boolean;
  /** Since when it is known to be away, ms since 1970; of a device that is not online. */
  goneAt?: number;
  /** From its last birth; absent: no agent has ever said one. */
  version?: string;
  /** Absent: its agent cannot replace itself. */
  update?: UpdateState;
}

/** How far a device is, each with the name people are told. */
export type Standing =
  | 'done' // runs the version, and its reports arrive
  | 'newer' // runs a newer one already
  | 'told' // downloads, or waits for the end of a sale
  | 'trying' // restarts into it, or has
  | 'refused' // went back to the former one
  | 'missing' // restarted into it and did not come back
  | 'later' // belongs to a later wave
  | 'store-open' // waits for the store to close
  | 'offline' // waits to be seen
  | 'no-update'; // its agent cannot replace itself

export interface Step {
  rollout: Rollout;
  /** Devices to be told now, and those it is taken back from. */
  tell: DeviceKey[];
  takeBack: DeviceKey[];
  /** Of every device that has an agent. */
  standings: Map<DeviceKey, Standing>;
}

const WAVES: readonly Wave[] = ['canary', 'share', 'all'];
/** Of a wave's devices, those that must run the version before the next begins. */
const ENOUGH = 0.9;

/**
 * Who is told next, and whether the wave goes on, stops or is done. Pure: the same devices at the same time give the same
 * answer, so that any collector may ask.
 * @param told devices told, with the time.
 * @param downgrade whether the release may go where a newer one runs.
 */
export function stepRollout(
  rollout: Rollout,
  candidates: readonly Candidate[],
  told: ReadonlyMap<DeviceKey, number>,
  { now, downgrade }: { now: number; downgrade: boolean },
): Step {
  const standings = new Map(
    candidates
      .filter(({ version }) => version !== undefined)
      .map((candidate) => [
        candidate.device,
        standingOf(rollout, candidate, told.get(candidate.device), now, downgrade),
      ]),
  );
  const is = (device: DeviceKey, ...wanted: Standing[]) => wanted.includes(standings.get(device) ?? 'no-update');
  const isRunning = rollout.state === 'running';
  const failed = candidates.filter(({ device }) => told.has(device) && is(device, 'refused', 'missing')).length;
  if (isRunning && failed > 0 && failed > rollout.mayFail * told.size) {
    return { rollout: { ...rollout, state: 'stopped' }, tell: [], takeBack: unfinished(told, is), standings };
  }
  if (rollout.state === 'paused') return { rollout, tell: [], takeBack: unfinished(told, is), standings };
  // Over: nobody is to hear of it any more.
  if (!isRunning) return { rollout, tell: [], takeBack: [...told.keys()], standings };

  const inWave = candidates.filter((candidate) => standings.has(candidate.device) && reaches(rollout, candidate));
  const tell = inWave.filter((candidate) => !told.has(candidate.device) && mayBeTold(rollout, candidate, downgrade));
  // A store that has opened gets it another night.
  const takeBack = candidates.filter(
    ({ device, isOpen }) => isOpen && !rollout.whileOpen && told.has(device) && is(device, 'told'),
  );
  return {
    rollout: nextWave(rollout, inWave, is, now),
    tell: tell.map(({ device }) => device),
    takeBack: takeBack.map(({ device }) => device),
    standings,
  };
}

const unfinished = (told: ReadonlyMap<DeviceKey, number>, is: (device: DeviceKey, ...wanted: Standing[]) => boolean) =>
  [...told.keys()].filter((device) => is(device, 'told', 'missing'));

function standingOf(
  rollout: Rollout,
  candidate: Candidate,
  toldAt: number | undefined,
  now: number,
  downgrade: boolean,
): Standing {
  const { version, update, isOnline, goneAt = 0, isOpen } = candidate;
  const isTrying = update?.trying === rollout.version;
  // Its reports have arrived once: a till that is switched off for the night after is none that failed.
  if (version === rollout.version && !isTrying) return 'done';
  if (version !== undefined && !downgrade && compareVersions(version, rollout.version) > 0) return 'newer';
  if (!update) return 'no-update';
  const { refused } = update;
  if (refused?.version === rollout.version && refused.attempt >= rollout.attempt) return 'refused';
  if (isTrying) return !isOnline && now - Math.max(goneAt, toldAt ?? 0) > rollout.returnMs ? 'missing' : 'trying';
  if (toldAt !== undefined) return 'told';
  if (!reaches(rollout, candidate)) return 'later';
  if (isOpen && !rollout.whileOpen) return 'store-open';
  return isOnline ? 'told' : 'offline';
}

/** Whether the present wave has come to a device. */
function reaches({ wave, canary, share, version }: Rollout, { device, store }: Candidate): boolean {
  if (wave === 'all' || canary.includes(store)) return true;
  return wave === 'share' && fraction(`${version} ${device}`) < share;
}

function mayBeTold(rollout: Rollout, { isOnline, isOpen, update, version }: Candidate, downgrade: boolean): boolean {
  if (!isOnline || !update || version === undefined || version === rollout.version) return false;
  if (isOpen && !rollout.whileOpen) return false;
  const { refused } = update;
  if (refused?.version === rollout.version && refused.attempt >= rollout.attempt) return false;
  return downgrade || compareVersions(version, rollout.version) < 0;
}

/** The next wave begins once enough of this one have run the version for a while, and one at least. */
function nextWave(
  rollout: Rollout,
  inWave: readonly Candidate[],
  is: (device: DeviceKey, ...wanted: Standing[]) => boolean,
  now: number,
): Rollout {
  const counted = inWave.filter(({ device }) => !is(device, 'newer', 'no-update', 'offline'));
  const done = counted.filter(({ device }) => is(device, 'done')).length;
  const isLast = rollout.wave === 'all';
  const rest = inWave.some(({ device }) => is(device, 'told', 'trying', 'store-open', 'offline'));
  if (isLast) return rest || done === 0 ? rollout : { ...rollout, state: 'done' };
  const isEnough = done > 0 && done >= ENOUGH * counted.length;
  if (!isEnough || now - rollout.waveAt < rollout.soakMs) return rollout;
  return { ...rollout, wave: WAVES[WAVES.indexOf(rollout.wave) + 1] ?? 'all', waveAt: now };
}

/** From 0 to 1, the same for the same text, spread evenly (FNV-1a, finished by a multiplication). */
function fraction(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return ((hash ^ (hash >>> 13)) >>> 0) / 2 ** 32;
}
