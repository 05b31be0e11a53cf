import type { Point } from '../../protocol/messages.ts';
import { type Ask, type Asked, asks, isBeyond } from './asked.ts';
import type { DevicePast, PastRollups, PastSeries } from './ports.ts';

/** A point some rule may want to judge. */
export interface Fed {
  at: number;
  point: Point;
}

/** Where a quantity stands between two stretches of its past. */
interface Tail {
  /** So many more readings, and all until then, may matter after one that was beyond. */
  left: number;
  until: number;
  /** When one was chosen for the time alone. */
  timedAt: number;
  lastAt: number;
}

/** The points of one measurement and set of tags, as they came together. */
interface Source {
  measurement: string;
  tags: Readonly<Record<string, string>>;
  times: Float64Array;
  fields: { field: string; ask: Ask; tail: Tail; values: Float64Array }[];
}

/** A ring of flapping holds 20 results; some more, so that it is sure to have come to rest. */
const RESULTS = 25;
/** A gap of more than so many of its usual steps: the device may have been away, and counts begin anew. */
const GAP_STEPS = 3;

/**
 * Chooses from a device's readings those that rules may judge otherwise than as well, and enough of what follows for
 * their alerts to clear. What is left out says nothing but that the device is well, which no rule keeps.
 */
export class ReadingChooser {
  readonly #asked: Asked;
  readonly #tails = new Map<string, Tail>();

  constructor(asked: Asked) {
    this.#asked = asked;
  }

  /** Of stretches that follow one another. Ascending in time. */
  choose({ series, rollups }: DevicePast): Fed[] {
    const fed: Fed[] = [];
    for (const source of this.#sources(series)) chooseFrom(source, fed);
    for (const rolled of rollups) this.#chooseRolled(rolled, fed);
    return fed.sort((a, b) => a.at - b.at);
  }

  #sources(series: readonly PastSeries[]): Source[] {
    const groups = new Map<string, Source[]>();
    for (const one of series) {
      const ask = asks(this.#asked, one);
      if (!ask) continue;
      const { measurement, tags, field, times, values } = one;
      const key = keyOf(measurement, tags);
      const group = groups.get(key) ?? [];
      groups.set(key, group);
      let source = group.find((known) => isSame(known.times, times));
      if (!source) {
        source = { measurement, tags, times, fields: [] };
        group.push(source);
      }
      source.fields.push({ field, ask, tail: this.#tailOf(`${key} ${field}`), values });
    }
    return [...groups.values()].flat();
  }

  #chooseRolled(rolled: PastRollups, fed: Fed[]): void {
    const ask = asks(this.#asked, rolled);
    if (!ask) return;
    const { measurement, tags, field, times, min, max, last, widthMs } = rolled;
    const tail = this.#tailOf(`${keyOf(measurement, tags)} ${field}`);
    for (let i = 0; i < times.length; i++) {
      const at = times[i] as number;
      const worst = worstOf(ask, min[i] as number, max[i] as number, last[i] as number);
      if (!matters(ask, tail, at, worst) && !ask.all) continue;
      fed.push({ at, point: { m: measurement, t: { ...tags }, f: { [field]: worst } } });
      fed.push({
        at: at + widthMs - 1000,
        point: { m: measurement, t: { ...tags }, f: { [field]: last[i] as number } },
      });
    }
  }

  #tailOf(key: string): Tail {
    let tail = this.#tails.get(key);
    if (!tail) {
      tail = { left: 0, until: 0, timedAt: 0, lastAt: 0 };
      this.#tails.set(key, tail);
    }
    return tail;
  }
}

function chooseFrom({ measurement, tags, times, fields }: Source, fed: Fed[]): void {
  const stepMs =
    times.length > 1 ? ((times[times.length - 1] as number) - (times[0] as number)) / (times.length - 1) : 0;
  for (let i = 0; i < times.length; i++) {
    const at = times[i] as number;
    let isChosen = false;
    for (const { ask, tail, values } of fields) {
      if (tail.left > 0 && at - tail.lastAt > GAP_STEPS * stepMs) restart(ask, tail, at);
      if (matters(ask, tail, at, values[i] as number)) isChosen = true;
      tail.lastAt = at;
    }
    if (!isChosen) continue;
    const f: Record<string, number> = {};
    for (const { field, values } of fields) f[field] = values[i] as number;
    fed.push({ at, point: { m: measurement, t: tags as Record<string, string>, f } });
  }
}

/** Whether a reading may matter, and moves the tail on by it. */
function matters(ask: Ask, tail: Tail, at: number, value: number): boolean {
  if (isBeyond(ask, value)) {
    restart(ask, tail, at);
    return true;
  }
  if (ask.all) return true;
  if (at - tail.timedAt >= ask.everyMs) {
    tail.timedAt = at;
    return true;
  }
  if (tail.left <= 0 && at > tail.until) return false;
  tail.left--;
  return true;
}

function restart({ tailMs }: Ask, tail: Tail, at: number): void {
  tail.left = RESULTS;
  tail.until = at + 2 * tailMs;
}

/** Of what a bucket held, what a rule would call the worst. */
function worstOf(ask: Ask, min: number, max: number, last: number): number {
  if (isBeyond(ask, max)) return max;
  return isBeyond(ask, min) ? min : last;
}

const keyOf = (measurement: string, tags: Readonly<Record<string, string>>): string =>
  `${measurement} ${JSON.stringify(tags)}`;

function isSame(a: Float64Array, b: Float64Array): boolean {
  if (a === b) return true;
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}
