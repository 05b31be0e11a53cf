import { globMatcher } from '../../../protocol/glob.ts';
import type { Store } from '../../../protocol/inventory.ts';
import type { MajorView } from '../../../protocol/majors.ts';
import { chainOf } from '../../../protocol/names.ts';
import type { IncidentView } from '../../../protocol/views.ts';
import type { StoreGroup } from '../inheritance.ts';
import { matchGroup } from '../layers.ts';
import { isWithin } from './hours.ts';
import type { CaseFilter, CaseKind } from './rules.ts';

/** An incident, single or major. */
export type Subject = IncidentView | MajorView;

/** An incident, and what is known of its store. */
export interface Case {
  view: Subject;
  /** Absent of a major incident, and where the store has left the inventory. */
  store?: Store;
  /** The model it is handled by. */
  model?: string;
  /** Milliseconds since 1970. */
  at: number;
}

/** Which cases fit. A major incident has no region, group, rule, model or hours: what asks for one does not mean it. */
export function caseMatcher(filter: CaseFilter, groups: Readonly<Record<string, StoreGroup>>): (one: Case) => boolean {
  const { kinds, models, priorities, hours } = filter;
  const takesChain = anyOf(filter.chains);
  const takesRegion = anyOf(filter.regions, true);
  const takesRule = anyOf(filter.rules);
  const takesCause = anyOf(filter.causes);
  const asked = filter.groups?.map((name) => matchGroup(groups[name] ?? {}));
  const isSingle = [filter.regions, filter.groups, filter.rules, models, hours].some((part) => part !== undefined);

  return ({ view, store, model, at }) => {
    if (priorities && !priorities.includes(view.priority)) return false;
    if (kinds && !kinds.includes(kindOf(view, store))) return false;
    if ('chain' in view) return !isSingle && takesChain(view.chain) && takesCause(view.title.code);
    if (!takesChain(chainOf(view.store)) || !takesRegion(view.region)) return false;
    if (!takesRule(view.cause.rule) || !takesCause(view.cause.reason.code)) return false;
    if (models && (model === undefined || !models.includes(model))) return false;
    if (asked && !(store && asked.some((takes) => takes(view.store, store)))) return false;
    return hours === undefined || isWithin(hours, store, at);
  };
}

function kindOf(view: Subject, store: Store | undefined): CaseKind {
  if ('chain' in view) return 'major';
  const { kind, target } = view.cause;
  if (kind === 'store') return 'store';
  const name = target.slice(target.lastIndexOf('/') + 1);
  return store?.devices.find((device) => device.name === name)?.kind ?? 'other';
}

function anyOf(patterns: readonly string[] | undefined, ignoresCase = false): (text: string) => boolean {
  const matchers = patterns?.map((pattern) => globMatcher(pattern, { ignoresCase }));
  return (text) => matchers?.some((takes) => takes(text)) ?? true;
}
