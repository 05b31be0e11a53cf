import { type Signal, signal } from '@preact/signals';
import type { DeviceKind } from '../../../protocol/inventory.ts';
import type { WindowScope } from '../../../protocol/maintenance.ts';
import { Choices, Chosen } from '../parts/choices.tsx';
import { Field, Tick } from '../parts/field.tsx';
import { shared } from '../words/index.ts';
import { maintenanceWords } from '../words/maintenance.ts';
import { namePlace, placeOptions, readPlace, readRegion, regionsKnown } from './places.ts';

/** What somebody says a window is about. */
export interface ScopeChoice {
  places: Signal<readonly string[]>;
  regions: Signal<readonly string[]>;
  kinds: Signal<readonly DeviceKind[]>;
  isEverything: Signal<boolean>;
}

export const noScope = (): ScopeChoice => ({
  places: signal([]),
  regions: signal([]),
  kinds: signal([]),
  isEverything: signal(false),
});

/** The scope that was chosen; undefined when nothing was. */
export function scopeOf({ places, regions, kinds, isEverything }: ScopeChoice): WindowScope | undefined {
  const scope: WindowScope = {
    ...(places.value.length > 0 && { places: [...places.value] }),
    ...(regions.value.length > 0 && { regions: [...regions.value] }),
    ...(kinds.value.length > 0 && { kinds: [...kinds.value] }),
  };
  if (isEverything.value) return {};
  return Object.keys(scope).length > 0 ? scope : undefined;
}

/** Where a window takes place: chains, stores and devices, regions, kinds, or everything. */
export function ScopeFields({ of, legend, fault }: { of: ScopeChoice; legend: string; fault?: string | undefined }) {
  const words = maintenanceWords.value;
  return (
    <fieldset class="scope-fields" data-field="scope" aria-invalid={fault !== undefined}>
      <legend>{legend}</legend>
      {fault !== undefined && (
        <p class="hint fault" role="alert">
          {fault}
        </p>
      )}
      {!of.isEverything.value && (
        <>
          <p class="hint">{words.scopeMore}</p>
          <Choices
            label={words.places}
            hint={words.placesHint}
            of={of.places}
            read={readPlace}
            tell={namePlace}
            remove={words.remove}
            options={placeOptions()}
            unknown={words.noSuchPlace}
          />
          <Choices
            label={words.regions}
            hint={words.regionsHint}
            of={of.regions}
            read={readRegion}
            tell={String}
            remove={words.remove}
            options={regionsKnown()}
            unknown={words.noSuchRegion}
          />
          <Kinds of={of.kinds} />
        </>
      )}
      <Tick label={words.isEverything} of={of.isEverything} />
    </fieldset>
  );
}

function Kinds({ of }: { of: Signal<readonly DeviceKind[]> }) {
  const words = maintenanceWords.value;
  const { deviceKinds } = shared.value;
  const left = (Object.keys(deviceKinds) as DeviceKind[]).filter((kind) => !of.value.includes(kind));
  return (
    <Field label={words.deviceKinds}>
      {(id) => (
        <>
          <Chosen of={of} tell={(kind) => deviceKinds[kind]} remove={words.remove} />
          <select
            id={id}
            value=""
            onChange={(event) => {
              of.value = [...of.value, event.currentTarget.value as DeviceKind];
              event.currentTarget.value = '';
            }}
          >
            <option value="">{words.anyKind}</option>
            {left.map((kind) => (
              <option key={kind} value={kind}>
                {deviceKinds[kind]}
              </option>
            ))}
          </select>
        </>
      )}
    </Field>
  );
}
