import type { DesiredConfig } from '../../protocol/agent-config.ts';
import type { DeviceKey } from '../../protocol/names.ts';
import { agentTopic } from '../../protocol/topics.ts';
import type { AgentConfigStore, Broker, Numbered, Settings } from '../ports.ts';
import type { Signer } from '../signer.ts';

export interface PublisherOptions {
  store: Pick<AgentConfigStore, 'published'>;
  broker: Pick<Broker, 'publish'>;
  signer: Pick<Signer, 'sign'>;
  now: () => number;
  pause: (ms: number) => Promise<void>;
}

/** Told in one go, and how long nothing is told after: five hundred a second, so that agents do not all change at once. */
const SLICE = 50;
const PAUSE_MS = 100;

export interface ToPublish extends Numbered {
  settings: Settings;
}

/**
 * Signs what devices are to run and has the broker keep it for them. Resolves when it has all; rejects when the broker
 * does not take it, or the store does not hear of it: what is not marked is told again.
 */
export async function publishConfigs(wanted: readonly ToPublish[], options: PublisherOptions): Promise<void> {
  const { store, broker, signer, now, pause } = options;
  for (let from = 0; from < wanted.length; from += SLICE) {
    if (from > 0) await pause(PAUSE_MS);
    const slice = wanted.slice(from, from + SLICE);
    await Promise.all(
      slice.map(({ device, version, at, settings }) => {
        const desired: DesiredConfig = { v: 1, to: device, version, at, settings: { ...settings } };
        const payload = JSON.stringify(signer.sign('config', desired));
        return broker.publish(agentTopic(device, 'config'), payload, { qos: 1, retain: true });
      }),
    );
    await store.published(
      slice.map(({ device, version }): { device: DeviceKey; version: number } => ({ device, version })),
      now(),
    );
  }
}
