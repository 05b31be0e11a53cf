import type { StateStore } from '../../collector/ports.ts';
import type { LeftAlert, OutsideAlertPort, ToldAlert } from '../../dashboard/ports/outside-alerts.ts';
import type { Chain } from '../../protocol/inventory.ts';
import { type DeviceKey, deviceKey } from '../../protocol/names.ts';
import type { CheckStatus, Status } from '../../protocol/status.ts';
import { tellHearsay } from './hearsay.ts';
import type { Served } from './served.ts';

/** What is not told again for so long is over: Alertmanager repeats what fires, every four hours unless told otherwise. */
const STANDS_MS = 24 * 3_600_000;
const LOOK_EVERY_MS = 60_000;
/** Messages that overtake one another do so within this. */
const LATE_MS = 5 * 60_000;
const ENDED_AT_ONCE = 200;
const MOST_LEFT = 50;
const CHECK_LENGTH = 128;
const TEXT_LENGTH = 512;

/** What Prometheus finds becomes the status of a check of the device it is about, judged like any other. */
export function createOutsideAlerts({
  state,
  chains,
  served,
  onLeft,
  onTrouble,
  now,
}: {
  state: Pick<StateStore, 'outsideAlerts'>;
  chains: () => readonly Chain[];
  served: Pick<Served, 'submit' | 'wakeOutbox' | 'isInCharge'>;
  /** Alerts that are about no device of ours. */
  onLeft: (left: LeftAlert) => void;
  onTrouble: (error: Error) => void;
  now: () => number;
}) {
  const { outsideAlerts } = state;
  let timer: NodeJS.Timeout | undefined;

  /** The devices there are now, and those at each address. */
  function lookUp() {
    const byHost = new Map<string, DeviceKey[]>();
    const all = new Set<string>();
    for (const { name, stores } of chains()) {
      for (const store of stores) {
        for (const device of store.devices) {
          const key = deviceKey(name, store.name, device.name);
          all.add(key);
          for (const host of new Set([device.attributes?.address, device.attributes?.host])) {
            if (host) byHost.set(host.toLowerCase(), [...(byHost.get(host.toLowerCase()) ?? []), key]);
          }
        }
      }
    }
    return { byHost, all };
  }

  /** By its name with us, by the three names that make it, or by its address. */
  function deviceOf({ labels }: ToldAlert, { all, byHost }: ReturnType<typeof lookUp>): DeviceKey | LeftAlert['why'] {
    const { vigie_device: whole, chain, store, device, instance = '' } = labels;
    const named = whole ?? (chain && store && device ? `${chain}/${store}/${device}` : undefined);
    if (named !== undefined) return all.has(named) ? (named as DeviceKey) : 'no-device';
    const [one, ...more] = byHost.get(hostOf(instance)) ?? [];
    if (!one) return 'no-device';
    return more.length > 0 ? 'several-devices' : one;
  }

  const tell = (device: DeviceKey, statuses: CheckStatus[]): Promise<void> =>
    tellHearsay(served, device, statuses, now());

  /**
   * Of two words on one alert the later beginning counts, and of one beginning its end. But an Alertmanager that has lost its
   * Prometheus for a while ends what goes on, and then tells it with its old beginning: well after an end that is no late word.
   */
  async function isNews(device: DeviceKey, check: string, { startsAt, status }: ToldAlert): Promise<boolean> {
    const before = await outsideAlerts.get(device, check);
    if (!before || startsAt > before.startsAt) return true;
    if (startsAt < before.startsAt) return false;
    return before.isFiring || status === 'resolved' || now() - before.heardAt > LATE_MS;
  }

  /** Judged first: a word that is kept is one that counts. */
  async function takeOf(device: DeviceKey, alerts: readonly ToldAlert[]): Promise<void> {
    const fresh = new Map<string, ToldAlert>();
    for (const alert of alerts) {
      const check = checkOf(alert);
      const twin = fresh.get(check);
      const isOlder =
        twin && (twin.startsAt > alert.startsAt || (twin.startsAt === alert.startsAt && twin.status === 'resolved'));
      if (!isOlder && (await isNews(device, check, alert))) fresh.set(check, alert);
    }
    if (fresh.size === 0) return;
    await tell(
      device,
      [...fresh].map(([check, alert]) => ({ check, status: statusOf(alert), text: textOf(alert) })),
    );
    for (const [check, { startsAt, status }] of fresh) {
      await outsideAlerts.put({ device, check, startsAt, isFiring: status === 'firing', heardAt: now() });
    }
  }

  async function endOld(): Promise<void> {
    if (!served.isInCharge) return;
    const { all } = lookUp();
    for (const { device, check, isFiring } of await outsideAlerts.heardBefore(now() - STANDS_MS, ENDED_AT_ONCE)) {
      if (isFiring && all.has(device)) await tell(device, [{ check, status: 'ok' }]);
      await outsideAlerts.forget(device, check);
    }
  }

  const port: OutsideAlertPort = {
    async take(alerts) {
      const left: LeftAlert[] = [];
      const byDevice = new Map<DeviceKey, ToldAlert[]>();
      const known = lookUp();
      for (const alert of alerts) {
        const device = deviceOf(alert, known);
        if (device === 'no-device' || device === 'several-devices') {
          left.push({ alert: alert.labels.alertname ?? alert.fingerprint, why: device });
        } else byDevice.set(device, [...(byDevice.get(device) ?? []), alert]);
      }
      for (const [device, ofIt] of byDevice) await takeOf(device, ofIt);
      for (const one of left.slice(0, MOST_LEFT)) onLeft(one);
      return { taken: alerts.length - left.length, left: left.slice(0, MOST_LEFT) };
    },
  };
  return {
    port,
    endOld,
    start(): void {
      timer = setInterval(() => void endOld().catch(onTrouble), LOOK_EVERY_MS);
    },
    close: () => clearInterval(timer),
  };
}

/** Without its port: `10.1.2.3:9100`, `[::1]:9100`, `till-3.example`. */
const hostOf = (instance: string): string =>
  instance
    .replace(/:\d+$/, '')
    .replace(/^\[(.*)\]$/, '$1')
    .toLowerCase();

/** Two alerts of one name on one device are two checks. */
const checkOf = ({ labels, fingerprint }: ToldAlert): string =>
  `alertmanager:${(labels.alertname ?? 'alert').slice(0, CHECK_LENGTH - 24)}:${fingerprint.slice(0, 8)}`;

function statusOf({ status, labels }: ToldAlert): Status {
  if (status === 'resolved') return 'ok';
  return /^(critical|page|emergency|disaster)$/i.test(labels.severity ?? '') ? 'critical' : 'warning';
}

function textOf({ annotations, labels }: ToldAlert): string {
  const said = annotations.summary || annotations.description || annotations.message || labels.alertname || '';
  return said
    .replaceAll(/[\s\p{Cc}]+/gu, ' ')
    .trim()
    .slice(0, TEXT_LENGTH);
}
