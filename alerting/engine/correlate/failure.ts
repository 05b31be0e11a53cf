import type { StoreKey } from '../../../protocol/names.ts';
import { nameOf } from '../../../protocol/names.ts';
import type { IncidentView } from '../../../protocol/views.ts';
import { deployedTo, isNewAt, observedAs } from './deployed.ts';
import { CHANGE, type Described } from './population.ts';
import { symptomOf } from './symptom.ts';
import { type Trait, traitOf, traitsOf } from './traits.ts';

/** An open incident as correlation sees it. */
export interface Failure {
  view: IncidentView;
  store: StoreKey;
  symptom: string;
  /** What its store has, and the devices at fault. */
  traits: ReadonlySet<Trait>;
  /** When it opened, by the clock as it is now, ms since 1970. */
  openedAt: number;
}

/**
 * Of a store the inventory does not have, nothing is known that it could share. `openedAt`: by the clock as it is now.
 */
export function failureOf(
  view: IncidentView,
  described: Described | undefined,
  openedAt: number = view.openedAt,
): Failure {
  const { cause, store, suspects = [] } = view;
  const device =
    cause.kind === 'device'
      ? described?.definition.devices.find(({ name }) => name === nameOf(cause.target))
      : undefined;
  const symptom = symptomOf(view, device?.kind);
  const traits = new Set<Trait>();
  if (described) {
    const { definition, observed } = described;
    // What befalls a store befalls all that is in it.
    const devices = cause.kind === 'store' ? definition.devices : device ? [device] : [];
    for (const trait of traitsOf(definition, observed, devices)) traits.add(trait);
    for (const [trait, at] of deployedTo(described, devices)) {
      if (isNewAt(at, openedAt)) traits.add(trait);
      // What came to mend it did not break it.
      else if (at > openedAt) traits.delete(observedAs(trait));
    }
  }
  for (const { params } of suspects) if (params?.id !== undefined) traits.add(traitOf(CHANGE, `${params.id}`));
  return { view, store, symptom, traits, openedAt };
}

/** Whether planned work has it: it says nothing of anything else then. */
export const isPlanned = ({ view }: Failure): boolean => view.maintenance !== undefined;
