import { setTimeout as pause } from 'node:timers/promises';
import type { Random } from '../../cli/demo/random.ts';
import type { IncidentView } from '../../protocol/views.ts';
import type { ScriptedDevice } from './scripted-device.ts';

/** One fault of one device, from its first moment to its cure: it must make one incident, no more and no less. */
export interface Episode {
  store: string;
  kind: 'threshold' | 'silence';
  /** Milliseconds since 1970. */
  startedAt: number;
  /** Number of the incident that was opened for it. */
  opened: number | undefined;
  resolved: boolean;
}

/** What the API ever said of an incident, and whether it took anything back. */
interface Seen {
  first: IncidentView;
  latest: IncidentView;
  /** When it was first seen, milliseconds since 1970. */
  at: number;
  /** Told in words. */
  moves: { what: string; at: number }[];
}

const LOOK_MS = 250;
/** How long the wall may take to open or resolve, faults and all. */
const PATIENCE_MS = 150_000;

/** Looks at the incidents again and again, from whichever address answers, and keeps what it saw. */
export class IncidentWatch {
  readonly seen = new Map<string, Seen>();
  readonly #urls: readonly string[];
  #stopped = false;
  #waiters = new Set<() => void>();
  readonly #work: Promise<void>;
  looks = 0;

  /** `urls` of the dashboards. */
  constructor(urls: readonly string[]) {
    this.#urls = urls;
    this.#work = this.#watch();
  }

  /** Incidents of a store, oldest first. */
  of(store: string): IncidentView[] {
    return Array.from(this.seen.values(), ({ latest }) => latest)
      .filter((incident) => incident.store === store)
      .sort((a, b) => a.number - b.number);
  }

  /** Resolves with what `find` finds, or undefined when patience is over. */
  async until<T>(find: () => T | undefined, timeoutMs: number): Promise<T | undefined> {
    const deadline = performance.now() + timeoutMs;
    for (;;) {
      const found = find();
      if (found !== undefined || performance.now() > deadline || this.#stopped) return found;
      await new Promise<void>((resolve) => this.#waiters.add(resolve));
    }
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#work;
  }

  async #watch(): Promise<void> {
    for (let turn = 0; !this.#stopped; turn++) {
      const url = this.#urls[turn % this.#urls.length];
      await this.#look(`${url}/api/v1/incidents?limit=1000`).catch(() => {});
      for (const wake of this.#waiters) wake();
      this.#waiters.clear();
      await pause(LOOK_MS);
    }
  }

  async #look(url: string): Promise<void> {
    const answer = await fetch(url, { signal: AbortSignal.timeout(3_000) });
    if (!answer.ok) return;
    const { incidents } = (await answer.json()) as { incidents: IncidentView[] };
    this.looks++;
    for (const incident of incidents) this.#note(incident);
  }

  #note(incident: IncidentView): void {
    const before = this.seen.get(incident.key);
    if (!before) {
      this.seen.set(incident.key, { first: incident, latest: incident, at: Date.now(), moves: [] });
      return;
    }
    const { first, latest } = before;
    const move = (what: string, was: unknown, is: unknown) =>
      before.moves.push({ what: `#${first.number} ${what}: ${was} became ${is}`, at: Date.now() });
    if (incident.number !== first.number) move('number', first.number, incident.number);
    if (incident.openedAt !== first.openedAt) move('openedAt', first.openedAt, incident.openedAt);
    if (latest.ticket !== undefined && incident.ticket !== undefined && incident.ticket !== latest.ticket) {
      move('ticket', latest.ticket, incident.ticket);
    }
    const wasOver = latest.resolvedAt !== undefined;
    // Another collector's wall may be a moment behind: only what it says of another past is a move.
    if (wasOver && incident.resolvedAt !== undefined && incident.resolvedAt !== latest.resolvedAt) {
      move('resolvedAt', latest.resolvedAt, incident.resolvedAt);
    }
    if (!wasOver || incident.resolvedAt !== undefined) before.latest = incident;
  }
}

interface Play {
  kind: Episode['kind'];
  watch: IncidentWatch;
  random: Random;
  isOver: () => boolean;
  into: Episode[];
}

/** Makes one device faulty and well again, over and over, each time until the wall has said so. */
export async function runEpisodes(device: ScriptedDevice, { kind, watch, random, isOver, into }: Play): Promise<void> {
  const store = `${device.place.chain}/${device.place.store}`;
  while (!isOver()) {
    await pause(1_000 + random.below(3_000));
    const known = watch.of(store).length;
    const episode: Episode = { store, kind, startedAt: Date.now(), opened: undefined, resolved: false };
    into.push(episode);
    if (kind === 'threshold') device.fill();
    else device.vanish();
    const opened = await watch.until(() => watch.of(store)[known], PATIENCE_MS);
    episode.opened = opened?.number;
    await pause(random.below(3_000));
    if (kind === 'threshold') device.empty();
    else device.comeBack();
    if (!opened) return;
    const over = await watch.until(
      () => watch.of(store).find(({ key, resolvedAt }) => key === opened.key && resolvedAt !== undefined),
      PATIENCE_MS,
    );
    episode.resolved = over !== undefined;
    if (!over) return;
  }
}
