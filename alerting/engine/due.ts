/** Something that waits for a time. The heap keeps both fields. */
export interface Waiting {
  /** Milliseconds since 1970; Infinity when nothing is due. */
  dueAt: number;
  /** Where it stands in the heap; -1 outside. */
  heapIndex: number;
}

/** What waits, earliest first. One place per item: moving an item costs no garbage and leaves nothing stale behind. */
export class DueHeap<T extends Waiting> {
  readonly #items: T[] = [];

  /** The earliest due time, or undefined when nothing waits. */
  nextAt(): number | undefined {
    return this.#items[0]?.dueAt;
  }

  /** Puts the item in its place for `dueAt`; Infinity takes it out. */
  set(item: T, dueAt: number): void {
    if (dueAt === Number.POSITIVE_INFINITY) {
      this.remove(item);
      return;
    }
    item.dueAt = dueAt;
    if (item.heapIndex < 0) {
      item.heapIndex = this.#items.length;
      this.#items.push(item);
    }
    this.#rise(item);
    this.#sink(item);
  }

  remove(item: T): void {
    const index = item.heapIndex;
    item.dueAt = Number.POSITIVE_INFINITY;
    if (index < 0) return;
    item.heapIndex = -1;
    const last = this.#items.pop() as T;
    if (last === item) return;
    this.#put(last, index);
    this.#rise(last);
    this.#sink(last);
  }

  /** Takes out everything due by `now`, earliest first. */
  takeDue(now: number): T[] {
    const due: T[] = [];
    for (let first = this.#items[0]; first !== undefined && first.dueAt <= now; first = this.#items[0]) {
      this.remove(first);
      due.push(first);
    }
    return due;
  }

  #put(item: T, index: number): void {
    this.#items[index] = item;
    item.heapIndex = index;
  }

  #rise(item: T): void {
    while (item.heapIndex > 0) {
      const parent = this.#items[(item.heapIndex - 1) >> 1] as T;
      if (parent.dueAt <= item.dueAt) return;
      const index = parent.heapIndex;
      this.#put(parent, item.heapIndex);
      this.#put(item, index);
    }
  }

  #sink(item: T): void {
    for (;;) {
      const left = this.#items[2 * item.heapIndex + 1];
      const right = this.#items[2 * item.heapIndex + 2];
      const child = right !== undefined && left !== undefined && right.dueAt < left.dueAt ? right : left;
      if (child === undefined || child.dueAt >= item.dueAt) return;
      const index = child.heapIndex;
      this.#put(child, item.heapIndex);
      this.#put(item, index);
    }
  }
}
