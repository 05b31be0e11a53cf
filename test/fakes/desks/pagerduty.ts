import { FakeReceiver } from './fake-receiver.ts';

interface Event {
  routing_key?: string;
  event_action?: string;
  dedup_key?: string;
  payload?: {
    summary?: string;
    source?: string;
    severity?: string;
    timestamp?: string;
    custom_details?: { text: string };
  };
}

/** PagerDuty’s Events API v2, as far as the connector speaks to it. No real account has been asked. */
export class FakePagerDuty extends FakeReceiver {
  readonly mostBytes = 512 * 1024;
  readonly hasKeys = true;
  protected override readonly taken = () =>
    Response.json({ status: 'success', message: 'Event processed', dedup_key: 'x' }, { status: 202 });

  protected take(body: unknown): string | undefined {
    const { routing_key, event_action, dedup_key = '', payload } = body as Event;
    if (routing_key !== 'R'.repeat(32)) return 'invalid routing key';
    if (dedup_key === '' || dedup_key.length > 255) return 'invalid dedup_key';
    if (event_action === 'resolve') {
      this.alerts.set(dedup_key, 'resolved');
      return undefined;
    }
    if (event_action !== 'trigger' && event_action !== 'acknowledge') return 'invalid event_action';
    const { summary = '', source = '', severity = '', timestamp = '', custom_details } = payload ?? {};
    const isWell = summary !== '' && summary.length <= 1_024 && source !== '';
    if (!isWell || !/^(critical|error|warning|info)$/.test(severity)) return 'invalid payload';
    if (Number.isNaN(Date.parse(timestamp))) return 'invalid timestamp';
    this.texts.push(`${summary}\n${custom_details?.text}`);
    const known = this.alerts.get(dedup_key);
    // For what is resolved, and for what it does not know, an acknowledgement is nothing.
    if (event_action === 'trigger') this.alerts.set(dedup_key, known === 'acknowledged' ? known : 'open');
    else if (known !== undefined && known !== 'resolved') this.alerts.set(dedup_key, 'acknowledged');
    return undefined;
  }
}
