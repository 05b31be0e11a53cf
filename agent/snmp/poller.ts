import type { Clock } from '../clock.ts';
import { describeError } from '../describe-error.ts';
import { seedOf } from '../device-seed.ts';
import type { Log } from '../log.ts';
import { untilPhase } from '../scheduler.ts';
import { afterPoll, closedBreaker, type DeviceBreaker, judgeStore, leaveOf } from './client/breaker.ts';
import { type FaultKind, SnmpFault } from './client/fault.ts';
import type { Polled } from './points.ts';
import type { DevicePoller } from './poll-device.ts';

/** The first polls of all devices begin within so long. */
const FIRST_WITHIN_MS = 10_000;
/** Polls in a row without an answer before a device is said to be unreachable. */
const SILENT_POLLS = 2;
const SILENCES: ReadonlySet<FaultKind> = new Set(['timeout', 'unreachable']);

export interface PolledDevice {
  name: string;
  everyS: number;
  poller: DevicePoller;
}

export interface PollerOptions {
  /** Polls at the same time; of one device there is never more than one. */
  maxInFlight: number;
  /** Places the devices' polls in time; the same at every start. */
  seed: string;
  clock: Clock;
  log: Log;
  onPolled(device: string, polled: Polled): void;
  /** It answers, but not what it is asked: credentials, as a rule; or ours cannot be read. */
  onRefused(device: string, fault: SnmpFault): void;
  onPresence(device: string, isThere: boolean): void;
}

/** What the poller knows of a device. */
export interface Poller {
  /** Devices from now on; one that is the same object goes on as it was. */
  change(devices: readonly PolledDevice[]): void;
  /** Soon, out of turn: a trap came. At most one such poll waits. */
  pollNow(device: string): void;
  /** Polls wait for others to end. */
  isLate(): boolean;
  stop(): void;
}

interface Turn {
  device: PolledDevice;
  breaker: DeviceBreaker;
  answeredMs?: number;
  silentSinceMs?: number;
  /** What people were told; undefined before the first answer or failure. */
  isThere?: boolean;
  /** Asked right now. */
  isUnderWay: boolean;
  /** To be asked again as soon as it has answered. */
  isWanted: boolean;
  cancel: () => void;
  ending: AbortController;
}

/**
 * Polls many devices, each at its own moment of the clock, so that they are never asked in one burst. A device that is
 * silent is asked seldom until it answers; when most fall silent together, the line between them and us is what failed.
 */
export function startPoller(options: PollerOptions): Poller {
  const { maxInFlight, seed, clock, log } = options;
  const turns = new Map<string, Turn>();
  const waiting = new Set<Turn>();
  let inFlight = 0;
  /** Judged anew by what may change it: a silence, a device that goes, and while the line is down any answer. */
  let link = judgeStore([]);

  function begin(device: PolledDevice): void {
    const turn: Turn = {
      device,
      breaker: closedBreaker,
      isUnderWay: false,
      isWanted: false,
      cancel: () => {},
      ending: new AbortController(),
    };
    turns.set(device.name, turn);
    const first = seedOf(`${seed}/${device.name}`) % Math.min(FIRST_WITHIN_MS, device.everyS * 1000);
    turn.cancel = clock.after(first, () => tick(turn));
  }

  function end(turn: Turn): void {
    turn.cancel();
    turn.ending.abort();
    waiting.delete(turn);
    turns.delete(turn.device.name);
  }

  function tick(turn: Turn): void {
    const everyMs = turn.device.everyS * 1000;
    const phase = seedOf(`${seed}/${turn.device.name}`) % everyMs;
    turn.cancel = clock.after(untilPhase(clock.now(), phase, everyMs), () => tick(turn));
    want(turn);
  }

  /** One that is under way, or waits, is not asked twice: its next turn comes. */
  function want(turn: Turn): void {
    if (turn.isUnderWay || mayAsk(turn) === 'wait') return;
    waiting.add(turn);
    pump();
  }

  function mayAsk(turn: Turn): ReturnType<typeof leaveOf> {
    const { isLinkDown, probes } = link;
    // Those that answer are asked whatever the others do: their next answer may show that the line is well.
    if (isLinkDown && turn.silentSinceMs !== undefined) return probes.includes(turn.device.name) ? 'probe' : 'wait';
    return leaveOf(turn.breaker, clock.monotonicMs());
  }

  function judgeLink() {
    const wasLinkDown = link.isLinkDown;
    link = judgeStore(
      [...turns.values()].map(({ device, answeredMs, silentSinceMs }) => ({
        name: device.name,
        ...(answeredMs !== undefined && { answeredMs }),
        ...(silentSinceMs !== undefined && { silentSinceMs }),
      })),
    );
    if (link.isLinkDown !== wasLinkDown) {
      if (link.isLinkDown) {
        const { silent, known } = link;
        log('warn', 'most devices fell silent together: the line to them is what failed', { silent, known });
        // They are not asked a second time, each by itself.
        for (const turn of turns.values()) if (turn.silentSinceMs !== undefined) tell(turn, false);
      } else {
        log('info', 'devices answer again', {});
        for (const turn of turns.values()) turn.breaker = closedBreaker;
      }
    }
    return link;
  }

  function pump(): void {
    for (const turn of waiting) {
      if (inFlight >= maxInFlight) return;
      waiting.delete(turn);
      void ask(turn);
    }
  }

  async function ask(turn: Turn): Promise<void> {
    const { device, ending } = turn;
    const leave = mayAsk(turn);
    if (leave === 'wait') return;
    inFlight += 1;
    turn.isUnderWay = true;
    try {
      // A first look at everything takes its time; whether it is there is known, and told, before.
      if (leave === 'probe' || turn.isThere !== true) {
        await device.poller.probe(ending.signal);
        if (ending.signal.aborted) return;
        here(turn);
      }
      const polled = await device.poller.poll(ending.signal);
      if (!ending.signal.aborted) answered(turn, polled);
    } catch (error) {
      if (!ending.signal.aborted) failed(turn, error);
    } finally {
      inFlight -= 1;
      turn.isUnderWay = false;
      if (turn.isWanted && !ending.signal.aborted) {
        turn.isWanted = false;
        want(turn);
      }
      pump();
    }
  }

  function answered(turn: Turn, polled: Polled): void {
    here(turn);
    try {
      options.onPolled(turn.device.name, polled);
    } catch (error) {
      // Our own fault, not the device's.
      log('error', 'what a device answered could not be told', {
        device: turn.device.name,
        error: describeError(error),
      });
    }
  }

  function here(turn: Turn): void {
    turn.breaker = closedBreaker;
    turn.answeredMs = clock.monotonicMs();
    delete turn.silentSinceMs;
    if (link.isLinkDown) judgeLink();
    tell(turn, true);
  }

  function failed(turn: Turn, error: unknown): void {
    const { name } = turn.device;
    if (!(error instanceof SnmpFault)) {
      log('error', 'a device could not be polled', { device: name, error: describeError(error) });
      return;
    }
    if (!SILENCES.has(error.kind)) {
      // Secrets we cannot read say nothing of the device; any other fault is an answer.
      if (error.kind !== 'credentials') here(turn);
      options.onRefused(name, error);
      return;
    }
    const isFirst = turn.silentSinceMs === undefined;
    turn.silentSinceMs ??= clock.monotonicMs();
    turn.breaker = afterPoll(turn.breaker, false, clock.monotonicMs());
    if (isFirst) log('info', 'a device does not answer', { device: name, error: describeError(error) });
    if (judgeLink().isLinkDown || turn.breaker.failures >= SILENT_POLLS) tell(turn, false);
  }

  function tell(turn: Turn, isThere: boolean): void {
    if (turn.isThere === isThere) return;
    turn.isThere = isThere;
    log(isThere ? 'info' : 'warn', isThere ? 'a device answers' : 'a device is unreachable', {
      device: turn.device.name,
    });
    options.onPresence(turn.device.name, isThere);
  }

  return {
    change(devices) {
      const kept = new Set<PolledDevice>(devices);
      for (const turn of [...turns.values()]) if (!kept.has(turn.device)) end(turn);
      judgeLink();
      for (const device of devices) if (!turns.has(device.name)) begin(device);
    },
    pollNow(device) {
      const turn = turns.get(device);
      if (!turn) return;
      if (turn.isUnderWay) turn.isWanted = true;
      else want(turn);
    },
    isLate: () => waiting.size > 0,
    stop() {
      for (const turn of [...turns.values()]) end(turn);
    },
  };
}
