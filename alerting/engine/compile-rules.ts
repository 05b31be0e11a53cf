import { globMatcher } from '../../protocol/glob.ts';
import type {
  BaselineRule,
  CompositeRule,
  ForecastRule,
  OpeningRule,
  Rule,
  SalesRule,
  SilenceRule,
  StatusRule,
  ThresholdRule,
} from './types.ts';

/** The rules that judge some devices, laid out for the hot path. */
export interface Judged {
  thresholds: ReadonlyMap<string, readonly ThresholdRule[]>;
  forecasts: ReadonlyMap<string, readonly ForecastRule[]>;
  baselines: ReadonlyMap<string, readonly BaselineRule[]>;
  statusRulesOf(check: string): readonly StatusRule[];
  /** Whether any of them has an answer for a check that stays away. */
  answersMissing: boolean;
  /** At most one: the first of the pack that takes the device. */
  silence: SilenceRule | undefined;
  /** At most one: the first of the pack that takes the device. */
  sales: SalesRule | undefined;
  /** At most one: the first of the pack that takes the device. */
  opening: OpeningRule | undefined;
  /** Of whose groups it is a member. */
  composites: readonly CompositeRule[];
  /** All of them; of silence only the one that counts. */
  rules: ReadonlySet<Rule>;
}

/** Check names remembered with their rules; agents choose the names, so their number has a bound. */
const REMEMBERED_CHECKS = 4096;

/** Lays out the rules that judge a device, in the pack's order. */
export function compileRules(rules: readonly Rule[]): Judged {
  const silence = rules.find((rule) => rule.type === 'silence');
  const sales = rules.find((rule) => rule.type === 'sales');
  return {
    thresholds: byMeasurement(rules.filter((rule) => rule.type === 'threshold')),
    forecasts: byMeasurement(rules.filter((rule) => rule.type === 'forecast')),
    baselines: byMeasurement(rules.filter((rule) => rule.type === 'baseline')),
    statusRulesOf: matchChecks(rules.filter((rule) => rule.type === 'status')),
    answersMissing: rules.some((rule) => rule.type === 'status' && rule.noData),
    silence,
    sales,
    opening: rules.find((rule) => rule.type === 'opening'),
    composites: rules.filter((rule) => rule.type === 'composite'),
    rules: new Set(rules.filter((rule) => rule.type !== 'silence' || rule === silence)),
  };
}

const byMeasurement = <R extends { measurement: string }>(rules: readonly R[]): ReadonlyMap<string, readonly R[]> =>
  Map.groupBy(rules, ({ measurement }) => measurement);

function matchChecks(rules: readonly StatusRule[]): (check: string) => readonly StatusRule[] {
  const anyOf = (names: readonly string[]) => {
    const patterns = names.map((name) => globMatcher(name));
    return (check: string) => patterns.some((takes) => takes(check));
  };
  const takers = rules.map((rule) => ({ rule, takes: anyOf(rule.check), leaves: anyOf(rule.except ?? []) }));
  const remembered = new Map<string, readonly StatusRule[]>();
  return (check) => {
    const known = remembered.get(check);
    if (known) return known;
    const matching = takers.filter(({ takes, leaves }) => takes(check) && !leaves(check)).map(({ rule }) => rule);
    if (remembered.size < REMEMBERED_CHECKS) remembered.set(check, matching);
    return matching;
  };
}
