import type { CheckStatus } from '../../protocol/status.ts';
import type { Log } from '../log.ts';
import { resumeTold } from './told-checks.ts';

/** The agent asks nobody any more: what an earlier run had raised is over, device by device. */
export function leaveAll(dataDir: string, log: Log, file: (device: string, over: CheckStatus[]) => void): void {
  const told = resumeTold(dataDir, log);
  for (const device of told.devices()) file(device, told.leave(device));
}
