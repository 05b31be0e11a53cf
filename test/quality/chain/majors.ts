import { type Correlation, DEFAULT_CORRELATION } from '../../../alerting/engine/correlate/correlation.ts';
import { Correlator } from '../../../alerting/engine/correlate/correlator.ts';
import type { EngineState } from '../../../alerting/engine/engine.ts';
import type { StepResult } from '../../../alerting/engine/types.ts';
import { viewIncident } from '../../../alerting/incident-view.ts';
import type { MaintenanceWindow } from '../../../protocol/maintenance.ts';
import { type DeviceKey, type StoreKey, storeOf } from '../../../protocol/names.ts';
import type { FleetStore } from './fleet.ts';
import type { SeenMajor } from './observe.ts';

/** Looks for what failing stores have in common, as the judge has it done, and notes what is named. */
export class MajorWatch {
  readonly seen: SeenMajor[] = [];
  readonly #correlator: Correlator;
  readonly #stores: ReadonlyMap<StoreKey, FleetStore>;
  /** What agents told, and when it became that: what a collector keeps of facts. */
  readonly #told = new Map<
    DeviceKey,
    { observed: Readonly<Record<string, string>>; deployed: Record<string, number> }
  >();
  #lastNumber = 0;

  constructor(
    fleet: readonly FleetStore[],
    windows: readonly MaintenanceWindow[],
    settings: Correlation = DEFAULT_CORRELATION,
  ) {
    this.#stores = new Map(fleet.map((each) => [each.key, each]));
    this.#correlator = new Correlator(settings);
    for (const { key, store } of fleet)
      this.#correlator.define(key, {
        definition: store,
        observed: (device) => this.#told.get(`${key}/${device}`)?.observed,
        deployed: (device) => this.#told.get(`${key}/${device}`)?.deployed,
      });
    this.#correlator.plan(windows);
  }

  nextDue(): number {
    return this.#correlator.nextDue() ?? Number.POSITIVE_INFINITY;
  }

  /** The first that is ever told of a device changes nothing: it is how things are. */
  observe(device: DeviceKey, observed: Readonly<Record<string, string>>, now: number): void {
    const before = this.#told.get(device);
    const deployed = { ...before?.deployed };
    for (const [name, value] of before ? Object.entries(observed) : [])
      if (before?.observed[name] !== value) deployed[name] = now;
    this.#told.set(device, { observed, deployed });
    this.#correlator.observe(storeOf(device));
    if (before) this.take([], now);
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
