import type { ReplayedIncident } from '../../protocol/backtest.ts';
import type { DeviceKey, StoreKey } from '../../protocol/names.ts';
import type { Incident } from '../../protocol/views.ts';
import type { EngineState } from '../engine/engine.ts';
import type { StepResult } from '../engine/types.ts';
import { addDuration, type Durations } from './spread.ts';

/** What one set of rules made of one store. */
export interface StoreTally {
  incidents: ReplayedIncident[];
  alerts: number;
  byRule: Record<string, number>;
  byDevice: Record<DeviceKey | StoreKey, number>;
  toAlert: Durations;
  laneMs: number;
}

/** Rules that never rest must not fill the memory: more incidents of one store are not kept. */
const MOST_INCIDENTS = 20_000;

/** Counts what happens from `from` on. */
export class Tally {
  readonly #from: number;
  readonly #incidents = new Map<string, ReplayedIncident>();
  readonly #laneMs = new Map<string, number>();
  readonly #told: StoreTally = { incidents: [], alerts: 0, byRule: {}, byDevice: {}, toAlert: {}, laneMs: 0 };

  constructor(from: number) {
    this.#from = from;
  }

  take({ transitions, effects }: StepResult<EngineState>, now: number): void {
    if (now < this.#from) return;
    for (const { alert, from } of transitions) {
      if (alert.state !== 'firing' || from !== 'pending') continue;
      const { byRule, byDevice, toAlert } = this.#told;
      this.#told.alerts++;
      byRule[alert.rule] = (byRule[alert.rule] ?? 0) + 1;
      byDevice[alert.device] = (byDevice[alert.device] ?? 0) + 1;
      addDuration(toAlert, now - alert.since);
    }
    for (const effect of effects) if (effect.kind === 'incident') this.#note(effect.incident);
  }

  end(): StoreTally {
    const laneMs = [...this.#laneMs.values()].reduce((sum, ms) => sum + ms, 0);
    return { ...this.#told, incidents: [...this.#incidents.values()], laneMs };
  }

  #note(incident: Incident): void {
    const { key, store, cause, priority, since, openedAt, resolvedAt, alerts, loss } = incident;
    // What stood before is not what these rules found.
    if (openedAt < this.#from) return;
    const before = this.#incidents.get(key);
    if (!before && this.#incidents.size >= MOST_INCIDENTS) return;
    const isFlapping = before?.flapping === true || alerts.some(({ flapping }) => flapping);
    this.#incidents.set(key, {
      store,
      target: cause.target,
      kind: cause.kind,
      rule: cause.rule,
      reason: cause.reason,
      priority: before && before.priority < priority ? before.priority : priority,
      since,
      openedAt,
      ...(resolvedAt !== undefined && { resolvedAt }),
      ...(isFlapping && { flapping: true }),
    });
    if (loss) this.#laneMs.set(key, loss.laneMs);
  }
}
