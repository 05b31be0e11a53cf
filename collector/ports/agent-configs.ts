import type { ConfigState } from '../../protocol/agent-config.ts';
import type { DeviceKey } from '../../protocol/names.ts';

/**
 * Whom settings are for: `chain`, `chain:kind`, `chain/store`, `chain/store:kind` or `chain/store/device`. What stands
 * later in this list goes over what stands before.
 */
export type ConfigScope = string;

/** What agents may be told to run, by key of their configuration. */
export type Settings = Readonly<Record<string, unknown>>;

/** What was wanted for a scope, from one change to the next. */
export interface ScopeVersion {
  scope: ConfigScope;
  /** Counts the changes of this scope from 1. */
  version: number;
  /** Empty: nothing is wanted any more. */
  settings: Settings;
  at: number;
  by: string;
  comment: string;
}

/** What one device is to be sent. */
export interface Numbered {
  device: DeviceKey;
  /** Grows with every change for this device and never comes twice, whichever collector gives it. */
  version: number;
  /** When it was wanted. */
  at: number;
  /** The version a broker has taken; 0: none. */
  published: number;
  /** When it did. */
  publishedAt: number;
}

/** Desired configurations of agents. */
export interface AgentConfigStore {
  /** The newest version of every scope that ever had one. */
  scopes(): Promise<ScopeVersion[]>;
  /** Versions of a scope, newest first. */
  history(scope: ConfigScope, limit: number): Promise<ScopeVersion[]>;
  version(scope: ConfigScope, version: number): Promise<ScopeVersion | undefined>;
  /** Adds the version after `basedOn` (0: the first). Undefined when somebody was faster; nothing is changed then. */
  save(change: Omit<ScopeVersion, 'version'> & { basedOn: number }): Promise<ScopeVersion | undefined>;
  /** Grows with every `save`. */
  revision(): Promise<number>;

  /**
   * Numbers what devices are to run, `hash` naming it: the version it had when it is the same as before, otherwise one
   * more than it had and than `above`. In the order given.
   */
  number(wanted: readonly { device: DeviceKey; hash: string; above: number }[], at: number): Promise<Numbered[]>;
  /** All that were ever numbered, with the hash of what they are to run. */
  numbered(): Promise<(Numbered & { hash: string })[]>;
  /** A broker has them. */
  published(devices: readonly { device: DeviceKey; version: number }[], at: number): Promise<void>;
  /** What agents said in their births of the configuration they run; without it from those that know no centre. */
  told(): Promise<{ device: DeviceKey; bornAt: number; state: ConfigState | undefined }[]>;
}
