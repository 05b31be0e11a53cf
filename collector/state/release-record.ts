import type { DeviceKey } from '../../protocol/names.ts';
import type { Release, UpdateState } from '../../protocol/releases.ts';
import type { Signed } from '../../protocol/signed.ts';
import type { KeptRelease, RunningAgent } from '../ports.ts';

export interface ReleaseRow {
  signed: string;
  at: number;
  by: string;
}

export function releaseOf({ signed, at, by }: ReleaseRow): KeptRelease {
  const envelope = JSON.parse(signed) as Signed;
  return { release: JSON.parse(envelope.body) as Release, signed: envelope, at, by };
}

export interface RunningRow {
  device: DeviceKey;
  version: string;
  /** JSON. */
  state: string | null;
}

export const runningOf = ({ device, version, state }: RunningRow): RunningAgent => ({
  device,
  version,
  ...(state !== null && { update: JSON.parse(state) as UpdateState }),
});
