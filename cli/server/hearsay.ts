import { type DeviceKey, storeOf } from '../../protocol/names.ts';
import type { CheckStatus } from '../../protocol/status.ts';
import type { Served } from './served.ts';

/**
 * What somebody beside its agents says of a device, judged like any check. That the device is heard, or its gateway, is not
 * said by it. `at`: milliseconds since 1970. Committed when it resolves.
 */
export async function tellHearsay(
  served: Pick<Served, 'submit' | 'wakeOutbox'>,
  device: DeviceKey,
  statuses: readonly CheckStatus[],
  at: number,
): Promise<void> {
  const store = storeOf(device);
  const said = { isHearsay: true, isFromElsewhere: true, late: false, points: [] } as const;
  await served.submit(store, { kind: 'report', device, at, statuses, ...said });
  served.wakeOutbox(store);
}
