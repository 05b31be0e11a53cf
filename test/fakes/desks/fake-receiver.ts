import { type Trouble, TroubledServer } from './troubled-server.ts';

export type AlertState = 'open' | 'acknowledged' | 'resolved';

/** A request as it came, taken or not. */
export interface Received {
  body: string;
  headers: Headers;
}

/** What takes news and cannot be asked what it has. */
export abstract class FakeReceiver extends TroubledServer {
  /** Every request that was looked at, in order. */
  readonly received: Received[] = [];
  /** What people read there, in order, of what was taken. */
  readonly texts: string[] = [];
  /** By the key it was told under; stays empty where there is none, as in a chat. */
  readonly alerts = new Map<string, AlertState>();
  /** What the receiver says to the requests to come, in order, instead of taking them: statuses. */
  readonly says: number[] = [];

  /** The most it takes, bytes. */
  abstract readonly mostBytes: number;
  /** Whether it keeps alerts apart by a key. */
  abstract readonly hasKeys: boolean;

  /** Takes what is well formed; a text says what is not. */
  protected abstract take(body: unknown, request: Request, url: URL): string | undefined;

  protected readonly taken: () => Response = () => new Response('ok');

  protected async answer(request: Request, url: URL, _trouble: Trouble | undefined): Promise<Response> {
    const body = await request.text();
    this.received.push({ body, headers: request.headers });
    const status = this.says.shift();
    if (status !== undefined) {
      const headers = status < 400 ? { location: 'https://elsewhere.example/' } : undefined;
      return new Response('{}', { status, ...(headers && { headers }) });
    }
    if (Buffer.byteLength(body) > this.mostBytes) return new Response('{}', { status: 413 });
    const fault = this.take(JSON.parse(body), request, url);
    return fault === undefined ? this.taken() : Response.json({ message: fault }, { status: 400 });
  }
}
