import type { DeviceEntry, Series, Turn } from './state.ts';
import { noteDurable } from './turn.ts';
import type { Rule, StatusRule, ThresholdRule } from './types.ts';
import { clearSamples, isOver, newSamples } from './window.ts';

/*
 * What rules with a window, or with an answer to missing data, remember of a device. Where there are none, nothing is kept.
 */

/**
 * Enough for four rules on each of 48 ports. A window takes about 1 KB (768 bytes are its slots), so that a device that has
 * them all takes 200 KB, and one that no such rule judges nothing. Instances come from tags and check names, which agents
 * choose: beyond this, those whose window is over give their place to new ones, and where there are none new ones are left out.
 */
const MAX_SERIES_PER_DEVICE = 200;

/** Windows are saved with whatever else is saved of their store, and at least this often while readings come. */
const SAVES_PER_WINDOW = 5;

type Tags = Readonly<Record<string, string>>;

/** Where the next one probably is: reports tell their readings in the order they first came in. A guess, of no device in particular. */
let likely = 0;

/** A reading came for a rule that remembers. Undefined when too many are remembered already. Makes no garbage but the first time. */
export function hearReading(device: DeviceEntry, rule: ThresholdRule, tags: Tags, turn: Turn): Series | undefined {
  const series = findReading(device, rule, tags) ?? beginReading(device, rule, tags, turn);
  if (!series) return undefined;
  series.heardAt = turn.now;
  if (rule.window) keepWindows(device, rule.window.seconds, turn);
  return series;
}

/** A check told its status: rules that answer when it stays away take note. */
export function hearCheck(device: DeviceEntry, check: string, turn: Turn): void {
  if (!device.judged.answersMissing) return;
  for (const rule of device.judged.statusRulesOf(check)) {
    if (!rule.noData) continue;
    const known = findCheck(device, rule, check);
    if (known) known.heardAt = turn.now;
    else begin(device, { rule, instance: check, tags: {}, heardAt: turn.now, samples: undefined }, turn);
  }
}

/** The device is heard again: what it used to tell is due from now on, and after an absence windows begin anew. */
export function expectAnew({ series }: DeviceEntry, wasAway: boolean, now: number): void {
  for (const one of series ?? []) {
    one.heardAt = now;
    if (wasAway && one.samples) clearSamples(one.samples);
  }
}

export function forgetSeries(device: DeviceEntry, gone: Series): void {
  const left = device.series?.filter((one) => one !== gone);
  device.series = left?.length ? left : undefined;
}

/** Forgets what rules remember that judge the device no more. */
export function endSeries(device: DeviceEntry, isJudged: (rule: Rule) => boolean): void {
  const left = device.series?.filter(({ rule }) => isJudged(rule));
  device.series = left?.length ? left : undefined;
}

/** The tags that tell an alert from its siblings, by name. */
export function apartTags(rule: ThresholdRule, tags: Tags): [string, string][] {
  return Object.entries(tags)
    .filter(([tag]) => isApart(rule, tag))
    .sort(([a], [b]) => (a < b ? -1 : 1));
}

export const instanceOf = (apart: readonly [string, string][]): string =>
  apart.map(([tag, is]) => `${tag}=${is}`).join(',');

export const readingOf = ({ measurement, field }: ThresholdRule, apart: readonly [string, string][]): string =>
  [measurement, field, ...apart.map(([, is]) => is)].join(' ');

const isApart = (rule: ThresholdRule, tag: string): boolean =>
  rule.by ? rule.by.includes(tag) : !Object.hasOwn(rule.tags, tag);

function findReading({ series }: DeviceEntry, rule: ThresholdRule, tags: Tags): Series | undefined {
  if (series === undefined) return undefined;
  for (let tried = 0; tried < series.length; tried++) {
    const at = (likely + tried) % series.length;
    const one = series[at] as Series;
    if (one.rule !== rule || !isSame(rule, one.tags, tags)) continue;
    likely = at + 1;
    return one;
  }
  return undefined;
}

function findCheck({ series }: DeviceEntry, rule: StatusRule, check: string): Series | undefined {
  if (series === undefined) return undefined;
  for (const one of series) if (one.rule === rule && one.instance === check) return one;
  return undefined;
}

function isSame(rule: ThresholdRule, known: Tags, tags: Tags): boolean {
  for (const tag in known) if (known[tag] !== tags[tag]) return false;
  for (const tag in tags) if (known[tag] === undefined && isApart(rule, tag)) return false;
  return true;
}

function beginReading(device: DeviceEntry, rule: ThresholdRule, tags: Tags, turn: Turn): Series | undefined {
  const apart = apartTags(rule, tags);
  const samples = rule.window && newSamples();
  return begin(
    device,
    { rule, instance: instanceOf(apart), tags: Object.fromEntries(apart), heardAt: turn.now, samples },
    turn,
  );
}

function begin(device: DeviceEntry, series: Series, turn: Turn): Series | undefined {
  device.series ??= [];
  if (device.series.length >= MAX_SERIES_PER_DEVICE) {
    const forgotten = device.series.findIndex((one) => isForgettable(one, turn.now));
    if (forgotten < 0) return undefined;
    device.series.splice(forgotten, 1);
  }
  device.series.push(series);
  noteDurable(turn, device.store);
  return series;
}

/** Whoever has nothing to judge by any more, and no answer to give for its absence. */
const isForgettable = ({ rule, samples }: Series, now: number): boolean =>
  rule.type === 'threshold' && rule.window !== undefined && !rule.noData && isOver(samples, rule.window, now);

function keepWindows({ store }: DeviceEntry, seconds: number, turn: Turn): void {
  if (turn.now - store.windowsSavedAt < (seconds * 1000) / SAVES_PER_WINDOW) return;
  store.windowsSavedAt = turn.now;
  turn.saves.add(store.key);
}
