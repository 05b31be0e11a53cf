import type { Packet } from 'mqtt-packet';

interface Awaited {
  what: string;
  deadline: number;
  resolve: (packet: Packet) => void;
  reject: (error: Error) => void;
}

const HIGHEST_ID = 65_535;
/** More than this unanswered and something is wrong; some ids stay free to be found. */
const MAX_AWAITED = 60_000;

/** What a broker owes us an answer to, by packet id. Time is given by the caller, as it listens only part of the time. */
export class AwaitedAnswers {
  /** Oldest first. */
  readonly #byId = new Map<number, Awaited>();
  #lastId = 0;

  /** @throws when too many answers are owed already. */
  freeId(): number {
    if (this.#byId.size >= MAX_AWAITED) throw new Error('the broker owes too many answers');
    do this.#lastId = (this.#lastId % HIGHEST_ID) + 1;
    while (this.#byId.has(this.#lastId));
    return this.#lastId;
  }

  has(id: number): boolean {
    return this.#byId.has(id);
  }

  add(id: number, what: string, deadline: number): Promise<Packet> {
    return new Promise((resolve, reject) => this.#byId.set(id, { what, deadline, resolve, reject }));
  }

  settle(id: number, packet: Packet): void {
    this.#byId.get(id)?.resolve(packet);
    this.#byId.delete(id);
  }

  /** What should have been answered by `now`: the oldest such, if there is one. */
  overdue(now: number): string | undefined {
    const oldest = this.#byId.values().next().value;
    return oldest && oldest.deadline <= now ? oldest.what : undefined;
  }

  rejectAll(problem: string): void {
    for (const { reject } of this.#byId.values()) reject(new Error(problem));
    this.#byId.clear();
  }
}
