import type { SnmpValue } from '../value.ts';
import { type Ask, connect, type SnmpIo, type SnmpTarget } from './connection.ts';
import { SnmpFault } from './fault.ts';
import { getValues } from './get.ts';
import { firstManners } from './manners.ts';
import { type Walk, type WalkBounds, walkColumns } from './walk.ts';

/** One device. All that it is asked goes one request after the other, whoever asks; faults are `SnmpFault`s. */
export interface SnmpSession {
  /** What the device does not have is left out. */
  get(oids: readonly string[], signal?: AbortSignal): Promise<Map<string, SnmpValue>>;
  walk(columns: readonly string[], bounds: WalkBounds, signal?: AbortSignal): Promise<Walk>;
  /** Version 3: how often the device has started, and for how many seconds it has run. */
  engine(): { boots: number; time: number } | undefined;
  close(): void;
}

/** Sends nothing before it is asked for something. */
export function openSnmpSession(target: SnmpTarget, io: SnmpIo): SnmpSession {
  const device = `${target.host}:${target.port}`;
  const connection = connect(target, io);
  const manners = firstManners(target.version !== 1);
  let last: Promise<unknown> = Promise.resolve();
  let isClosed = false;

  const ask: Ask = (question, signal) => {
    const turn = last.then(() => {
      if (isClosed) throw new SnmpFault('closed', device);
      return connection.ask(question, signal);
    });
    last = turn.catch(() => undefined);
    return turn;
  };

  return {
    get: (oids, signal) => getValues(ask, manners, oids, device, signal),
    walk: (columns, bounds, signal) =>
      walkColumns(ask, manners, columns, bounds, { device, now: () => io.clock.monotonicMs(), signal }),
    engine: () => connection.engine(),
    close() {
      isClosed = true;
      connection.close();
    },
  };
}
