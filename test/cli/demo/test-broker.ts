import { type AddressInfo, createServer, type Socket } from 'node:net';
import { Aedes, type Client } from 'aedes';
import { Compile, type Validator } from 'typebox/compile';
import { Birth, type Receipt, Report, StatusMessage } from '../../../protocol/messages.ts';
import type { DeviceKey } from '../../../protocol/names.ts';
import { agentTopic, collectorTopic, type DeviceTopic, parseDeviceTopic } from '../../../protocol/topics.ts';

export type Heard = DeviceTopic & { heardAt: number; retain: boolean } & (
    | { kind: 'birth'; message: Birth }
    | { kind: 'status'; message: StatusMessage }
    | { kind: 'report'; message: Report }
  );

const validators: Record<string, Validator> = {
  birth: Compile(Birth),
  status: Compile(StatusMessage),
  report: Compile(Report),
};

/** A real broker on a free port of the loopback, that remembers what it heard and which connections ended how. */
export async function startTestBroker(port = 0) {
  const aedes = await Aedes.createBroker({ concurrency: 1000 });
  const heard: Heard[] = [];
  /** What doesn’t fit the wire’s schemas. */
  const misfits: string[] = [];
  /** Client ids whose side closed the connection. */
  const hungUp: string[] = [];
  const sockets = new Set<Socket>();

  aedes.on('client', (client: Client) => {
    client.conn.on('end', () => hungUp.push(client.id));
  });
  aedes.on('publish', (packet) => {
    const topic = parseDeviceTopic(packet.topic);
    if (!topic) return;
    const message: unknown = JSON.parse(packet.payload.toString());
    const [fault] = validators[topic.kind]?.Errors(message) ?? [];
    if (fault) misfits.push(`${packet.topic} ${fault.instancePath} ${fault.message}`);
    heard.push({ ...topic, heardAt: Date.now(), retain: packet.retain, message } as Heard);
  });

  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    aedes.handle(socket);
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const { port: taken } = server.address() as AddressInfo;

  return {
    port: taken,
    url: `mqtt://127.0.0.1:${taken}`,
    heard,
    misfits,
    hungUp,
    of: <K extends Heard['kind']>(kind: K) =>
      heard.filter((each): each is Extract<Heard, { kind: K }> => each.kind === kind),
    setCollector: (online: boolean, receipts?: boolean) =>
      new Promise<void>((resolve) => {
        const payload = Buffer.from(JSON.stringify({ v: 1, online, receipts, at: Date.now() }));
        aedes.publish({ cmd: 'publish', topic: collectorTopic('one'), payload, qos: 1, retain: true, dup: false }, () =>
          resolve(),
        );
      }),
    sendReceipt: (agent: DeviceKey, { boot, seen }: Pick<Receipt, 'boot' | 'seen'>) =>
      new Promise<void>((resolve) => {
        const payload = Buffer.from(JSON.stringify({ v: 1, boot, seen, at: Date.now() }));
        const topic = agentTopic(agent, 'receipt');
        aedes.publish({ cmd: 'publish', topic, payload, qos: 0, retain: false, dup: false }, () => resolve());
      }),
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((resolve) => aedes.close(() => resolve()));
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
