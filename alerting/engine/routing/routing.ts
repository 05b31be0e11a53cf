import type { Store } from '../../../protocol/inventory.ts';
import type { Procedure } from '../../../protocol/procedures.ts';
import type { StoreGroup } from '../inheritance.ts';
import { type Case, caseMatcher, type Subject } from './case.ts';
import { lastsUntil, nextTimeOfDay } from './hours.ts';
import type { CaseFilter, IncidentModel, Route, RoutingRules } from './rules.ts';

/** What is done about an incident, and by whom. */
export interface Handling {
  model?: Procedure;
  category?: string;
  team?: string;
  onCall?: string;
  /** Desks that hear of it at once. */
  desks: readonly string[];
  /** Until when it is not opened anywhere, ms since 1970. */
  quietUntil?: number;
  /** Desks that hear of it in their next digest. */
  digest?: { desks: string[]; at: number };
}

export interface RoutingContext {
  /** The desks there are. */
  desks: readonly string[];
  /** Those of them that can be sent a digest. */
  takeDigests: readonly string[];
  /** Who is on call by a calendar at a time, ms since 1970. */
  onCall: (calendar: string, at: number) => string | undefined;
}

/**
 * Finds the model and the route of incidents: of several that fit, the first. No incident is lost to a mistake: where no route
 * fits, or none of the desks it names is there, all of them are told.
 */
export function createRouting(
  { models = [], routes = [] }: RoutingRules,
  groups: Readonly<Record<string, StoreGroup>>,
  { desks, takeDigests, onCall }: RoutingContext,
): (view: Subject, store: Store | undefined, at: number) => Handling {
  const compile = <Item extends { when: CaseFilter }>(items: readonly Item[]) =>
    items.map((item) => ({ item, fits: caseMatcher(item.when, groups) }));
  const [knownModels, knownRoutes] = [compile(models), compile(routes)];
  const first = <Item>(among: readonly { item: Item; fits: (one: Case) => boolean }[], one: Case) =>
    among.find(({ fits }) => fits(one))?.item;

  return (view, store, at) => {
    const known: Case = { view, at, ...(store && { store }) };
    const model = 'chain' in view ? undefined : first(knownModels, known);
    const route = first(knownRoutes, { ...known, ...(model && { model: model.id }) });
    const [category, team] = [route?.category ?? model?.category, route?.team ?? model?.team];
    const person = route?.onCall === undefined ? undefined : onCall(route.onCall, at);
    const quietUntil = route?.quiet && lastsUntil(route.quiet, store, at);
    const digesting = route?.digest?.desks.filter((desk) => takeDigests.includes(desk)) ?? [];
    return {
      ...(model && { model: procedureOf(model) }),
      ...(category !== undefined && { category }),
      ...(team !== undefined && { team }),
      ...(person !== undefined && { onCall: person }),
      desks: told(route, desks, digesting),
      ...(quietUntil !== undefined && { quietUntil }),
      ...(route?.digest &&
        digesting.length > 0 && { digest: { desks: digesting, at: nextTimeOfDay(route.digest.at, store, at) } }),
    };
  };
}

/** Desks that routes name and that are not there. */
export function desksNowhere(routes: readonly Route[] = [], desks: readonly string[]): string[] {
  const named = routes.flatMap((route) => [...(route.desks ?? []), ...(route.digest?.desks ?? [])]);
  return [...new Set(named)].filter((desk) => !desks.includes(desk));
}

/** A desk that cannot be sent a digest is told each by itself. */
function told(route: Route | undefined, desks: readonly string[], digesting: readonly string[]): readonly string[] {
  if (route?.desks === undefined && route?.digest === undefined) return desks;
  const named = [...(route.desks ?? []), ...(route.digest?.desks ?? [])];
  const known = named.filter((desk) => desks.includes(desk));
  if (named.length > 0 && known.length === 0) return desks;
  return known.filter((desk) => !digesting.includes(desk));
}

const procedureOf = ({ id, title, version, steps, actions }: IncidentModel): Procedure => ({
  id,
  title,
  ...(version !== undefined && { version }),
  ...(steps && { steps }),
  ...(actions && { actions }),
});
