import type { DeviceKey } from '../../protocol/names.ts';
import type { Cursor } from '../ports.ts';
import { noteSeen, type Ranges } from './ranges.ts';

/** Runs of an agent that are remembered; the state store keeps as many, and forgets the same. */
const BOOTS_KEPT = 32;

/** What has been counted of every agent, so that a report counts once however often it is delivered. */
export class Cursors {
  readonly #agents = new Map<DeviceKey, Map<string, Ranges>>();
  readonly #changed = new Map<string, Cursor>();

  constructor(saved: Iterable<Cursor>) {
    for (const cursor of saved) this.#boots(cursor.agent).set(cursor.boot, cursor.seen.slice());
  }

  /** Notes a report; false when it was counted before. */
  note(agent: DeviceKey, boot: string, seq: number): boolean {
    const boots = this.#boots(agent);
    let seen = boots.get(boot);
    if (!seen) {
      seen = [];
      boots.set(boot, seen);
      for (const oldest of boots.keys()) {
        if (boots.size <= BOOTS_KEPT) break;
        boots.delete(oldest);
      }
    }
    const isNew = noteSeen(seen, seq);
    if (isNew) this.#changed.set(`${agent} ${boot}`, { agent, boot, seen });
    return isNew;
  }

  /** What has been counted of a run: closed ranges, ascending. Grows with what is noted. */
  seen(agent: DeviceKey, boot: string): Cursor['seen'] {
    return this.#agents.get(agent)?.get(boot) ?? [];
  }

  /** Cursors that changed since the last call. */
  takeChanged(): Cursor[] {
    const changed = [...this.#changed.values()];
    this.#changed.clear();
    return changed;
  }

  #boots(agent: DeviceKey): Map<string, Ranges> {
    let boots = this.#agents.get(agent);
    if (!boots) {
      boots = new Map();
      this.#agents.set(agent, boots);
    }
    return boots;
  }
}
