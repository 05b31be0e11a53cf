import { FakeReceiver } from './fake-receiver.ts';

interface Event {
  [field: string]: unknown;
  message_key?: string;
  severity?: string;
  source?: string;
  time_of_event?: string;
  additional_info?: unknown;
  description?: string;
}

/** ServiceNow’s event table, as far as the connector speaks to it. No real instance has been asked. */
export class FakeServiceNowEvents extends FakeReceiver {
  readonly mostBytes = 1024 * 1024;
  readonly hasKeys = true;
  protected override readonly taken = () => Response.json({ result: { sys_id: 'e1' } }, { status: 201 });

  protected take(body: unknown, request: Request, url: URL): string | undefined {
    if (url.pathname !== '/api/now/table/em_event') return 'no such table';
    if (request.headers.get('authorization') !== `Basic ${btoa('vigie:a-password')}`) return 'not authenticated';
    const {
      message_key = '',
      severity = '',
      source = '',
      time_of_event = '',
      additional_info,
      description,
    } = body as Event;
    if (message_key === '' || source === '' || source.length > 100) return 'invalid event';
    if (!/^[0-4]$/.test(severity)) return 'invalid severity';
    if (!/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/.test(time_of_event)) return 'invalid time_of_event';
    if (typeof additional_info !== 'string') return 'additional_info is not a text';
    const { text, state } = JSON.parse(additional_info) as { text: string; state: string };
    this.texts.push(`${description}\n${text}`);
    const isTaken = state !== 'new';
    this.alerts.set(message_key, severity === '0' ? 'resolved' : isTaken ? 'acknowledged' : 'open');
    return undefined;
  }
}
