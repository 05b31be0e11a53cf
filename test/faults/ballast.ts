import { randomBytes } from 'node:crypto';
import mqtt, { type MqttClient } from 'mqtt';
import type { Report } from '../../protocol/messages.ts';
import { agentClientId, deviceTopic } from '../../protocol/topics.ts';
import { BALLAST, CHAIN } from './installation.ts';

const REPORTS_AT_ONCE = 4;
const STATUSES = 500;
const TEXT_BYTES = 384;

/**
 * Large reports that cannot be packed. A full disk alone does not stop a database that finds room enough within its own
 * file: this makes it need more.
 */
export class Ballast {
  readonly #client: MqttClient;
  readonly #boot = `ballast${Date.now().toString(36)}`;
  #seq = 0;

  private constructor(client: MqttClient) {
    this.#client = client;
  }

  static async connect(port: number): Promise<Ballast> {
    const clientId = agentClientId(CHAIN, BALLAST.store, BALLAST.device);
    const client = await mqtt.connectAsync(`mqtt://127.0.0.1:${port}`, { clientId, protocolVersion: 4 });
    client.on('error', () => {});
    return new Ballast(client);
  }

  /** Some more of it, without waiting. */
  send(): void {
    for (let i = 0; i < REPORTS_AT_ONCE; i++) {
      const statuses = Array.from({ length: STATUSES }, (_, check) => ({
        check: `ballast-${check}`,
        status: 'ok' as const,
        text: randomBytes(TEXT_BYTES).toString('base64'),
      }));
      const report: Report = { v: 1, boot: this.#boot, seq: ++this.#seq, at: Date.now(), points: [], statuses };
      const topic = deviceTopic({ chain: CHAIN, ...BALLAST, kind: 'report' });
      this.#client.publish(topic, JSON.stringify(report), { qos: 1 }, () => {});
    }
  }

  end(): void {
    this.#client.end(true);
  }
}
