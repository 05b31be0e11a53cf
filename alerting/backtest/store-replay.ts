import { type DeviceKey, deviceKey } from '../../protocol/names.ts';
import type { CheckStatus } from '../../protocol/status.ts';
import { DueHeap, type Waiting } from '../engine/due.ts';
import { DEFAULT_INTERVAL_S } from '../engine/state.ts';
import type { EngineEvent, RulePack } from '../engine/types.ts';
import type { EvidenceSpan, JudgedEvidence } from '../ports.ts';
import { type Asked, asks, type Inquiry } from './asked.ts';
import { type Fed, ReadingChooser } from './choose-readings.ts';
import { EngineRun } from './engine-run.ts';
import type { DevicePast, SeriesName, StorePast } from './ports.ts';
import type { StoreTally } from './tally.ts';
import { ToldChecks } from './told-checks.ts';

type Report = Extract<EngineEvent, { kind: 'report' }>;

/** One device on its way through the past. */
interface Way extends Waiting {
  readonly key: DeviceKey;
  readonly asked: Asked;
  readonly chooser: ReadingChooser;
  readonly checks: ToldChecks;
  readonly late: readonly EvidenceSpan[];
  /** Filled anew for each report: what is judged is not kept. */
  readonly report: { -readonly [Key in keyof Report]: Report[Key] };
  /** Between two reports, as its agent or its watcher says; until then it is guessed. */
  intervalS: number | undefined;
  /** It is guessed, and judgement not told of it yet. */
  isGuessed: boolean;
  /** Width of the buckets its stretch is told in; 0 where it is told as it came. */
  bucketMs: number;
  /** Within a bucket nobody knows when: one that was lost in it is not back before the next. */
  awayUntil: number;
  heard: Float64Array;
  next: number;
  fed: Fed[];
  nextFed: number;
}

const NO_POINTS: Report['points'] = [];
const NO_STATUSES: Report['statuses'] = [];

/** Milliseconds of dense past before `from` in which everyone is heard once. */
export const LEAD_MS = 3_600_000;

/** Judges the past of one store again, by several sets of rules at once: stretches of it in order. */
export class StoreReplay {
  readonly #store: StorePast;
  readonly #packs: readonly RulePack[];
  readonly #from: number;
  readonly #ways: Map<DeviceKey, Way>;
  readonly #heap = new DueHeap<Way>();
  readonly #evidence: readonly JudgedEvidence[];
  #nextEvidence = 0;
  readonly #runs: readonly EngineRun[];
  /** Those of forecasts alone, as long as they look at what was before. */
  #before: EngineRun[] | undefined;
  /** Nobody watched from then until the next start. */
  #deafFrom = Number.POSITIVE_INFINITY;
  #deafUntil = Number.POSITIVE_INFINITY;

  /** What happens before `from` is judged and not counted. */
  constructor(store: StorePast, packs: readonly RulePack[], inquiry: Inquiry, from: number) {
    this.#store = store;
    this.#packs = packs;
    this.#from = from;
    const { key, definition, observed, late, evidence } = store;
    const told = new Map(observed);
    this.#ways = new Map(
      definition.devices.map((device) => {
        const one = deviceKey(key.slice(0, key.indexOf('/')), definition.name, device.name);
        const { asked, clearMs } = inquiry.of(definition, device, one, told.get(one));
        const way: Way = {
          key: one,
          asked,
          chooser: new ReadingChooser(asked),
          checks: new ToldChecks(clearMs),
          late: late.filter((span) => span.device === one),
          report: { kind: 'report', device: one, at: 0, late: false, points: NO_POINTS, statuses: NO_STATUSES },
          intervalS: undefined,
          isGuessed: false,
          bucketMs: 0,
          awayUntil: 0,
          heard: new Float64Array(),
          next: 0,
          fed: [],
          nextFed: 0,
          dueAt: Number.POSITIVE_INFINITY,
          heapIndex: -1,
        };
        return [one, way];
      }),
    );
    this.#evidence = evidence.filter((one) => one.kind === 'started' || this.#ways.has(one.device));
    this.#runs = packs.map((pack) => new EngineRun(pack, store, from - LEAD_MS, from));
    this.#lookAhead();
  }

  get devices(): Iterable<DeviceKey> {
    return this.#ways.keys();
  }

  /** Whether any rule asks for these readings of a device. */
  wants(device: DeviceKey, name: SeriesName): boolean {
    const asked = this.#ways.get(device)?.asked;
    return asked !== undefined && asks(asked, name) !== undefined;
  }

  /** The same, of forecasts alone. */
  foresees(device: DeviceKey, { measurement, field }: SeriesName): boolean {
    const ask = this.#ways.get(device)?.asked.get(measurement);
    if (!ask) return false;
    const isTimed = [...ask.values()].some(({ everyMs }) => Number.isFinite(everyMs));
    return isTimed && ask.has(field);
  }

  /**
   * Gives forecasts a past to look back on: the readings from before the replay begins, and nothing else of that time.
   * For stretches in order, before the first that is judged.
   */
  foresee(pasts: ReadonlyMap<DeviceKey, DevicePast>): void {
    const readings = [...pasts].flatMap(([device, past]) => {
      const way = this.#ways.get(device);
      return way ? way.chooser.choose(past).map((fed) => ({ device, ...fed })) : [];
    });
    readings.sort((a, b) => a.at - b.at);
    const [first] = readings;
    if (!first) return;
    this.#before ??= this.#packs.map((pack) => {
      const rules = pack.rules.filter(({ type }) => type === 'forecast');
      return new EngineRun({ ...pack, rules }, this.#store, first.at, Number.POSITIVE_INFINITY);
    });
    for (const { device, at, point } of readings) {
      const report: Report = { kind: 'report', device, at, late: false, points: [point], statuses: NO_STATUSES };
      for (const run of this.#before) run.step(report, at);
    }
  }

  /** Judges the stretch until `to`, which the devices' pasts are of. */
  take(pasts: ReadonlyMap<DeviceKey, DevicePast>, to: number): void {
    this.#begin();
    for (const way of this.#ways.values()) this.#lay(way, pasts.get(way.key));
    for (;;) {
      const evidence = this.#evidence[this.#nextEvidence];
      const toldAt = evidence && Math.max(evidence.at, this.#from - LEAD_MS);
      const heardAt = this.#heap.nextAt();
      if (toldAt !== undefined && toldAt < to && (heardAt === undefined || toldAt <= heardAt)) {
        this.#nextEvidence++;
        this.#tell(evidence as JudgedEvidence, toldAt);
      } else if (heardAt !== undefined && heardAt < to) for (const way of this.#heap.takeDue(heardAt)) this.#hear(way);
      else break;
    }
    this.#pass(to);
  }

  end(): StoreTally[] {
    return this.#runs.map((run) => run.end());
  }

  /** Goes on from what forecasts have seen before. */
  #begin(): void {
    const before = this.#before;
    this.#before = undefined;
    before?.forEach((run, i) => {
      this.#runs[i]?.begin(run.save(this.#store), this.#store, this.#from - LEAD_MS);
    });
  }

  #lay(way: Way, past: DevicePast | undefined): void {
    if (!past) return;
    way.heard = withoutLate(heardIn(past, way.intervalS ?? DEFAULT_INTERVAL_S), way.late);
    way.next = 0;
    way.fed = way.chooser.choose(past).filter(({ at }) => !isLate(at, way.late));
    way.nextFed = 0;
    this.#heap.set(way, way.heard[0] ?? Number.POSITIVE_INFINITY);
    way.bucketMs = Math.max(0, ...past.rollups.map(({ widthMs }) => widthMs));
    if (way.intervalS !== undefined) return;
    way.intervalS = usualStepS(way.heard);
    way.isGuessed = way.intervalS !== undefined && way.intervalS !== DEFAULT_INTERVAL_S;
  }

  #tell(evidence: JudgedEvidence, at: number): void {
    if (evidence.kind === 'started') {
      if (evidence.at >= this.#from - LEAD_MS) {
        this.#pass(at);
        this.#lookAhead();
        for (const { key, checks } of this.#ways.values()) {
          checks.restart(at, (check, before) => this.#isToldAgain(key, check, before));
        }
        this.#stepAll({ kind: 'started' }, at);
      } else this.#lookAhead();
      return;
    }
    const way = this.#ways.get(evidence.device) as Way;
    this.#pass(at);
    if (evidence.kind === 'presence') {
      const { device, evidence: what, seen, intervalS } = evidence;
      way.intervalS = intervalS ?? way.intervalS;
      const isThere = what === 'birth' || what === 'online';
      way.awayUntil = isThere || way.bucketMs === 0 ? 0 : Math.floor(at / way.bucketMs + 1) * way.bucketMs;
      this.#stepAll(
        {
          kind: 'presence',
          device,
          at,
          evidence: what,
          ...(seen && { seen }),
          ...(intervalS !== undefined && { intervalS }),
        },
        at,
      );
      return;
    }
    way.checks.take(evidence.told, evidence.everyS, at);
    if (evidence.at >= this.#from - LEAD_MS) this.#report(way, at, NO_POINTS, [evidence.told]);
  }

  #isToldAgain(device: DeviceKey, check: string, before: number): boolean {
    for (let i = this.#nextEvidence; i < this.#evidence.length; i++) {
      const one = this.#evidence[i] as JudgedEvidence;
      if (one.at >= before) return false;
      if (one.kind === 'status' && one.device === device && one.told.check === check) return true;
    }
    return false;
  }

  #hear(way: Way): void {
    const at = way.heard[way.next++] as number;
    let points: Report['points'][number][] | undefined;
    // What stood between two instants it was heard at, roll-ups' say, comes with the next.
    for (let fed = way.fed[way.nextFed]; fed && fed.at <= at; fed = way.fed[++way.nextFed]) {
      if (fed.at <= at - STALE_MS) continue;
      points ??= [];
      points.push(fed.point);
    }
    this.#heap.set(way, way.heard[way.next] ?? Number.POSITIVE_INFINITY);
    if (at < way.awayUntil || (at >= this.#deafFrom && at < this.#deafUntil)) return;
    this.#pass(at);
    if (way.isGuessed && way.intervalS !== undefined) {
      // Its agent said so at a birth that nobody wrote down.
      way.isGuessed = false;
      const { key: device, intervalS } = way;
      this.#stepAll({ kind: 'presence', device, at, evidence: 'online', intervalS }, at);
    }
    this.#report(way, at, points ?? NO_POINTS, way.checks.due(at) ?? NO_STATUSES);
  }

  #report({ report }: Way, at: number, points: Report['points'], statuses: readonly CheckStatus[]): void {
    report.at = at;
    report.points = points;
    report.statuses = statuses;
    this.#stepAll(report, at);
  }

  #stepAll(event: EngineEvent, at: number): void {
    for (const run of this.#runs) run.step(event, at);
  }

  #pass(until: number): void {
    const end = Math.min(until, this.#deafFrom);
    for (const run of this.#runs) run.pass(end);
  }

  /** Finds the next time nobody watched. */
  #lookAhead(): void {
    const next = this.#evidence.find(
      (one, i) => i >= this.#nextEvidence && one.kind === 'started' && one.at >= this.#from - LEAD_MS,
    );
    const isStart = next?.kind === 'started';
    this.#deafFrom = isStart ? next.unwatchedFrom : Number.POSITIVE_INFINITY;
    this.#deafUntil = isStart ? next.at : Number.POSITIVE_INFINITY;
  }
}

/** Points of a time in which the device was not heard live tell nothing of now. */
const STALE_MS = 3_600_000;

/** Instants at which a report was judged: those there are readings of, and in roll-ups as many as there must have been. */
function heardIn({ heard, rollups }: DevicePast, intervalS: number): Float64Array {
  if (rollups.length === 0) return heard;
  const instants = new Set(heard);
  for (const { times, widthMs } of rollups) {
    for (const start of times) for (let at = start; at < start + widthMs; at += intervalS * 1000) instants.add(at);
  }
  return Float64Array.from(instants).sort();
}

function withoutLate(heard: Float64Array, late: readonly EvidenceSpan[]): Float64Array {
  if (late.length === 0) return heard;
  return heard.filter((at) => !isLate(at, late));
}

const isLate = (at: number, late: readonly EvidenceSpan[]): boolean =>
  late.some(({ from, to }) => at > from && at <= to);

/** The step most reports of a stretch kept; undefined of too few. */
function usualStepS(heard: Float64Array): number | undefined {
  if (heard.length < 5) return undefined;
  const steps = new Float64Array(heard.length - 1);
  for (let i = 1; i < heard.length; i++) steps[i - 1] = (heard[i] as number) - (heard[i - 1] as number);
  const usual = Math.round((steps.sort()[steps.length >> 1] as number) / 1000);
  return Math.abs(usual - DEFAULT_INTERVAL_S) <= DEFAULT_INTERVAL_S / 5 ? DEFAULT_INTERVAL_S : Math.max(1, usual);
}
