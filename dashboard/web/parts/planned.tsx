import type { Reason } from '../../../protocol/reasons.ts';
import { say } from '../../../protocol/words/index.ts';
import { locale } from '../state/prefs.ts';
import { ui } from '../words/index.ts';
import { Mark } from './mark.tsx';

/** Leads to the window a reason names. */
export function CalendarLink({ of: { params } }: { of: Reason }) {
  return (
    <a class="text-link" href={`/maintenance#${params?.id ?? ''}`}>
      {ui.value.planned.more}
    </a>
  );
}

/** The planned work an incident stands in, and the changes that may have caused it. */
export function Planned({ now, suspects = [] }: { now: Reason | undefined; suspects: readonly Reason[] | undefined }) {
  if (now === undefined && suspects.length === 0) return null;
  const { planned } = ui.value;
  const told = [
    ...(now === undefined ? [] : [{ reason: now, as: 'maintenance', word: planned.now } as const]),
    ...suspects.map((reason) => ({ reason, as: 'degraded', word: planned.suspect }) as const),
  ];
  return (
    <ul class="planned" data-testid="planned">
      {told.map(({ reason, as, word }) => (
        <li key={`${as} ${reason.params?.id}`} data-as={as}>
          <Mark as={as}>{word}</Mark>
          <span>{say(locale.value, reason)}</span> <CalendarLink of={reason} />
        </li>
      ))}
    </ul>
  );
}
