import { type Correlation, DEFAULT_CORRELATION } from '../../../alerting/engine/correlate/correlation.ts';
import { Correlator } from '../../../alerting/engine/correlate/correlator.ts';
import type { EngineState } from '../../../alerting/engine/engine.ts';
import type { StepResult } from '../../../alerting/engine/types.ts';
import { viewIncident } from '../../../alerting/incident-view.ts';
import type { MaintenanceWindow } from '../../../protocol/maintenance.ts';
import type { StoreKey } from '../../../protocol/names.ts';
import type { FleetStore } from './fleet.ts';
import type { SeenMajor } from './observe.ts';

/** Looks for what failing stores have in common, as the judge has it done, and notes what is named. */
export class MajorWatch {
  readonly seen: SeenMajor[] = [];
  readonly #correlator: Correlator;
  readonly #stores: ReadonlyMap<StoreKey, FleetStore>;
  #lastNumber = 0;

  constructor(
    fleet: readonly FleetStore[],
    windows: readonly MaintenanceWindow[],
    settings: Correlation = DEFAULT_CORRELATION,
  ) {
    this.#stores = new Map(fleet.map((each) => [each.key, each]));
    this.#correlator = new Correlator(settings);
    for (const { key, store } of fleet) this.#correlator.define(key, { definition: store, observed: () => undefined });
    this.#correlator.plan(windows);
  }

  nextDue(): number {
    return this.#correlator.nextDue() ?? Number.POSITIVE_INFINITY;
  }

  take(effects: StepResult<EngineState>['effects'], now: number): void {
    const views = effects.flatMap((effect) => {
      if (effect.kind !== 'incident') return [];
      const definition = this.#stores.get(effect.incident.store)?.store;
      return [
        viewIncident(effect.incident, ++this.#lastNumber, definition && { definition, simulated: true }, undefined),
      ];
    });
    for (const { major } of this.#correlator.take(views, () => false, now)) {
      const { cause } = major;
      if (cause.kind !== 'common' || major.state === 'resolved') continue;
      const { attribute, value } = cause;
      if (this.seen.some((one) => one.key === major.key && one.attribute === attribute && one.value === value))
        continue;
      this.seen.push({ key: major.key, at: now, attribute, value });
    }
  }
}
