import { createHash } from 'node:crypto';
import type { DeviceKind } from '../../protocol/inventory.ts';
import type { DeviceKey } from '../../protocol/names.ts';
import type { ConfigScope, ScopeVersion } from '../ports.ts';
import { type Effective, mergeSettings, type NameOf } from './merge-settings.ts';
import { scopesOf } from './scope.ts';

export interface DesiredSettings extends Effective {
  /** Names what is wanted; the same for the same settings. */
  hash: string;
}

/** What every device is to run, from what is wanted for the scopes. Devices in the same scopes share one answer. */
export class Desired {
  readonly #scopes: ReadonlyMap<ConfigScope, ScopeVersion>;
  readonly #nameOf: NameOf;
  readonly #known = new Map<string, Promise<DesiredSettings>>();

  constructor(scopes: readonly ScopeVersion[], nameOf: NameOf) {
    this.#scopes = new Map(scopes.map((version) => [version.scope, version]));
    this.#nameOf = nameOf;
  }

  /** As it would be with one scope changed. */
  with(change: ScopeVersion): Desired {
    return new Desired([...this.#scopes.values(), change], this.#nameOf);
  }

  of(device: DeviceKey, kind: DeviceKind): Promise<DesiredSettings> {
    const versions = scopesOf(device, kind).flatMap((scope) => this.#scopes.get(scope) ?? []);
    const key = versions.map(({ scope }) => scope).join(' ');
    let desired = this.#known.get(key);
    if (!desired) {
      desired = this.#merge(versions);
      this.#known.set(key, desired);
    }
    return desired;
  }

  async #merge(versions: readonly ScopeVersion[]): Promise<DesiredSettings> {
    const effective = await mergeSettings(versions, this.#nameOf);
    const hash = createHash('sha256').update(JSON.stringify(effective.settings)).digest('hex');
    return { ...effective, hash };
  }
}

/** What is wanted where nothing is. */
export const isNothing = ({ settings }: Effective): boolean => Object.keys(settings).length === 0;
