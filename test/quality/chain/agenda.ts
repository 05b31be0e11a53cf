/** What is to happen, by time; at one time, in the order it was noted. */
export class Agenda {
  readonly #heap: { at: number; order: number; act: () => void }[] = [];
  #order = 0;

  nextAt(): number {
    return this.#heap[0]?.at ?? Number.POSITIVE_INFINITY;
  }

  add(at: number, act: () => void): void {
    const heap = this.#heap;
    const entry = { at, order: this.#order++, act };
    let place = heap.length;
    heap.push(entry);
    while (place > 0) {
      const above = (place - 1) >> 1;
      if (!isBefore(entry, heap[above])) break;
      heap[place] = heap[above] as typeof entry;
      place = above;
    }
    heap[place] = entry;
  }

  /** Does what is next. */
  run(): void {
    const heap = this.#heap;
    const [first] = heap;
    const last = heap.pop();
    if (!first || !last) return;
    if (heap.length > 0) {
      let place = 0;
      for (;;) {
        let below = 2 * place + 1;
        if (below >= heap.length) break;
        if (below + 1 < heap.length && isBefore(heap[below + 1], heap[below])) below++;
        if (!isBefore(heap[below], last)) break;
        heap[place] = heap[below] as typeof last;
        place = below;
      }
      heap[place] = last;
    }
    first.act();
  }
}

type Entry = { at: number; order: number } | undefined;
const isBefore = (one: Entry, two: Entry): boolean =>
  one !== undefined && two !== undefined && (one.at < two.at || (one.at === two.at && one.order < two.order));
