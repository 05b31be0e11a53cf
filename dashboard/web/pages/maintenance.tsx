import { useComputed, useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { WindowStanding, WindowView } from '../../ports.ts';
import { apiPath, request } from '../api.ts';
import { AnnounceForm } from '../maintenance/announce-form.tsx';
import { FeedDialog, ImportDialog } from '../maintenance/calendar-dialogs.tsx';
import { SettleDialog } from '../maintenance/settle-dialog.tsx';
import { type Settle, WindowTable } from '../maintenance/window-table.tsx';
import { Blank } from '../parts/blank.tsx';
import { PageHead } from '../parts/page-head.tsx';
import { Trouble } from '../parts/trouble.tsx';
import { act } from '../state/acts.ts';
import { tick } from '../state/clock.ts';
import { useResource } from '../state/resource.ts';
import { may } from '../state/session.ts';
import { format, ui } from '../words/index.ts';
import { maintenanceWords } from '../words/maintenance.ts';
import { Skeleton } from './skeleton.tsx';

type Open =
  | { dialog: 'announce' | 'import' }
  | { dialog: 'feed'; path: string }
  | { dialog: 'end' | 'remove'; view: WindowView };

const MINUTE_MS = 60_000;
const PAST_AT_FIRST = 20;

/** Maintenance windows and the change calendar: what is under way, what comes, what is past. */
export function MaintenancePage() {
  const words = maintenanceWords.value;
  const open = useSignal<Open | undefined>(undefined);
  const { data, error, reload } = useResource<{ windows: WindowView[] }>(
    () => apiPath('maintenance'),
    useComputed(() => Math.floor(tick.value / MINUTE_MS)),
  );
  const close = (isDone = false): void => {
    open.value = undefined;
    if (isDone) reload();
  };
  const subscribe = (): Promise<void> =>
    act(
      () => request<{ path: string }>('GET', apiPath('maintenance', 'feed')),
      ({ path }) => {
        open.value = { dialog: 'feed', path };
      },
    );
  const now = open.value;
  return (
    <div class="page" data-testid="maintenance-page">
      <PageHead trail={[{ href: '/', label: ui.value.wall }]} title={ui.value.maintenance}>
        <p class="quiet">{words.lead}</p>
        {may('operator') && (
          <div class="buttons">
            <button
              type="button"
              class="button primary"
              data-testid="announce-open"
              onClick={() => {
                open.value = { dialog: 'announce' };
              }}
            >
              {words.announce}
            </button>
            <button
              type="button"
              class="button"
              data-testid="import-open"
              onClick={() => {
                open.value = { dialog: 'import' };
              }}
            >
              {words.importOne}
            </button>
            <button type="button" class="button" data-testid="feed-open" onClick={() => void subscribe()}>
              {words.subscribe}
            </button>
          </div>
        )}
      </PageHead>
      {data === undefined && error === undefined && <Skeleton />}
      {data === undefined && error !== undefined && <Trouble error={error} retry={reload} />}
      {data !== undefined && (
        <Windows
          windows={data.windows}
          onSettle={(view, as) => {
            open.value = { dialog: as, view };
          }}
        />
      )}
      {now?.dialog === 'announce' && <AnnounceForm onClose={close} />}
      {now?.dialog === 'import' && <ImportDialog onClose={close} />}
      {now?.dialog === 'feed' && <FeedDialog path={now.path} onClose={close} />}
      {(now?.dialog === 'end' || now?.dialog === 'remove') && (
        <SettleDialog window={now.view.window} as={now.dialog} onClose={close} />
      )}
    </div>
  );
}

function Windows({ windows, onSettle }: { windows: readonly WindowView[]; onSettle: Settle }) {
  const words = maintenanceWords.value;
  useEffect(() => {
    // The address may name a window: an incident leads to what may have caused it.
    document.getElementById(location.hash.slice(1))?.scrollIntoView({ block: 'center' });
  }, []);
  if (windows.length === 0) return <Blank kind="empty" title={words.none} more={words.noneMore} />;
  const byStanding = Map.groupBy(windows, ({ standing }) => standing);
  return (
    <>
      {(['now', 'coming', 'over'] as const).map((standing) => (
        <Section key={standing} standing={standing} windows={byStanding.get(standing) ?? []} onSettle={onSettle} />
      ))}
    </>
  );
}

function Section({
  standing,
  windows,
  onSettle,
}: {
  standing: WindowStanding;
  windows: readonly WindowView[];
  onSettle: Settle;
}) {
  const words = maintenanceWords.value;
  // What the address names must be there to be led to.
  const named = windows.findIndex(({ window }) => window.id === location.hash.slice(1));
  const isWhole = useSignal(standing !== 'over' || named >= PAST_AT_FIRST);
  if (standing === 'over' && windows.length === 0) return null;
  const shown = isWhole.value ? windows : windows.slice(0, PAST_AT_FIRST);
  return (
    <section class="card" data-testid={`windows-${standing}`}>
      <h2>{words.sections[standing]}</h2>
      {windows.length === 0 ? (
        <p class="quiet">{words.nothing[standing]}</p>
      ) : (
        <WindowTable windows={shown} onSettle={onSettle} />
      )}
      {shown.length < windows.length && (
        <button
          type="button"
          class="button more"
          onClick={() => {
            isWhole.value = true;
          }}
        >
          {words.allOver(format.value.number(windows.length))}
        </button>
      )}
    </section>
  );
}
