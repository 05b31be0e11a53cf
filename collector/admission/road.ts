import type { Birth } from '../../protocol/messages.ts';
import { type DeviceKey, storeOf } from '../../protocol/names.ts';
import type { Devices } from '../devices.ts';
import type { StateStore } from '../ports.ts';

/** Where an agent is to report, and the gateway of its store that must answer there. */
export interface Road {
  mqtt: string;
  through?: string;
}

export interface RoadOptions {
  /** By which agents reach this server. */
  names: readonly string[];
  /** The external broker, where there is one. */
  mqttUrl: string | undefined;
  /** Of this server's own door. */
  mqttPort: () => number;
  devices: Pick<Devices, 'device'>;
  state: Pick<StateStore, 'birthOf'>;
}

/** Where a gateway listens that has not said so yet. */
const GATEWAY_PORT = 8883;

/**
 * Finds the road of an agent by the name it called the server by. One of the server's own: it has a way here itself. Any
 * other is its gateway's, whose relay it came through, where the inventory gives it one.
 */
export function createRoads({ names, mqttUrl, mqttPort, devices, state }: RoadOptions) {
  const own = new Set(names.map((name) => name.toLowerCase()));

  return async (device: DeviceKey, host: string): Promise<Road> => {
    const isOwn = own.has(host.toLowerCase().replace(/^\[|\]$/g, ''));
    const gateway = isOwn ? undefined : devices.device(device)?.gateway;
    if (gateway !== undefined) {
      const birth = await state.birthOf(`${storeOf(device)}/${gateway}`);
      const port = birth === undefined ? undefined : (JSON.parse(birth) as Birth).gateway?.port;
      return { mqtt: `mqtts://${host}:${port ?? GATEWAY_PORT}`, through: gateway };
    }
    // An address that is in no certificate would not be believed.
    return { mqtt: mqttUrl ?? `mqtts://${isOwn ? host : bracketed(names[0] ?? host)}:${mqttPort()}` };
  };
}

const bracketed = (name: string): string => (name.includes(':') && !name.startsWith('[') ? `[${name}]` : name);
