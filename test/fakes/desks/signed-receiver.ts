import { verifySignature } from '../../../alerting/desks/signature.ts';
import { AT, SECRET } from '../../alerting/fixtures.ts';
import { type AlertState, FakeReceiver } from './fake-receiver.ts';

interface Told {
  action?: string;
  key?: string;
  subject?: string;
  text?: string;
  incident?: { state: string };
  major?: { state: string };
}

/** What takes our own signed webhook and takes each `Idempotency-Key` once. */
export class SignedReceiver extends FakeReceiver {
  readonly mostBytes = 1024 * 1024;
  readonly hasKeys = true;
  readonly #seen = new Set<string>();

  protected take(body: unknown, request: Request): string | undefined {
    const raw = this.received.at(-1)?.body ?? '';
    if (verifySignature(request.headers.get('x-signature') ?? undefined, raw, [SECRET], AT) !== 'valid')
      return 'unsigned';
    const { action, key = '', subject, text, incident, major } = body as Told;
    const once = request.headers.get('idempotency-key') ?? '';
    if (this.#seen.has(once)) return undefined;
    this.#seen.add(once);
    this.texts.push(`${subject}\n${text}`);
    const state: AlertState = (incident ?? major)?.state === 'new' ? 'open' : 'acknowledged';
    this.alerts.set(key, action === 'resolve' ? 'resolved' : state);
    return undefined;
  }
}
