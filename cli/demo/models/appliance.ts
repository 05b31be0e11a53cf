import type { Point } from '../../../protocol/messages.ts';
import type { CheckStatus } from '../../../protocol/status.ts';
import { activity, flutter, type Model, type Moment, round, trait, uptimeS } from './model.ts';

/** Something that only answers on a port: a printer, a payment terminal. */
export const appliance =
  (port: number, check: string): Model =>
  (moment) => ({
    points: answering(moment, port),
    statuses: [{ check, status: 'ok' }],
  });

/** A UPS says where its power comes from, in the words its protocol has for it. */
export const ups: Model = (moment) => ({ points: answering(moment, 3493), statuses: [power(moment)] });

function power({ condition }: Moment): CheckStatus {
  return condition.onBattery
    ? { check: 'ups:power', status: 'critical', text: 'ups.status=OB DISCHRG' }
    : { check: 'ups:power', status: 'ok', text: 'ups.status=OL' };
}

function answering(moment: Moment, port: number): Point[] {
  const latency = 0.002 + 0.004 * trait(moment, 11) + 0.003 * activity(moment) * (1 + flutter(moment, 12));
  return [
    {
      m: 'net_response',
      t: { port: String(port), protocol: 'tcp', result: 'success' },
      f: { response_time: round(latency, 5), result_code: 0 },
    },
    {
      m: 'http_response',
      t: { method: 'GET', result: 'success' },
      f: {
        response_time: round(latency * 4, 5),
        http_response_code: 200,
        content_length: Math.round(900 + 300 * trait(moment, 13)),
        result_code: 0,
      },
    },
    { m: 'system', f: { uptime: uptimeS(moment) } },
  ];
}
