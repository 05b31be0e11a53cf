import { type Static, Type } from 'typebox';
import type { CheckStatus } from '../../protocol/status.ts';
import type { Log } from '../log.ts';
import { readKept, writeKept } from './kept-file.ts';

/** Which checks are raised at the centre: what is told no more would stay so for ever. */
export interface ToldChecks {
  /** Statuses told besides polls. */
  note(device: string, statuses: readonly CheckStatus[]): void;
  /**
   * Statuses of a poll, and with them, once, as `ok` those that were raised and are told no more. What could not be read
   * takes nothing back, unless `isWhole`; only the configuration says which uplinks there are. What traps raised is theirs.
   */
  polled(device: string, statuses: readonly CheckStatus[], isWhole: boolean): CheckStatus[];
  /** What is raised on the device and nobody tells of any more, as `ok`; all of it where the device has left. */
  leave(device: string, isOver?: (check: string) => boolean): CheckStatus[];
  /** Those on which something is raised. */
  devices(): string[];
}

const Told = Type.Record(Type.String(), Type.Array(Type.String({ maxLength: 128 }), { maxItems: 1000 }), {
  maxProperties: 2000,
});
/** The checks that are raised, by device. */
type Told = Static<typeof Told>;

const FILE = { name: 'snmp-told.json', schema: Told };

/** Goes on from what an earlier run had told: a check may have left the configuration in between. */
export const resumeTold = (dataDir: string, log: Log): ToldChecks =>
  rememberTold(readKept(FILE, dataDir, log), (raised) => writeKept(FILE, raised, dataDir, log));

/** @param keep is given all that is raised whenever that has changed. */
export function rememberTold(before: Told = {}, keep: (raised: Told) => void = () => {}): ToldChecks {
  const raised = new Map(Object.entries(before).map(([device, checks]) => [device, new Set(checks)]));

  const save = () => keep(Object.fromEntries(Array.from(raised, ([device, checks]) => [device, [...checks]])));

  function note(device: string, statuses: readonly CheckStatus[]): void {
    const checks = raised.get(device) ?? new Set<string>();
    let isChanged = false;
    for (const { check, status } of statuses) {
      const isRaised = status !== 'ok';
      if (isRaised === checks.has(check)) continue;
      isChanged = true;
      if (isRaised) checks.add(check);
      else checks.delete(check);
    }
    if (!isChanged) return;
    if (checks.size > 0) raised.set(device, checks);
    else raised.delete(device);
    save();
  }

  const raisedOn = (device: string): string[] => [...(raised.get(device) ?? [])];

  return {
    note,
    polled(device, statuses, isWhole) {
      const told = new Set(statuses.map(({ check }) => check));
      const isOver = (check: string) => (isWhole || check.startsWith('uplink:')) && !check.startsWith('trap:');
      const over = raisedOn(device).filter((check) => !told.has(check) && isOver(check));
      const all = [...statuses, ...over.map(asOk)];
      note(device, all);
      return all;
    },
    leave(device, isOver = () => true) {
      const over = raisedOn(device).filter(isOver).map(asOk);
      note(device, over);
      return over;
    },
    devices: () => [...raised.keys()],
  };
}

const asOk = (check: string): CheckStatus => ({ check, status: 'ok' });
