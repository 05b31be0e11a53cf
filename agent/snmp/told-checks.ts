import type { CheckStatus } from '../../protocol/status.ts';

/** Which checks are raised at the centre: what is told no more would stay so for ever. */
export interface ToldChecks {
  /** Statuses told besides polls. */
  note(device: string, statuses: readonly CheckStatus[]): void;
  /**
   * Statuses of a poll, and with them, once, as `ok` those that were raised and are told no more. What could not be read
   * takes nothing back, unless `isWhole`; only the configuration says which uplinks there are. What traps raised is theirs.
   */
  polled(device: string, statuses: readonly CheckStatus[], isWhole: boolean): CheckStatus[];
  /** The device is not watched any more: what is raised on it, as `ok`. */
  leave(device: string): CheckStatus[];
}

export function rememberTold(): ToldChecks {
  const raised = new Map<string, Set<string>>();

  function note(device: string, statuses: readonly CheckStatus[]): void {
    const checks = raised.get(device) ?? new Set<string>();
    raised.set(device, checks);
    for (const { check, status } of statuses) {
      if (status === 'ok') checks.delete(check);
      else checks.add(check);
    }
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
    leave(device) {
      const over = raisedOn(device).map(asOk);
      raised.delete(device);
      return over;
    },
  };
}

const asOk = (check: string): CheckStatus => ({ check, status: 'ok' });
