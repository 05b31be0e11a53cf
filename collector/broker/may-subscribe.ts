import type { Device } from '../../protocol/inventory.ts';
import type { DeviceKey } from '../../protocol/names.ts';
import { COLLECTOR_FILTER, parseAgentClientId, parseTellingTopic, TOPIC_ROOT } from '../../protocol/topics.ts';

/**
 * An agent reads its own topics and the collectors' presence, and a gateway what is told to the devices of its store that
 * the inventory assigns to it, each by its full topic; nothing else is anyone's to read here.
 */
export function maySubscribe(
  clientId: string | undefined,
  filter: string,
  deviceOf: (key: DeviceKey) => Device | undefined,
): boolean {
  if (filter === COLLECTOR_FILTER) return true;
  const agent = clientId === undefined ? undefined : parseAgentClientId(clientId);
  if (!agent) return false;
  const store = `${agent.chain}/${agent.store}`;
  if (filter.startsWith(`${TOPIC_ROOT}/${store}/${agent.device}/`)) return true;
  const told = parseTellingTopic(filter);
  return told?.startsWith(`${store}/`) === true && deviceOf(told)?.gateway === agent.device;
}
