import { lookup } from 'node:dns/promises';
import { networkInterfaces } from 'node:os';
import type { Clock } from '../../clock.ts';
import type { SnmpTransport } from '../client/transport.ts';
import type { SnmpDevice, SnmpOptions } from '../options.ts';
import { profiles } from '../profiles/registry.gen.ts';
import { addressesOf } from './known-devices.ts';
import { opener } from './open-session.ts';
import { type SweepProgress, type SweepResult, sweep } from './sweep.ts';

export interface StoreSweep {
  /** Of the configuration: what may be looked through, and with what. */
  discovery: NonNullable<SnmpOptions['discovery']>;
  credentials: SnmpOptions['credentials'];
  devices: readonly SnmpDevice[];
  /** All that may be looked through, when left out. */
  ranges?: readonly string[];
  /** Of a configured device, where it is known. */
  serialOf?(device: string): string | undefined;
  isBusy?(): boolean;
  onProgress?(progress: SweepProgress): void;
  transport: SnmpTransport;
  clock: Clock;
  env: Readonly<Record<string, string | undefined>>;
  signal: AbortSignal;
}

/** Looks for devices from this machine, as its configuration allows. Rejects as `sweep` does. */
export async function sweepStore(options: StoreSweep): Promise<SweepResult> {
  const { discovery, devices, ranges = discovery.ranges, serialOf = () => undefined, clock, ...io } = options;
  const search = async (name: string) => (await lookup(name, { family: 4 })).address;
  const known = await addressesOf(devices, search, clock);
  return sweep({
    ...io,
    ranges,
    allowed: discovery.ranges,
    except: Object.values(networkInterfaces()).flatMap((addresses = []) => addresses.map(({ address }) => address)),
    credentials: discovery.credentials,
    known: known.map((device) => {
      const serial = serialOf(device.name);
      return { ...device, ...(serial !== undefined && { serial }) };
    }),
    perSecond: discovery.perSecond,
    open: opener({ credentials: options.credentials, env: options.env, transport: options.transport, clock }),
    profiles,
    clock,
  });
}
