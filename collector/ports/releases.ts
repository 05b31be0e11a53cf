import type { DeviceKey, StoreKey } from '../../protocol/names.ts';
import type { Release, UpdateState } from '../../protocol/releases.ts';
import type { Signed } from '../../protocol/signed.ts';

/** A version that agents can be given. */
export interface KeptRelease {
  release: Release;
  /** As it was signed. */
  signed: Signed;
  at: number;
  by: string;
}

/** Who gets a version, in which order. */
export type Wave = 'canary' | 'share' | 'all';

export type RolloutState =
  | 'running'
  | 'paused' // by a person
  | 'stopped' // by itself: too many devices did not come back
  | 'aborted' // by a person, for good
  | 'done';

/** A version on its way to the devices. */
export interface Rollout {
  version: string;
  /** Counts the rollouts, of this version and of others. */
  attempt: number;
  state: RolloutState;
  wave: Wave;
  /** Times in milliseconds since 1970. */
  startedAt: number;
  waveAt: number;
  by: string;
  /** Stores of the first wave. */
  canary: StoreKey[];
  /** Part of all devices in the second wave, from 0 to 1. */
  share: number;
  /** How long a wave is watched once its devices run the version. */
  soakMs: number;
  /** Silence after which a device that was told did not come back. */
  returnMs: number;
  /** Part of the devices told that may fail; beyond, the rollout stops. */
  mayFail: number;
  /** Seconds over which devices told together spread their downloads, and how much of the line each may take. */
  spreadS: number;
  bytesPerSecond: number;
  /** Also while a store is open. */
  whileOpen: boolean;
}

/** What an agent runs, as its last birth tells. */
export interface RunningAgent {
  device: DeviceKey;
  version: string;
  /** Absent: it cannot replace itself. */
  update?: UpdateState;
}

/** The versions there are, and the rollout of one of them. */
export interface ReleaseStore {
  /** Newest first. */
  list(): Promise<KeptRelease[]>;
  /** False when there is this version already; nothing is changed then. */
  add(release: KeptRelease): Promise<boolean>;
  rollout(): Promise<Rollout | undefined>;
  /** Devices told, with the time. */
  told(): Promise<Map<DeviceKey, number>>;
  /** A new rollout begins with nobody told. */
  begin(rollout: Rollout): Promise<void>;
  /**
   * Keeps how it stands, together with the devices told at this time and those it is taken back from. False when it no
   * longer stands as it was read, in `from`: somebody else has moved it. Nothing is changed then.
   */
  advance(
    from: Rollout,
    to: Rollout,
    change: { tell: readonly DeviceKey[]; takeBack: readonly DeviceKey[]; at: number },
  ): Promise<boolean>;
  /** Agents in the order of their keys, those after `after` (all are after the empty text), no more than `limit`. */
  running(after: string, limit: number): Promise<RunningAgent[]>;
}
