import { devicesOf, type EngineState, tileOf } from '../../../alerting/engine/engine.ts';
import type { Effect, StepResult } from '../../../alerting/engine/types.ts';
import type { DeviceKey, StoreKey } from '../../../protocol/names.ts';
import type { Incident } from '../../../protocol/views.ts';

/** What an incident named as its cause from an instant on. */
export interface Named {
  at: number;
  target: DeviceKey | StoreKey;
  /** The code of the reason. */
  code: string;
  /** Readings and checks it is about. */
  about: readonly string[];
}

export interface SeenIncident {
  key: string;
  store: StoreKey;
  openedAt: number;
  named: Named[];
  resolvedAt?: number;
}

/** A state that a device, or a store, took on the wall. */
export interface Sight {
  at: number;
  what: DeviceKey | StoreKey;
  state: string;
}

/** What several stores were said to have in common. */
export interface SeenMajor {
  key: string;
  at: number;
  /** As rules name it, `store.carrier`. */
  attribute: string;
  value: string;
}

/** What came of judging, as the wall and the desk had it: all that the score looks at beside the truth. */
export interface Seen {
  incidents: SeenIncident[];
  sights: Map<StoreKey, Sight[]>;
  /** Absent where nothing looks for common causes. */
  majors?: SeenMajor[];
  alerts: number;
  ticketsOpened: number;
  ticketMessages: number;
}

/** Watches what judgement tells, as somebody before the wall would. Knows nothing of the truth. */
export class Observer {
  readonly #incidents = new Map<string, SeenIncident>();
  readonly #sights = new Map<StoreKey, Sight[]>();
  readonly #shown = new Map<string, string>();
  #alerts = 0;
  #ticketsOpened = 0;
  #ticketMessages = 0;

  take({ state, transitions, effects }: StepResult<EngineState>, now: number): void {
    for (const { alert } of transitions) if (alert.state === 'firing') this.#alerts++;
    for (const effect of effects) {
      if (effect.kind === 'incident') this.#noteIncident(effect, now);
      else if (effect.kind === 'show') this.#look(state, effect.store, now);
    }
  }

  /** The stores as they stand, without anything having happened. */
  look(state: EngineState, stores: Iterable<StoreKey>, now: number): void {
    for (const store of stores) this.#look(state, store, now);
  }

  seen(): Seen {
    return {
      incidents: [...this.#incidents.values()],
      sights: this.#sights,
      alerts: this.#alerts,
      ticketsOpened: this.#ticketsOpened,
      ticketMessages: this.#ticketMessages,
    };
  }

  #noteIncident({ incident, desk }: Extract<Effect, { kind: 'incident' }>, now: number): void {
    if (desk) this.#ticketMessages++;
    if (desk === 'open') this.#ticketsOpened++;
    let seen = this.#incidents.get(incident.key);
    if (!seen) {
      seen = { key: incident.key, store: incident.store, openedAt: incident.openedAt, named: [] };
      this.#incidents.set(incident.key, seen);
    }
    if (incident.state === 'resolved') {
      seen.resolvedAt = now;
      return;
    }
    const named = {
      at: now,
      target: incident.cause.target,
      code: incident.cause.reason.code,
      about: aboutOf(incident),
    };
    const last = seen.named.at(-1);
    const isSame =
      last && last.target === named.target && last.code === named.code && last.about.join() === named.about.join();
    if (!isSame) seen.named.push(named);
  }

  #look(state: EngineState, store: StoreKey, now: number): void {
    const tile = tileOf(state, store, now);
    if (!tile) return;
    this.#note(store, store, tile.tile.state, now);
    for (const { key, state: shown } of devicesOf(state, store, now)) this.#note(store, key, shown, now);
  }

  #note(store: StoreKey, what: DeviceKey | StoreKey, state: string, at: number): void {
    if (this.#shown.get(what) === state) return;
    this.#shown.set(what, state);
    const sights = this.#sights.get(store);
    if (sights) sights.push({ at, what, state });
    else this.#sights.set(store, [{ at, what, state }]);
  }
}

function aboutOf({ cause: { reason }, alerts }: Incident): string[] {
  const { check, reading } = reason.params ?? {};
  if (check !== undefined || reading !== undefined) return [String(check ?? reading)];
  if (!reason.code.startsWith('group.')) return [];
  // A group says what its members say.
  const said = alerts.flatMap(({ reason: { params } }) => params?.check ?? params?.reading ?? []);
  return [...new Set(said.map(String))];
}
