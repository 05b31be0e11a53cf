import type { ModelRules, SnmpProfile } from '../profile.ts';
import { isBelow } from './snapshot.ts';

/** The profile as it is for a device: with the rules of the models its sysObjectID says it is. */
export const forModel = ({ models = [], ...profile }: SnmpProfile, id: string): SnmpProfile =>
  models.filter(({ sysObjectID }) => isBelow(id, sysObjectID)).reduce(withModel, profile);

export function withModel(profile: SnmpProfile, { identity, cpu, memory, sensors }: ModelRules): SnmpProfile {
  const { model = [], version = [], serial = [] } = profile.identity ?? {};
  return {
    ...profile,
    identity: {
      ...profile.identity,
      model: [...identity.model, ...model],
      version: [...identity.version, ...version],
      serial: [...identity.serial, ...serial],
    },
    cpu: [...cpu, ...(profile.cpu ?? [])],
    memory: [...memory, ...(profile.memory ?? [])],
    sensors: [...sensors, ...(profile.sensors ?? [])],
  };
}
