import type { MajorView } from '../protocol/majors.ts';
import type { IncidentView } from '../protocol/views.ts';
import { isOver } from '../protocol/weights.ts';
import type { Handling } from './engine/routing/routing.ts';

/**
 * An incident with what is done about it; what is over keeps what was done. `isTold`: somebody knows of it already, so that
 * quiet hours come too late. `isNews`: there is something to tell.
 */
export function handle(
  { model: _, category: __, team: ___, onCall: ____, quietUntil: _____, ...view }: IncidentView,
  past: IncidentView | undefined,
  handling: Handling,
  { isTold, isNews }: { isTold: boolean; isNews: boolean },
): { view: IncidentView; isQuiet: boolean } {
  const isLive = !isOver(view.state);
  const quietUntil = isTold || !(isNews || past?.quietUntil !== undefined) ? undefined : handling.quietUntil;
  const digest = past?.digest ?? (isNews ? handling.digest : undefined);
  const handled = {
    ...handledOf(isLive ? handling : (past ?? handling)),
    ...(isLive && quietUntil !== undefined && { quietUntil }),
    ...(digest && { digest }),
  };
  return { view: { ...view, ...handled }, isQuiet: quietUntil !== undefined };
}

/** The same of a major incident, which never waits. */
export function handleMajor(view: MajorView, handling: Handling): MajorView {
  const { model: _, ...handled } = handledOf(handling);
  return { ...view, ...handled };
}

const handledOf = ({
  model,
  category,
  team,
  onCall,
}: Pick<IncidentView, 'model' | 'category' | 'team' | 'onCall'>) => ({
  ...(model && { model }),
  ...(category !== undefined && { category }),
  ...(team !== undefined && { team }),
  ...(onCall !== undefined && { onCall }),
});
