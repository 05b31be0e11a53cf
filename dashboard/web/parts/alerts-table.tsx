import { type DeviceKey, nameOf, type StoreKey } from '../../../protocol/names.ts';
import type { AlertView } from '../../../protocol/views.ts';
import { say } from '../../../protocol/words/index.ts';
import { deviceHref, partsOf, storeHref } from '../keys.ts';
import { locale } from '../state/prefs.ts';
import { shared, ui } from '../words/index.ts';
import { Glyph } from './glyph.tsx';
import { Icon } from './icon.tsx';
import { Since } from './since.tsx';
import { entitle, type Titles } from './titles.ts';

/** An alert stands on a device, or on the store of a group of devices. */
const hrefOf = (key: DeviceKey | StoreKey): string =>
  partsOf(key).length === 2 ? storeHref(key as StoreKey) : deviceHref(key as DeviceKey);

/** Alerts as a table: what was seen, on which device, how grave, since when. */
export function AlertsTable({
  alerts,
  titles,
  withDevice = true,
}: {
  alerts: readonly AlertView[];
  titles: Titles;
  withDevice?: boolean;
}) {
  const words = ui.value;
  return (
    <table class="table">
      <thead>
        <tr>
          <th>{words.severity}</th>
          {withDevice && <th>{words.device}</th>}
          <th>{words.reason}</th>
          <th>{words.state}</th>
          <th class="figures">{words.since}</th>
        </tr>
      </thead>
      <tbody>
        {alerts.map((alert) => (
          <tr key={alert.key}>
            <td data-label={words.severity}>
              <span class="badge" data-state={alert.severity === 'critical' ? 'down' : 'degraded'}>
                <Glyph state={alert.severity === 'critical' ? 'down' : 'degraded'} />
                {shared.value.severities[alert.severity]}
              </span>
            </td>
            {withDevice && (
              <td data-label={words.device}>
                <a class="text-link" href={hrefOf(alert.device)}>
                  {titles.get(alert.device as DeviceKey) ?? nameOf(alert.device)}
                </a>
              </td>
            )}
            <td class="reason" data-label={words.reason}>
              {say(locale.value, entitle(alert.reason, titles))}
            </td>
            <td data-label={words.state}>
              <span class="alert-state" data-flapping={alert.flapping}>
                {alert.flapping && <Icon name="wave" />}
                {shared.value.alertStates[alert.flapping ? 'flapping' : alert.state]}
              </span>
            </td>
            <td class="figures" data-label={words.since}>
              <Since at={alert.since} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
