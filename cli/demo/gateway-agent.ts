import { readMessage } from '../../agent/read-message.ts';
import {
  type Birth,
  CollectorPresence,
  Receipt,
  type Report,
  type StatusMessage,
  WIRE_VERSION,
} from '../../protocol/messages.ts';
import { agentClientId, agentTopic, COLLECTOR_FILTER, deviceTopic, type TopicKind } from '../../protocol/topics.ts';
import { Connection } from './connection.ts';
import type { Address } from './link.ts';
import type { Readings } from './models/model.ts';
import { Outbox } from './outbox.ts';
import { hashText } from './random.ts';
import type { Site } from './sites.ts';

export interface GatewayAgentOptions {
  site: Site;
  address: Address & { username?: string; password?: string };
  intervalS: number;
  keepaliveS: number;
  /** Reports kept while cut off. */
  outboxLimit: number;
  now: () => number;
  draw: () => number;
  /** What one of the site’s devices measured at an instant. */
  read: (device: number, at: number) => Readings;
  onConnection: () => void;
  onProblem: (error: Error) => void;
}

/** A report without a receipt is sent again after so long. */
const PATIENCE_MS = 60_000;
const AGENT_VERSION = '0.1.0-demo';

/** The agent on a store’s gateway: speaks for the gateway itself and for every device behind it. */
export class GatewayAgent {
  readonly #options: GatewayAgentOptions;
  readonly #connection: Connection;
  readonly #outbox: Outbox;
  /** Devices that don’t answer its pings. */
  readonly #unreachable = new Set<number>();
  /** Those that are there, by topic, and whether they want reports kept until their receipt. */
  readonly #collectors = new Map<string, boolean>();
  readonly #receiptTopic: string;
  #hearsReceipts = false;
  #boot: string;
  #seq = 0;
  /** Reports that arrived since the demo began. */
  acknowledged = 0;

  constructor(options: GatewayAgentOptions) {
    this.#options = options;
    this.#outbox = new Outbox(options.outboxLimit);
    this.#boot = this.#newBoot();
    this.#receiptTopic = agentTopic(options.site.gateway.key, 'receipt');
    this.#connection = new Connection({
      address: options.address,
      introduce: () => this.#introduce(),
      keepaliveS: options.keepaliveS,
      now: options.now,
      draw: options.draw,
      onConnected: () => this.#present(),
      onMessage: (topic, payload) => this.#hear(topic, payload),
      onClosed: () => this.#lost(),
      onProblem: options.onProblem,
    });
  }

  get connected(): boolean {
    return this.#connection.connected;
  }

  /** Reports waiting for their acknowledgement, or their receipt. */
  get waiting(): number {
    return this.#outbox.size;
  }

  /** Connects after a delay and stays connected as well as it can. */
  start(delayMs: number): void {
    this.#connection.open(delayMs);
  }

  /** Measures a device now: sends it, or keeps it until a collector is there. */
  report(device: number): void {
    const at = this.#options.now();
    this.#outbox.add({ boot: this.#boot, seq: ++this.#seq, at, device, kept: !this.#mayReport() });
    this.#outbox.askAgain(at - PATIENCE_MS);
    this.#send();
  }

  /** A device has stopped, or begun again, to answer pings. */
  setReachable(device: number, reachable: boolean): void {
    if (this.#unreachable.has(device) !== reachable) return;
    if (reachable) this.#unreachable.delete(device);
    else this.#unreachable.add(device);
    if (this.connected) this.#publishStatus(device);
  }

  cutLine(): void {
    this.#connection.cut();
  }

  restoreLine(): void {
    this.#connection.restore();
  }

  /** The gateway starts anew: what it says from now on belongs to another run. */
  reboot(): void {
    this.#boot = this.#newBoot();
    this.#seq = 0;
  }

  /** Says goodbye. */
  async stop(): Promise<void> {
    if (this.connected) {
      this.#publish(0, 'status', { ...this.#status(0), online: false, reason: 'stopped' }, true);
    }
    await this.#connection.close();
  }

  #newBoot(): string {
    const { now, site, draw } = this.#options;
    const suffix = hashText(Math.floor(draw() * 0x1_0000_0000), site.key);
    return now().toString(36).padStart(9, '0') + suffix.toString(36).padStart(7, '0');
  }

  #introduce() {
    const { site, address } = this.#options;
    const { username, password } = address;
    const will: StatusMessage = { ...this.#status(0), online: false, reason: 'lost' };
    return {
      clientId: agentClientId(site.chain, site.store.name, site.gateway.device.name),
      will: {
        topic: this.#topic(0, 'status'),
        payload: Buffer.from(JSON.stringify(will)),
        qos: 1,
        retain: true,
      } as const,
      ...(username !== undefined && { username }),
      ...(password !== undefined && { password }),
    };
  }

  /** On every connection: who it is, and how everything behind it is. */
  #present(): void {
    const gap = this.#outbox.gap();
    this.#publish(0, 'birth', this.#birth(gap), true, () => gap && this.#outbox.gapTold(gap));
    this.#options.site.devices.forEach((_, device) => {
      this.#publishStatus(device);
    });
    this.#connection.subscribe(COLLECTOR_FILTER);
    this.#options.onConnection();
  }

  #birth(gap: Birth['gap']): Birth {
    const { site, intervalS, now } = this.#options;
    return {
      v: WIRE_VERSION,
      boot: this.#boot,
      at: now(),
      agent: { version: AGENT_VERSION, config: hashText(0, site.key).toString(16) },
      intervalS,
      host: { hostname: `${site.store.name}-${site.gateway.device.name}`, os: 'Debian 12', arch: 'x64' },
      checks: ['cpu', 'mem', 'disk', 'net', 'system', 'processes', 'process:vigie-agent'],
      watches: site.devices.slice(1).map(({ device }) => device.name),
      ...(gap && { gap }),
    };
  }

  #status(device: number): StatusMessage {
    return { v: WIRE_VERSION, boot: this.#boot, ...this.#by(device), online: true, at: this.#options.now() };
  }

  #publishStatus(device: number): void {
    const online = this.#status(device);
    const status: StatusMessage = this.#unreachable.has(device)
      ? { ...online, online: false, reason: 'unreachable' }
      : online;
    this.#publish(device, 'status', status, true);
  }

  #by(device: number): { by?: string } {
    return device === 0 ? {} : { by: this.#options.site.gateway.device.name };
  }

  #hear(topic: string, payload: Uint8Array): void {
    if (topic === this.#receiptTopic) {
      const receipt = readMessage(Receipt, payload);
      if (receipt) this.acknowledged += this.#outbox.receive(receipt.boot, receipt.seen);
    } else {
      const presence = readMessage(CollectorPresence, payload);
      if (presence?.online) this.#collectors.set(topic, presence.receipts === true);
      else this.#collectors.delete(topic);
      // Before the first report leaves, so that its receipt is heard.
      if (this.#needsReceipts() && !this.#hearsReceipts) {
        this.#hearsReceipts = true;
        this.#connection.subscribe(this.#receiptTopic);
      }
    }
    this.#send();
  }

  #needsReceipts(): boolean {
    return [...this.#collectors.values()].includes(true);
  }

  #lost(): void {
    this.#collectors.clear();
    this.#hearsReceipts = false;
    this.#outbox.connectionLost();
    this.#options.onConnection();
  }

  #mayReport(): boolean {
    return this.connected && this.#collectors.size > 0;
  }

  #send(): void {
    while (this.#mayReport()) {
      const pending = this.#outbox.next();
      if (!pending) return;
      const { boot, seq, at, device, kept } = pending;
      const report: Report = {
        v: WIRE_VERSION,
        boot,
        seq,
        ...this.#by(device),
        at,
        ...(kept && { historical: true }),
        ...this.#options.read(device, at),
      };
      const needsReceipt = this.#needsReceipts();
      this.#publish(device, 'report', report, false, () => {
        if (needsReceipt) this.#outbox.awaitReceipt(pending, this.#options.now());
        else {
          this.#outbox.acknowledge(pending);
          this.acknowledged++;
        }
        this.#send();
      });
    }
  }

  #topic(device: number, kind: TopicKind): string {
    const { site } = this.#options;
    const name = site.devices[device]?.device.name ?? site.gateway.device.name;
    return deviceTopic({ chain: site.chain, store: site.store.name, device: name, kind });
  }

  #publish(
    device: number,
    kind: TopicKind,
    message: Birth | StatusMessage | Report,
    retain: boolean,
    acknowledged?: () => void,
  ): void {
    this.#connection.publish(this.#topic(device, kind), JSON.stringify(message), retain, acknowledged);
  }
}
