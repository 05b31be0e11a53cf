import { type DeviceKey, type StoreKey, storeOf } from '../../protocol/names.ts';
import type { EngineEvent } from '../engine/types.ts';
import type { JudgedEvidence } from '../ports.ts';

/** Checks remembered of a device; agents choose their names. */
const MAX_CHECKS_PER_DEVICE = 200;
const MAX_TEXT = 256;

/** A check that does not say ok, as it was last written. */
interface Ailing {
  status: string;
  /** Undefined of one that was followed before a start. */
  toldAt: number | undefined;
  everyS: number | undefined;
}

/**
 * Writes down what stores are judged by beside readings, so that their past can be judged again. Of a healthy device
 * nothing is remembered and nothing written: its checks are known to say ok as long as nothing else is told.
 */
export class JudgedLog {
  readonly #ailing = new Map<DeviceKey, Map<string, Ailing>>();
  #rows: JudgedEvidence[] = [];

  /**
   * A collector began to watch these stores, unwatched since then. What their checks said is to be heard again, and of those
   * that `followed` names also that they say ok.
   */
  started(
    stores: Iterable<StoreKey>,
    followed: Iterable<readonly [DeviceKey | StoreKey, string]>,
    unwatchedFrom: number,
    now: number,
  ): void {
    this.#ailing.clear();
    for (const [device, check] of followed) {
      this.#ail(device as DeviceKey, check, { status: '', toldAt: undefined, everyS: undefined });
    }
    for (const store of stores) this.#rows.push({ kind: 'started', store, at: now, unwatchedFrom });
  }

  /** Evidence about presence, as it came. */
  present({ device, evidence, seen, intervalS }: Extract<EngineEvent, { kind: 'presence' }>, now: number): void {
    this.#rows.push({
      kind: 'presence',
      store: storeOf(device),
      device,
      at: now,
      evidence,
      ...(seen && { seen }),
      ...(intervalS !== undefined && { intervalS }),
    });
  }

  /** What the checks of a live report say. Makes no garbage while all say ok. */
  checked({ device, statuses }: Extract<EngineEvent, { kind: 'report' }>, now: number): void {
    const known = this.#ailing.size === 0 ? undefined : this.#ailing.get(device);
    for (const told of statuses) {
      const before = known?.get(told.check);
      if (told.status === 'ok' && !before) continue;
      const everyS = before?.toldAt === undefined ? undefined : Math.round((now - before.toldAt) / 1000);
      if (before && before.status === told.status) {
        before.toldAt = now;
        // Said again: how often it is asked is news once, and where it changes much.
        if (isAlike(before.everyS, everyS as number)) continue;
        before.everyS = everyS;
      } else if (told.status === 'ok') this.#recover(device, told.check);
      else if (!this.#ail(device, told.check, { status: told.status, toldAt: now, everyS })) continue;
      const { text, ...rest } = told;
      this.#rows.push({
        kind: 'status',
        store: storeOf(device),
        device,
        at: now,
        told: text === undefined ? rest : { ...rest, text: text.slice(0, MAX_TEXT) },
        ...(everyS !== undefined && everyS > 0 && { everyS }),
      });
    }
  }

  /** A device has left the inventory. */
  forget(device: DeviceKey): void {
    this.#ailing.delete(device);
  }

  /** What is to be written with this commit. */
  take(): JudgedEvidence[] | undefined {
    if (this.#rows.length === 0) return undefined;
    const rows = this.#rows;
    this.#rows = [];
    return rows;
  }

  #ail(device: DeviceKey, check: string, ailing: Ailing): boolean {
    const checks = this.#ailing.get(device) ?? new Map<string, Ailing>();
    if (checks.size >= MAX_CHECKS_PER_DEVICE && !checks.has(check)) return false;
    this.#ailing.set(device, checks.set(check, ailing));
    return true;
  }

  #recover(device: DeviceKey, check: string): void {
    const checks = this.#ailing.get(device);
    checks?.delete(check);
    if (checks?.size === 0) this.#ailing.delete(device);
  }
}

/** Within half of one another. */
const isAlike = (known: number | undefined, now: number): boolean =>
  known !== undefined && now <= known * 1.5 && now * 1.5 >= known;
