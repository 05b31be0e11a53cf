import type * as library from 'systeminformation';

/** The calls we make, on Windows and macOS only. */
export type SystemInformation = Pick<
  typeof library,
  | 'mem'
  | 'fsSize'
  | 'fsStats'
  | 'disksIO'
  | 'networkStats'
  | 'processes'
  | 'system'
  | 'bios'
  | 'chassis'
  | 'diskLayout'
  | 'graphics'
  | 'osInfo'
  | 'printer'
  | 'usb'
>;

/** Loads the library at its first use: on Linux it never is, which saves a till most of the agent's memory. */
export async function loadSystemInformation(): Promise<SystemInformation> {
  const module = await import('systeminformation');
  return module.default;
}
