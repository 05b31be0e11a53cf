import type { ConfigState } from '../../protocol/agent-config.ts';
import type { DeviceKey } from '../../protocol/names.ts';
import type { AgentConfigStore, ScopeVersion, Settings } from '../ports.ts';

export interface VersionRow extends Omit<ScopeVersion, 'settings'> {
  settings: string;
}

export const versionOf = ({ settings, ...row }: VersionRow): ScopeVersion => ({
  ...row,
  settings: JSON.parse(settings) as Settings,
});

export interface ToldRow {
  device: DeviceKey;
  bornAt: number;
  central: string | null;
}

export const toldOf = ({
  device,
  bornAt,
  central,
}: ToldRow): Awaited<ReturnType<AgentConfigStore['told']>>[number] => ({
  device,
  bornAt,
  state: central === null ? undefined : (JSON.parse(central) as ConfigState),
});
