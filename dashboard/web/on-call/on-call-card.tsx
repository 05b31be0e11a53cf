import { useComputed, useSignal } from '@preact/signals';
import type { DutyView, RotaView } from '../../ports.ts';
import { apiPath, request } from '../api.ts';
import { toast } from '../parts/toast.tsx';
import { act } from '../state/acts.ts';
import { tick } from '../state/clock.ts';
import { useReading } from '../state/resource.ts';
import { may } from '../state/session.ts';
import { format } from '../words/index.ts';
import { onCallWords } from '../words/on-call.ts';
import { ImportRota } from './import-rota.tsx';

const REREAD_MS = 60_000;

/** Who is on call, by each calendar that was imported. */
export function OnCallCard() {
  const words = onCallWords.value;
  const importing = useSignal(false);
  const { data, reload } = useReading(
    () => request<{ calendars: RotaView[] }>('GET', apiPath('on-call')),
    useComputed(() => Math.floor(tick.value / REREAD_MS)),
  );
  if (data === undefined) return null;
  const remove = (name: string): Promise<void> =>
    act(
      () => request('DELETE', apiPath('on-call', name)),
      () => {
        toast(words.removed);
        reload();
      },
    );
  return (
    <section class="card" data-testid="on-call">
      <h2>{words.title}</h2>
      {data.calendars.length === 0 && <p class="quiet">{words.none}</p>}
      {data.calendars.length > 0 && (
        <table class="table stacked">
          <tbody>
            {data.calendars.map(({ name, timeZone, now, next }) => (
              <tr key={name} data-rota={name}>
                <td>
                  <b>{name}</b>
                </td>
                <td>
                  <Duty now={now} next={next} timeZone={timeZone} />
                </td>
                <td class="figures">
                  {may('operator') && (
                    <button type="button" class="button" onClick={() => void remove(name)}>
                      {words.remove}
                    </button>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {may('operator') && (
        <div class="buttons">
          <button
            type="button"
            class="button"
            data-testid="import-rota"
            onClick={() => {
              importing.value = true;
            }}
          >
            {words.import}
          </button>
        </div>
      )}
      {importing.value && (
        <ImportRota
          onClose={(isDone) => {
            importing.value = false;
            if (isDone) reload();
          }}
        />
      )}
    </section>
  );
}

function Duty({ now, next, timeZone }: { now: DutyView | undefined; next: DutyView | undefined; timeZone: string }) {
  const words = onCallWords.value;
  const when = (at: number) => format.value.dateTime(at, timeZone);
  return (
    <span>
      {now ? (
        <>
          <b>{now.who}</b> {words.until(when(now.to))}
        </>
      ) : (
        words.nobody
      )}
      {next && <span class="why">{words.next(next.who, when(next.from))}</span>}
    </span>
  );
}
