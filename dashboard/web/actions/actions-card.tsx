import { useSignal } from '@preact/signals';
import type { DeviceKey } from '../../../protocol/names.ts';
import type { AllowedActionView } from '../../ports.ts';
import { Card } from '../parts/page-head.tsx';
import { Trouble } from '../parts/trouble.tsx';
import { locale } from '../state/prefs.ts';
import { may } from '../state/session.ts';
import { actionWords } from '../words/actions.ts';
import { format } from '../words/index.ts';
import { ActDialog } from './act-dialog.tsx';
import { Commands } from './commands.tsx';
import { useActions } from './use-actions.ts';

const AT_FIRST = 3;

/**
 * What a device may be told to do, and what it was told.
 * @param suggested names of those that a model of the incident holds ready: they stand first.
 * @param incident the one this is shown beside: it is what an action is asked for, and its own actions are told elsewhere.
 */
export function ActionsCard({
  device,
  title,
  incident,
  suggested = [],
  onAsked,
}: {
  device: DeviceKey;
  title: string;
  incident?: number;
  suggested?: readonly string[];
  onAsked?: () => void;
}) {
  const { data, error, reload } = useActions(device);
  const words = actionWords.value;
  const asking = useSignal<AllowedActionView | undefined>(undefined);
  const isWhole = useSignal(false);
  // A device nobody may tell anything, and nobody did, has nothing to show.
  if (data === undefined && (error === undefined || error.status === 404)) return null;
  if (data?.allowed.length === 0 && (incident !== undefined || data.commands.length === 0)) return null;
  if (data === undefined) {
    return <Card title={words.actions}>{error !== undefined && <Trouble error={error} retry={reload} />}</Card>;
  }
  const { online, allowed, commands } = data;
  const readyFirst = (a: AllowedActionView, b: AllowedActionView) =>
    Number(suggested.includes(b.name)) - Number(suggested.includes(a.name));
  const shown = isWhole.value ? commands : commands.slice(0, AT_FIRST);
  return (
    <section class="card" data-testid="actions">
      <h2>{incident === undefined ? words.actions : `${words.actions}, ${title}`}</h2>
      {allowed.length === 0 ? (
        <p class="quiet">{words.none}</p>
      ) : (
        may('operator') && (
          <div class="buttons">
            {[...allowed].sort(readyFirst).map((action) => (
              <button
                key={action.name}
                type="button"
                class={suggested.includes(action.name) ? 'button primary' : 'button'}
                data-testid={`action-${action.name}`}
                disabled={!online}
                title={action.name}
                onClick={() => {
                  asking.value = action;
                }}
              >
                {labelOf(action, allowed)}
              </button>
            ))}
          </div>
        )
      )}
      {!online && allowed.length > 0 && <p class="hint">{words.offline}</p>}
      {incident === undefined && commands.length > 0 && (
        <>
          <h3>{words.past}</h3>
          <Commands commands={shown} allowed={allowed} />
          {commands.length > shown.length && (
            <button
              type="button"
              class="button more"
              onClick={() => {
                isWhole.value = true;
              }}
            >
              {words.showAll(format.value.number(commands.length))}
            </button>
          )}
        </>
      )}
      {asking.value !== undefined && (
        <ActDialog
          device={device}
          deviceTitle={title}
          action={asking.value}
          incident={incident}
          onClose={(isAsked) => {
            asking.value = undefined;
            if (!isAsked) return;
            reload();
            onAsked?.();
          }}
        />
      )}
    </section>
  );
}

/** What an action does, with what tells it from another that does the same. */
function labelOf(action: AllowedActionView, allowed: readonly AllowedActionView[]): string {
  const title = action.title[locale.value];
  const only = Object.values(action.args).flatMap((values) => (values.length === 1 ? values : []));
  const isAlone = allowed.filter(({ type }) => type === action.type).length === 1;
  return isAlone ? title : `${title} (${only.join(', ') || action.name})`;
}
