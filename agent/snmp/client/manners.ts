import type { Ask } from './connection.ts';
import { SnmpFault } from './fault.ts';
import { firstSize, type RequestSize } from './request-size.ts';

/** How one device wants to be asked, as its answers have shown; kept as long as its session. */
export interface Manners {
  get: RequestSize;
  walk: RequestSize;
  /** The last request was answered. A device that was silent is first asked for one value, by the plainest request. */
  isAwake: boolean;
  /** GETBULK requests in a row that failed where GETNEXT was answered. */
  bulkFailures: number;
  /** GETBULK is of use: version 2c or 3, and it has not failed too often. */
  hasBulk: boolean;
}

const BULK_FAILURES_MAX = 3;

export const firstManners = (hasBulk: boolean): Manners => ({
  get: firstSize(),
  walk: firstSize(),
  isAwake: false,
  bulkFailures: 0,
  hasBulk,
});

export function noteBulkFailure(manners: Manners): void {
  manners.bulkFailures++;
  if (manners.bulkFailures >= BULK_FAILURES_MAX) manners.hasBulk = false;
}

/** Every device has it, and it is small. */
const SYS_UPTIME = '1.3.6.1.2.1.1.3.0';

/** After silence: throws when the device is gone; otherwise it was the request. */
export async function makeSure(ask: Ask, manners: Manners, silence: SnmpFault, signal?: AbortSignal): Promise<void> {
  const wasAwake = manners.isAwake;
  manners.isAwake = false;
  if (!wasAwake) throw silence;
  try {
    await ask({ kind: 'get', oids: [SYS_UPTIME] }, signal);
  } catch (error) {
    if (!(error instanceof SnmpFault) || error.kind !== 'no-such-name') throw error;
  }
  manners.isAwake = true;
}
