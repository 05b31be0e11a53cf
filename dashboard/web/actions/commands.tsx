import type { DeviceState } from '../../../protocol/views.ts';
import type { AllowedActionView, CommandView } from '../../ports.ts';
import { Mark } from '../parts/mark.tsx';
import { Since } from '../parts/since.tsx';
import { tick } from '../state/clock.ts';
import { locale } from '../state/prefs.ts';
import { actionWords } from '../words/actions.ts';
import { format, shared, ui } from '../words/index.ts';
import { writeDate } from '../words/times.ts';
import { Output } from './output.tsx';

export const COMMAND_MARKS: Record<CommandView['state'], DeviceState> = {
  sent: 'up',
  done: 'up',
  failed: 'down',
  refused: 'degraded',
  unanswered: 'blind',
};

/** Whoever asked so lately still waits for what it printed. */
const FRESH_MS = 600_000;

/** Commands and what became of each, newest first. */
export function Commands({
  commands,
  allowed,
}: {
  commands: readonly CommandView[];
  allowed: readonly AllowedActionView[];
}) {
  const titles = new Map(allowed.map(({ name, title }) => [name, title]));
  return (
    <ol class="commands" data-testid="commands">
      {commands.map((command) => (
        <Command
          key={`${command.id}${command.at}`}
          command={command}
          title={titles.get(command.action ?? '')?.[locale.value] ?? command.action}
        />
      ))}
    </ol>
  );
}

function Command({ command, title }: { command: CommandView; title: string | undefined }) {
  const words = actionWords.value;
  const { state, at, asked, args = {}, by, why = '', incident, fault, refusedAgainAt, reply } = command;
  const chosen = Object.values(args).join(', ');
  const told = reply?.refusal === undefined ? undefined : shared.value.refusals[reply.refusal];
  return (
    <li data-command={command.id} data-state={state}>
      <p class="command-head">
        <b>{title ?? words.unasked}</b>
        {chosen !== '' && <code>{chosen}</code>}
        <Mark as={COMMAND_MARKS[state]}>{shared.value.commandStates[state]}</Mark>
        {reply?.durationMs !== undefined && (
          <span class="quiet">{words.lasted(format.value.duration(reply.durationMs / 1000))}</span>
        )}
        <Since at={at} />
      </p>
      <p class="quiet">
        {asked ? words.byFor(by ?? '', why) : words.unaskedMore}
        {incident !== undefined && (
          <>
            {' · '}
            <a class="text-link" href={`/incidents/${incident}`}>
              {words.forIncident(incident)}
            </a>
          </>
        )}
      </p>
      {(told ?? reply?.error ?? fault) !== undefined && (
        <p class="command-fault">
          {[told, reply?.error ?? (fault && ui.value.pair(words.faults, fault))].filter(Boolean).join('\u00a0— ')}
        </p>
      )}
      {reply !== undefined && (
        <Output before={reply.before} after={reply.after} output={reply.output} isOpen={tick.value - at < FRESH_MS} />
      )}
      {refusedAgainAt !== undefined && <p class="quiet">{words.refusedAgain(writeDate(refusedAgainAt))}</p>}
    </li>
  );
}
