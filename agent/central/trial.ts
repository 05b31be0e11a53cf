import type { CheckStatus } from '../../protocol/status.ts';
import type { Clock } from '../clock.ts';
import { type AgentConfig, movesLink } from '../config.ts';

/** Why a configuration did not prove good. */
export interface Failing {
  reason: 'link' | 'check';
  text: string;
}

export interface TrialOptions {
  /** What runs until now: another one on trial, perhaps. */
  from: AgentConfig;
  /** What proved good last: only its checks are known to answer. */
  good: AgentConfig;
  to: AgentConfig;
  /** How each check stood before, by name. */
  before: ReadonlyMap<string, CheckStatus['status']>;
  isLinkUp: boolean;
  clock: Clock;
  /** It has so long to prove good. */
  trialMs: number;
  /** Called once: with what is wrong, or without a word. */
  onEnd(failing?: Failing): void;
}

/** A configuration being tried. */
export interface Trial {
  before: ReadonlyMap<string, CheckStatus['status']>;
  /** A collector is there behind the connection, or is not any more. */
  link(isUp: boolean): void;
  /** What checks said in a tick that began at `at`. */
  checked(at: number, statuses: readonly CheckStatus[]): void;
  cancel(): void;
}

/**
 * Good is a configuration under which a collector is reached and no check falls silent that gave an answer before. That
 * is known as soon as the link stands, for one and a half keepalives where the configuration moved it, and each new or
 * changed check has spoken; otherwise when the time is up.
 */
export function startTrial({ from, good, to, before, isLinkUp, clock, trialMs, onEnd }: TrialOptions): Trial {
  const began = clock.now();
  const known = new Set(good.checks.map(({ entry }) => entry));
  const silent = new Set(to.checks.filter(({ entry }) => !known.has(entry)).map(({ name }) => name));
  const toNames = new Set(to.checks.map(({ name }) => name));
  const answered = new Set(
    good.checks
      .map(({ name }) => name)
      .filter((name) => toNames.has(name) && (before.get(name) ?? 'unknown') !== 'unknown'),
  );
  const broken = new Map<string, string>();
  const isMoved = movesLink(from, to);
  const holdMs = isMoved ? Math.min(to.keepaliveS * 1500, trialMs / 2) : 0;
  // What is still said over the connection of before proves nothing.
  let isOld = isMoved && isLinkUp;
  let isUp = isLinkUp && !isMoved;
  let isHeld = isUp;
  let isOver = false;
  let cancelHold = () => {};
  const cancelDeadline = clock.after(trialMs, () => end(verdict()));

  function verdict(): Failing | undefined {
    if (!isUp) return { reason: 'link', text: `no collector could be reached within ${trialMs / 1000} s` };
    if (broken.size === 0) return undefined;
    const text = [...broken].map(([name, said]) => (said === '' ? name : `${name}: ${said}`)).join('; ');
    return { reason: 'check', text };
  }

  function end(failing?: Failing): void {
    if (isOver) return;
    cancel();
    onEnd(failing);
  }

  function cancel(): void {
    isOver = true;
    cancelDeadline();
    cancelHold();
  }

  function look(): void {
    if (isHeld && silent.size === 0 && broken.size === 0) end();
  }

  return {
    before,
    cancel,
    link(nowUp) {
      if (isOver) return;
      if (isOld && nowUp) return;
      isOld = false;
      if (nowUp === isUp) return;
      isUp = nowUp;
      isHeld = false;
      cancelHold();
      if (!nowUp) return;
      cancelHold = clock.after(holdMs, () => {
        isHeld = true;
        look();
      });
    },
    checked(at, statuses) {
      if (isOver || at < began) return;
      for (const { check, status, text = '' } of statuses) {
        silent.delete(check);
        if (status === 'unknown' && answered.has(check)) broken.set(check, text);
        else broken.delete(check);
      }
      look();
    },
  };
}
