import { FakeReceiver } from './fake-receiver.ts';

interface Webhook {
  version?: string;
  groupKey?: string;
  status?: string;
  alerts?: {
    status: string;
    labels: Record<string, string>;
    annotations: { summary: string; description: string };
    startsAt: string;
    endsAt: string;
    fingerprint: string;
  }[];
}

/** A receiver of Alertmanager’s webhooks that tells groups apart by their keys. */
export class FakeAlertmanagerReceiver extends FakeReceiver {
  readonly mostBytes = 1024 * 1024;
  readonly hasKeys = true;
  protected override readonly taken = () => new Response(null, { status: 200 });

  protected take(body: unknown, request: Request): string | undefined {
    if (request.headers.get('authorization') !== 'Bearer a-token-of-the-receiver') return 'who is there?';
    const { version, groupKey = '', status = '', alerts = [] } = body as Webhook;
    const [alert] = alerts;
    if (version !== '4' || groupKey === '' || !alert || alerts.length !== 1) return 'not a webhook of version 4';
    const { labels, annotations, startsAt, endsAt, fingerprint } = alert;
    if (alert.status !== status || !/^[0-9a-f]{16}$/.test(fingerprint)) return 'invalid alert';
    if (Number.isNaN(Date.parse(startsAt)) || Date.parse(endsAt) > 0 !== (status === 'resolved'))
      return 'invalid times';
    if (Object.keys(labels).some((label) => !/^[a-zA-Z_][a-zA-Z0-9_]*$/.test(label))) return 'invalid label';
    this.texts.push(`${annotations.summary}\n${annotations.description}`);
    this.alerts.set(groupKey, status === 'resolved' ? 'resolved' : 'open');
    return undefined;
  }
}
