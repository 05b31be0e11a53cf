import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** Stands between a client and a server, and cuts the line at the worst moment. */
export interface CuttingProxy {
  readonly port: number;
  /**
   * `answer`: the next thing said to the server gets there, and the line is cut instead of its answer. `question`: it is
   * cut before that gets there. Resolves when that has happened.
   */
  cutNext(what: 'question' | 'answer'): Promise<void>;
  close(): Promise<void>;
}

export async function startCuttingProxy(serverPort: number): Promise<CuttingProxy> {
  const sockets = new Set<Socket>();
  let plan: { what: 'question' | 'answer'; done: () => void } | undefined;

  const proxy = createServer((client) => {
    const server = connect(serverPort, '127.0.0.1');
    const both = [client, server];
    let awaitsAnswer = false;
    const cut = () => {
      for (const socket of both) socket.destroy();
      plan?.done();
      plan = undefined;
    };
    client.on('data', (data) => {
      if (plan?.what === 'question') return cut();
      awaitsAnswer = plan?.what === 'answer';
      server.write(data);
    });
    server.on('data', (data) => {
      if (awaitsAnswer) cut();
      else client.write(data);
    });
    for (const socket of both) {
      sockets.add(socket);
      socket.on('error', () => {});
      socket.on('close', () => {
        sockets.delete(socket);
        for (const other of both) other.destroy();
      });
    }
  });
  proxy.listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  return {
    port: (proxy.address() as AddressInfo).port,
    cutNext: (what) =>
      new Promise((done) => {
        plan = { what, done };
      }),
    async close() {
      for (const socket of sockets) socket.destroy();
      proxy.close();
      await once(proxy, 'close');
    },
  };
}
