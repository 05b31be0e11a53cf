import type { Ask } from './connection.ts';
import { SnmpFault } from './fault.ts';
import { firstSize, type RequestSize } from './request-size.ts';
import { rememberSilences, type Silences } from './silences.ts';

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
  /** What it does not answer: GETs of these OIDs, and GETNEXTs from these. */
  silentGets: Silences;
  silentNexts: Silences;
  /** The longest it took for an answer so far. */
  slowestMs: number;
}

const BULK_FAILURES_MAX = 3;

export const firstManners = (hasBulk: boolean, now: () => number): Manners => ({
  get: firstSize(),
  walk: firstSize(),
  isAwake: false,
  bulkFailures: 0,
  hasBulk,
  silentGets: rememberSilences(now),
  silentNexts: rememberSilences(now),
  slowestMs: 0,
});

export function noteBulkFailure(manners: Manners): void {
  manners.bulkFailures++;
  if (manners.bulkFailures >= BULK_FAILURES_MAX) manners.hasBulk = false;
}

const PATIENCE_MIN_MS = 500;
const PATIENCE_FACTOR = 8;

/** How long a device that answers is waited for where it has fallen silent on something: by its own pace. */
export const patienceWith = ({ slowestMs }: Manners): number => Math.max(PATIENCE_MIN_MS, PATIENCE_FACTOR * slowestMs);

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
