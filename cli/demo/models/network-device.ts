import type { Point } from '../../../protocol/messages.ts';
import { activity, counted, flutter, type Model, type Moment, percent, trait, uptimeS } from './model.ts';

interface Interface {
  name: string;
  bytesPerS: number;
}

/** A router, a switch or an access point; the first interface leads to the network above. */
export const networkDevice =
  (interfaces: readonly [Interface, ...Interface[]]): Model =>
  (moment) => ({
    points: [
      {
        m: 'cpu',
        t: { cpu: 'cpu-total' },
        f: { usage_active: percent(6 + 5 * trait(moment, 11) + 18 * activity(moment) + 3 * flutter(moment, 12)) },
      },
      { m: 'mem', f: { used_percent: percent(38 + 14 * trait(moment, 21) + flutter(moment, 22)) } },
      { m: 'system', f: { uptime: uptimeS(moment) } },
      ...interfaces.map((each, i) => traffic(moment, each, i === 0)),
    ],
    statuses: [uplink(moment, interfaces[0].name)],
  });

function traffic(moment: Moment, { name, bytesPerS }: Interface, above: boolean): Point {
  return {
    m: 'net',
    t: { interface: name },
    f: {
      bytes_recv: counted(moment, bytesPerS),
      bytes_sent: counted(moment, bytesPerS * 0.4),
      err_in: counted(moment, above ? 0.0002 : 0.00001),
      drop_out: counted(moment, 0.0003),
    },
  };
}

/** In the equipment’s own words, which are the same in every language. */
function uplink(moment: Moment, port: string) {
  return moment.condition.uplinkDown
    ? ({ check: 'net:uplink', status: 'critical', text: `${port} ifOperStatus=down(2)` } as const)
    : ({ check: 'net:uplink', status: 'ok' } as const);
}
