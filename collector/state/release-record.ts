import type { Release } from '../../protocol/releases.ts';
import type { Signed } from '../../protocol/signed.ts';
import type { KeptRelease } from '../ports.ts';

export interface ReleaseRow {
  signed: string;
  at: number;
  by: string;
}

export function releaseOf({ signed, at, by }: ReleaseRow): KeptRelease {
  const envelope = JSON.parse(signed) as Signed;
  return { release: JSON.parse(envelope.body) as Release, signed: envelope, at, by };
}
