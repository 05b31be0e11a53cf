import type { Static } from 'typebox';
import { Compile } from 'typebox/compile';
import { LineCounter, parseDocument } from 'yaml';
import { DEVICE_KINDS } from '../../protocol/inventory.ts';
import { MEASUREMENTS } from '../../protocol/measurements.ts';
import type { Rule, RulePack, Scope } from '../engine/types.ts';
import { baselineOf, faultsOfBaseline, type WrittenBaseline } from './baseline-part.ts';
import { compositeOf, faultsOfComposite, faultsOfReference, type WrittenComposite } from './composite-part.ts';
import { faultsOfCorrelation, toCorrelation } from './correlation-part.ts';
import type { JudgementFile } from './judgement-schema.ts';
import { faultsOfNoData, noDataOf, type WrittenNoData } from './no-data-part.ts';
import { faultsOfOpening, openingOf, type WrittenOpening } from './opening-part.ts';
import { faultsOfInheritance, type RuleReader, toInheritance } from './override-part.ts';
import { faultsOfJudgement, toJudgement } from './parse-judgement.ts';
import { faultsOfRouting, toRouting, type WrittenRouting } from './routing-part.ts';
import { MOST_RULES, PackFrame, RULE_SCHEMAS, toSeconds } from './rule-pack-schema.ts';
import { salesOf } from './sales-part.ts';
import { type RuleFault, toFaults } from './schema-faults.ts';
import { faultsOfWindow, unitOver, windowOf } from './window-part.ts';

/** Says where a rule pack is wrong: one line per fault. */
export class RulePackError extends Error {
  readonly faults: readonly RuleFault[];
  constructor(source: string, faults: readonly RuleFault[], options?: ErrorOptions) {
    super(faults.map(({ path, message }) => `${source}: ${path ? `${path} ` : ''}${message}`).join('\n'), options);
    this.name = 'RulePackError';
    this.faults = faults;
  }
}

type WrittenRule = {
  [Type in keyof typeof RULE_SCHEMAS]: Static<(typeof RULE_SCHEMAS)[Type]>;
}[keyof typeof RULE_SCHEMAS];

const frame = Compile(PackFrame);
const byType = {
  threshold: Compile(RULE_SCHEMAS.threshold),
  status: Compile(RULE_SCHEMAS.status),
  silence: Compile(RULE_SCHEMAS.silence),
  composite: Compile(RULE_SCHEMAS.composite),
  forecast: Compile(RULE_SCHEMAS.forecast),
  sales: Compile(RULE_SCHEMAS.sales),
  opening: Compile(RULE_SCHEMAS.opening),
  baseline: Compile(RULE_SCHEMAS.baseline),
};
/** How far back a forecast looks when its rule does not say. */
const FORECAST_OVER = '28 d';
/** So many faults are told at most: who has more mends these first. */
const MOST_FAULTS = 100;

/** A rule pack as its text says it, found to be good: plain data, which one thread may hand to another. */
export type WrittenPack = Static<typeof PackFrame>;

/**
 * Reads a rule pack written in YAML. `source` names it in errors.
 * @throws {RulePackError} with the faults, a hundred at most: where, and what was expected.
 */
export const parseRulePack = (text: string, source: string): RulePack => toRulePack(checkRulePack(text, source));

/**
 * The greater part of reading a rule pack: takes seconds for a megabyte. The rest is `toRulePack`.
 * @throws {RulePackError} as `parseRulePack` does.
 */
export function checkRulePack(text: string, source: string): WrittenPack {
  const written = parseYaml(text, source);
  const faults = toFaults(frame.Errors(written), '');
  const judgement = (written as { judgement?: JudgementFile } | null)?.judgement;
  if (judgement !== undefined) faults.push(...faultsOfJudgement(judgement));
  const correlate = (written as { correlate?: unknown } | null)?.correlate;
  if (correlate !== undefined) faults.push(...faultsOfCorrelation(correlate));
  const { groups } = (written ?? {}) as { groups?: object };
  faults.push(...faultsOfRouting((written ?? {}) as { models?: unknown; routes?: unknown }, Object.keys(groups ?? {})));
  const rules: unknown[] = (written as { rules?: unknown[] } | null)?.rules ?? [];
  if (Array.isArray(rules)) addFaultsOfRules(rules, faults);
  if (faults.length === 0) faults.push(...faultsBetween(rules as WrittenRule[]));
  const pack = written as WrittenPack;
  if (faults.length === 0) faults.push(...faultsOfInheritance(pack, rules as WrittenRule[], reader));
  if (faults.length > 0) throw new RulePackError(source, faults.slice(0, MOST_FAULTS));
  return pack;
}

/** Unless the pack says another time. */
const REOPEN_S = 900;
/** For so long an incident that is over is known by heart. */
const REOPEN_AT_MOST_S = 3_600;

/** The pack that was written. */
export function toRulePack(pack: WrittenPack): RulePack {
  const rules = pack.rules as WrittenRule[];
  const { judgement, correlate } = pack as { judgement?: JudgementFile; correlate?: unknown };
  return {
    rules: rules.map(toRule),
    settleS: toSeconds(pack.settle),
    quietS: toSeconds(pack.quiet),
    reopenS: pack.reopen === undefined ? REOPEN_S : Math.min(toSeconds(pack.reopen), REOPEN_AT_MOST_S),
    graceS: toSeconds(pack.grace),
    ...(judgement !== undefined && { judgement: toJudgement(judgement) }),
    ...(correlate !== undefined && { correlation: toCorrelation(correlate) }),
    ...((pack.models !== undefined || pack.routes !== undefined) && { routing: toRouting(pack as WrittenRouting) }),
    inheritance: toInheritance(pack, rules, reader),
  };
}

const reader: RuleReader<WrittenRule> = { faultsOf: faultsOfRule, toRule };

function parseYaml(text: string, source: string): unknown {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  if (document.errors.length === 0) {
    try {
      return document.toJS({ maxAliasCount: 100 });
    } catch (cause) {
      // An alias of nothing, or so many that they would fill the memory.
      throw new RulePackError(source, [{ path: '', message: (cause as Error).message }], { cause });
    }
  }
  const faults = document.errors.slice(0, MOST_FAULTS).map(({ pos, message }) => {
    const { line, col } = lines.linePos(pos[0]);
    return { path: `line ${line}, column ${col}:`, message };
  });
  throw new RulePackError(source, faults);
}

/** Rules without number are not read: whoever waits for an answer waits for all of them. */
function addFaultsOfRules(rules: readonly unknown[], faults: RuleFault[]): void {
  if (rules.length > MOST_RULES) return;
  for (const [index, rule] of rules.entries()) {
    if (faults.length >= MOST_FAULTS) return;
    faults.push(...faultsOfRule(rule, `/rules/${index}`));
  }
}

function faultsOfRule(rule: unknown, path: string): RuleFault[] {
  const type = (rule as { type?: unknown } | null)?.type;
  const types = Object.keys(byType);
  if (typeof type !== 'string' || !types.includes(type)) {
    return [{ path: `${path}/type`, message: `must be one of ${types.join(', ')}` }];
  }
  const faults = toFaults(byType[type as keyof typeof byType].Errors(rule), path);
  if (faults.length > 0 || type === 'silence' || type === 'sales') return faults;
  if (type === 'opening') return faultsOfOpening(rule as WrittenOpening, path);
  if (type === 'baseline') {
    const { measurement, field, unit } = rule as WrittenBaseline;
    return [...faultsOfBaseline(rule as WrittenBaseline, path), ...faultsOfUnit(measurement, field, unit, path)];
  }
  if (type === 'composite') return faultsOfComposite(rule as WrittenComposite, path);
  if (type === 'forecast') return faultsOfForecast(rule as Static<typeof RULE_SCHEMAS.forecast>, path);
  faults.push(...faultsOfNoData(rule as WrittenNoData, path));
  if (type !== 'threshold') return faults;
  faults.push(...faultsOfWindow(rule as Static<typeof RULE_SCHEMAS.threshold>, path));
  const { direction, raise, clear, measurement, field, unit } = rule as Static<typeof RULE_SCHEMAS.threshold>;
  if (direction === 'above' ? clear >= raise : clear <= raise) {
    const side = direction === 'above' ? 'below' : 'above';
    faults.push({ path: `${path}/clear`, message: `must be ${side} raise (${raise}), its safe side; it is ${clear}` });
  }
  return [...faults, ...faultsOfUnit(measurement, field, unit, path)];
}

function faultsOfForecast(rule: Static<typeof RULE_SCHEMAS.forecast>, path: string): RuleFault[] {
  const { measurement, field, unit, within, clearBeyond, over = FORECAST_OVER } = rule;
  const faults: RuleFault[] = [];
  if (toSeconds(clearBeyond) <= toSeconds(within)) {
    faults.push({ path: `${path}/clearBeyond`, message: `must be more than within (${within}); it is ${clearBeyond}` });
  }
  if (toSeconds(over) < toSeconds(clearBeyond)) {
    faults.push({ path: `${path}/over`, message: `must be clearBeyond (${clearBeyond}) or more; it is ${over}` });
  }
  return [...faults, ...faultsOfUnit(measurement, field, unit, path)];
}

function faultsOfUnit(measurement: string, field: string, unit: string | undefined, path: string): RuleFault[] {
  if ((unit ?? unitOf(measurement, field)) !== undefined) return [];
  const message = `must be given: ${measurement} ${field} is not a reading Vigie knows`;
  return [{ path: `${path}/unit`, message }];
}

/**
 * A rule's name is its own, and a device has one rule of silence at most: the first that takes it. One that asks for
 * attributes may stand before one for all the others.
 */
function faultsBetween(rules: readonly WrittenRule[]): RuleFault[] {
  const faults: RuleFault[] = [];
  rules.forEach((rule, index) => {
    const earlier = rules.slice(0, index);
    const twin = earlier.findIndex(({ id }) => id === rule.id);
    if (twin >= 0)
      faults.push({ path: `/rules/${index}/id`, message: `must be its own; /rules/${twin} is ${rule.id} too` });
    if (rule.type === 'composite') faults.push(...faultsOfReference(rule, rules, `/rules/${index}`));
    if (rule.type !== 'silence') return;
    for (const kind of rule.kinds ?? DEVICE_KINDS) {
      const other = earlier.find(
        (one) => one.type === 'silence' && !one.attributes && (one.kinds ?? DEVICE_KINDS).includes(kind),
      );
      const message = `must leave out ${kind}: ${other?.id} judges its silence already`;
      if (other) faults.push({ path: `/rules/${index}/kinds`, message });
    }
  });
  return faults;
}

function toRule(written: WrittenRule): Rule {
  const { kinds, attributes, id, title } = written;
  if (written.type === 'opening') return { id, title, scope: scopeOf(kinds, attributes), ...openingOf(written) };
  const { severity, urgency } = written;
  const named = { id, title, scope: scopeOf(kinds, attributes), severity, urgency };
  if (written.type === 'sales') return { ...named, ...salesOf(written) };
  const { for: lasting, clearFor, hours } = written;
  const base = {
    ...named,
    hours,
    forS: toSeconds(lasting),
    clearForS: toSeconds(clearFor),
  };
  if (written.type === 'status') {
    const { check, except, raise } = written;
    return {
      ...base,
      type: 'status',
      check: [check].flat(),
      ...(except && { except: [except].flat() }),
      raise,
      ...noDataOf(written),
    };
  }
  if (written.type === 'silence') {
    return { ...base, type: 'silence', intervals: written.intervals, stoppedForS: toSeconds(written.stoppedFor) };
  }
  if (written.type === 'composite') return { ...base, ...compositeOf(written) };
  if (written.type === 'baseline') {
    const unit = written.unit ?? unitOf(written.measurement, written.field) ?? '';
    return { ...base, ...baselineOf(written), unit: unitOver(written.aggregate, unit) };
  }
  if (written.type === 'forecast') {
    const { type, measurement, field, tags = {}, by, when = {}, direction, limit, unit } = written;
    return {
      ...base,
      ...{ type, measurement, field, tags, by, when, direction, limit },
      withinS: toSeconds(written.within),
      clearBeyondS: toSeconds(written.clearBeyond),
      overS: toSeconds(written.over ?? FORECAST_OVER),
      unit: unit ?? unitOf(measurement, field) ?? '',
    };
  }
  const { measurement, field, tags, by, direction, raise, clear, unit } = written;
  return {
    ...base,
    type: 'threshold',
    measurement,
    field,
    tags: tags ?? {},
    ...(by === undefined ? {} : { by }),
    direction,
    raise,
    clear,
    unit: unitOver(written.aggregate, unit ?? unitOf(measurement, field) ?? ''),
    ...windowOf(written),
    ...noDataOf(written),
  };
}

function scopeOf(kinds: WrittenRule['kinds'], attributes: WrittenRule['attributes']): Scope {
  const lists = Object.entries(attributes ?? {}).map(([name, texts]) => [name, [texts].flat()] as const);
  return {
    ...(kinds === undefined ? {} : { kinds }),
    ...(attributes === undefined ? {} : { attributes: Object.fromEntries(lists) }),
  };
}

function unitOf(measurement: string, field: string): string | undefined {
  const fields = Object.hasOwn(MEASUREMENTS, measurement) ? MEASUREMENTS[measurement]?.fields : undefined;
  return fields && Object.hasOwn(fields, field) ? fields[field]?.unit : undefined;
}
