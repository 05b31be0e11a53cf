import type { DeviceKind } from '../../../protocol/inventory.ts';
import type { WindowView } from '../../ports.ts';
import { Mark } from '../parts/mark.tsx';
import { tick } from '../state/clock.ts';
import { locale } from '../state/prefs.ts';
import { may } from '../state/session.ts';
import { format, shared } from '../words/index.ts';
import { maintenanceWords } from '../words/maintenance.ts';
import { namePlace } from './places.ts';
import { tellScope, tellSpan, tellWhen } from './told.ts';

export type Settle = (view: WindowView, as: 'end' | 'remove') => void;

/** Windows as a table: what, where, when, who, and what may be done about it. */
export function WindowTable({ windows, onSettle }: { windows: readonly WindowView[]; onSettle: Settle }) {
  const words = maintenanceWords.value;
  return (
    <table class="table stacked windows">
      <thead>
        <tr>
          <th>{words.what}</th>
          <th>{words.where}</th>
          <th>{words.when}</th>
          <th>{words.who}</th>
          <th />
        </tr>
      </thead>
      <tbody>
        {windows.map((view) => (
          <WindowRow key={view.window.id} view={view} onSettle={onSettle} />
        ))}
      </tbody>
    </table>
  );
}

function WindowRow({ view, onSettle }: { view: WindowView; onSettle: Settle }) {
  const words = maintenanceWords.value;
  const { window, standing, stores, by } = view;
  const kindWord = (kind: string) => shared.value.deviceKinds[kind as DeviceKind];
  const places = tellScope(window.scope, { place: namePlace, kind: kindWord }, words, locale.value);
  return (
    <tr id={window.id} data-window={window.id} data-standing={standing}>
      <td>
        <b class="window-title">{window.title}</b> {window.number !== undefined && <code>{window.number}</code>}
        <span class="window-kind" data-kind={window.kind}>
          {window.kind === 'maintenance' ? (
            <Mark as="maintenance">{words.kinds.maintenance}</Mark>
          ) : (
            words.kinds[window.kind]
          )}
        </span>
        <span class="why">{words.whyTold(window.why)}</span>
      </td>
      <td data-label={words.where}>
        <span>
          {places.map((part) => (
            <span key={part} class="window-place">
              {part}
            </span>
          ))}
          <span class="why">{words.stores(stores, format.value.number(stores))}</span>
        </span>
      </td>
      <td data-label={words.when}>
        <When view={view} />
      </td>
      <td data-label={words.who}>
        <span>
          {window.who}
          <span class="why">{words.by(by)}</span>
        </span>
      </td>
      <td class="figures">
        {may('operator') && (
          <span class="buttons">
            {standing === 'now' && (
              <button type="button" class="button" data-testid="end" onClick={() => onSettle(view, 'end')}>
                {words.endNow}
              </button>
            )}
            <button type="button" class="button" data-testid="remove" onClick={() => onSettle(view, 'remove')}>
              {words.removeOne}
            </button>
          </span>
        )}
      </td>
    </tr>
  );
}

function When({ view: { window, standing, from, to } }: { view: WindowView }) {
  const words = maintenanceWords.value;
  const { time, zone } = tellWhen(window, tick.value, words, locale.value);
  const occurs = tellSpan(from, to, window.timeZone, tick.value, locale.value);
  return (
    <span>
      {time}
      <span class="why">{zone}</span>
      {window.repeat !== undefined && standing === 'now' && <span class="why">{words.nowFrom(occurs)}</span>}
      {window.repeat !== undefined && standing === 'coming' && <span class="why">{words.next(occurs)}</span>}
      {window.repeat !== undefined && standing === 'over' && to > 0 && <span class="why">{words.last(occurs)}</span>}
      {standing === 'over' && window.endedAt !== undefined && <span class="why">{words.endedEarly}</span>}
    </span>
  );
}
