import type { Secrets } from '../credentials.ts';
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
  /**
   * The same device under other secrets, for what it keeps apart: its requests take their turn among those of this one, and
   * each has one attempt only, since a device is silent to secrets it does not know.
   */
  as(secrets: (own: Secrets) => Secrets): SnmpSession;
  close(): void;
}

/** What the sessions of one device share: its last question. */
interface Turns {
  last: Promise<unknown>;
}

/** Sends nothing before it is asked for something. */
export const openSnmpSession = (target: SnmpTarget, io: SnmpIo): SnmpSession =>
  openInTurn(target, io, { last: Promise.resolve() }, () => false);

/** @param isFirstClosed The one it was opened from takes it along. */
function openInTurn(target: SnmpTarget, io: SnmpIo, turns: Turns, isFirstClosed: () => boolean): SnmpSession {
  const device = `${target.host}:${target.port}`;
  const connection = connect(target, io);
  const now = () => io.clock.monotonicMs();
  const manners = firstManners(target.version !== 1, now);
  let isClosed = false;
  const isOver = () => isClosed || isFirstClosed();

  const ask: Ask = (question, signal) => {
    const turn = turns.last.then(async () => {
      if (isOver()) throw new SnmpFault('closed', device);
      const from = now();
      const answers = await connection.ask(question, signal);
      manners.slowestMs = Math.max(manners.slowestMs, now() - from);
      return answers;
    });
    turns.last = turn.catch(() => undefined);
    return turn;
  };

  return {
    get: (oids, signal) => getValues(ask, manners, oids, device, signal),
    walk: (columns, bounds, signal, into) => walkColumns(ask, manners, columns, bounds, { device, now, signal, into }),
    engine: () => connection.engine(),
    as: (secrets) => {
      const other = { ...target, retries: 0, credentials: () => secrets(target.credentials()) };
      return openInTurn(other, io, turns, isOver);
    },
    close() {
      isClosed = true;
      connection.close();
    },
  };
}
