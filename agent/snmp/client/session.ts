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
  /** @param into Takes the values as they are told: those told before the device fell silent stand in it. */
  walk(
    columns: readonly string[],
    bounds: WalkBounds,
    signal?: AbortSignal,
    into?: Map<string, SnmpValue>,
  ): Promise<Walk>;
  /** Version 3: how often the device has started, and for how many seconds it has run. */
  engine(): { boots: number; time: number } | undefined;
  close(): void;
}

/** Sends nothing before it is asked for something. */
export function openSnmpSession(target: SnmpTarget, io: SnmpIo): SnmpSession {
  const device = `${target.host}:${target.port}`;
  const connection = connect(target, io);
  const now = () => io.clock.monotonicMs();
  const manners = firstManners(target.version !== 1, now);
  let last: Promise<unknown> = Promise.resolve();
  let isClosed = false;

  const ask: Ask = (question, signal) => {
    const turn = last.then(async () => {
      if (isClosed) throw new SnmpFault('closed', device);
      const from = now();
      const answers = await connection.ask(question, signal);
      manners.slowestMs = Math.max(manners.slowestMs, now() - from);
      return answers;
    });
    last = turn.catch(() => undefined);
    return turn;
  };

  return {
    get: (oids, signal) => getValues(ask, manners, oids, device, signal),
    walk: (columns, bounds, signal, into) => walkColumns(ask, manners, columns, bounds, { device, now, signal, into }),
    engine: () => connection.engine(),
    close() {
      isClosed = true;
      connection.close();
    },
  };
}
