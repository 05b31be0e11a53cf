import type { Device } from '../../protocol/inventory.ts';
import { type DeviceKey, nameOf } from '../../protocol/names.ts';
import { agentClientId } from '../../protocol/topics.ts';
import type { Decoded } from './decode.ts';

/**
 * Why this message may not be believed, or undefined when it may. An agent speaks for itself and for the devices the
 * inventory assigns to it, and for no other; a gateway may bring what these devices' own agents say.
 * An agent whose certificates have all ended says no more than that it is gone, whoever brings it: the centre does not
 * see the certificate of one that comes through a gateway.
 * @param client the sender's MQTT client id, where the broker knows it; an external broker's own rules stand in for it.
 */
export function objection(
  decoded: Decoded,
  client: string | undefined,
  deviceOf: (key: DeviceKey) => Device | undefined,
  isBarred: (agent: DeviceKey) => boolean,
): string | undefined {
  if (client !== undefined) {
    const [chain, store, agent] = decoded.agent.split('/') as [string, string, string];
    // A store's gateway brings what the agents of its devices say, as they said it.
    const carrier = decoded.agent === decoded.device ? deviceOf(decoded.device)?.gateway : undefined;
    const isCarried = carrier !== undefined && client === agentClientId(chain, store, carrier);
    if (client !== agentClientId(chain, store, agent) && !isCarried) return 'not-its-own: the sender is another client';
  }
  const device = deviceOf(decoded.device);
  if (!device) return 'unknown-device: not in the inventory';
  if (decoded.agent !== decoded.device && device.gateway !== nameOf(decoded.agent)) {
    return 'not-assigned: the inventory gives this device to another agent';
  }
  const isGoodbye = decoded.kind === 'status' && !decoded.message.online;
  if (!isGoodbye && isBarred(decoded.agent)) return 'revoked-certificate: no certificate of its agent is good any more';
  return undefined;
}
