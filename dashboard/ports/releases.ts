import type { Readable } from 'node:stream';
import type { DeviceKey, StoreKey } from '../../protocol/names.ts';
import type { Platform } from '../../protocol/releases.ts';
import type { Signed } from '../../protocol/signed.ts';

export const ROLLOUT_STATES = ['running', 'paused', 'stopped', 'aborted', 'done'] as const;
export const WAVES = ['canary', 'share', 'all'] as const;
export const UPDATE_STANDINGS = [
  'done',
  'newer',
  'told',
  'trying',
  'refused',
  'missing',
  'later',
  'store-open',
  'offline',
  'no-update',
] as const;
export type UpdateStanding = (typeof UPDATE_STANDINGS)[number];

/** A version of the agent. Times in ms since 1970. */
export interface ReleaseEntry {
  version: string;
  at: number;
  by: string;
  /** Where it may go in the place of a newer one. */
  downgrade: boolean;
  files: { platform: Platform; size: number; packed: number; isHere: boolean }[];
}

export interface RolloutEntry {
  version: string;
  attempt: number;
  state: (typeof ROLLOUT_STATES)[number];
  wave: (typeof WAVES)[number];
  startedAt: number;
  waveAt: number;
  by: string;
  canary: StoreKey[];
  sharePercent: number;
  whileOpen: boolean;
  /** Devices by how far they are. */
  counts: Partial<Record<UpdateStanding, number>>;
  /** Those a person should look at: refused, missing, trying, told. */
  attention: { device: DeviceKey; standing: UpdateStanding }[];
}

export interface RolloutWish {
  version: string;
  canary: StoreKey[];
  sharePercent: number;
  soakMinutes: number;
  returnMinutes: number;
  mayFailPercent: number;
  spreadMinutes: number;
  kbPerSecond: number;
  whileOpen: boolean;
}

/** Versions of the agent and the rollout of one of them. */
export interface ReleasesPort {
  list(): Promise<{ releases: ReleaseEntry[]; rollout: RolloutEntry | undefined }>;
  /** False: there is this version already, or the body is no release. */
  add(signed: Signed, by: string): Promise<'done' | 'exists' | 'malformed'>;
  /** `wrong`: not the executable that was signed. */
  upload(version: string, platform: Platform, body: Readable): Promise<'done' | 'no-such' | 'wrong'>;
  start(wish: RolloutWish, by: string): Promise<'done' | 'no-such' | 'no-file' | 'no-store' | 'running'>;
  /** False: there is no rollout that could take this state. */
  change(state: 'running' | 'paused' | 'aborted', by: string): Promise<boolean>;
}
