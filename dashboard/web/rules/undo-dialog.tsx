import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { RulesEffect } from '../../../protocol/rule-changes.ts';
import { apiPath, type Detail, request } from '../api.ts';
import { Confirm } from '../parts/confirm.tsx';
import { toast } from '../parts/toast.tsx';
import { act } from '../state/acts.ts';
import { ui } from '../words/index.ts';
import { rulePageWords } from '../words/rules.ts';
import { EffectTold } from './effect.tsx';
import { WhyField } from './why-field.tsx';

interface Told {
  revision: number;
  effect: RulesEffect;
}

/** Makes an earlier revision hold again, once its effect was seen and the reason is said. */
export function UndoDialog({
  to,
  newest,
  onClose,
}: {
  to: number;
  newest: number;
  onClose: (isDone: boolean) => void;
}) {
  const words = rulePageWords.value;
  const why = useSignal('');
  const told = useSignal<Told | undefined>(undefined);
  const faults = useSignal<readonly Detail[]>([]);
  const refused = ({ details }: { details: readonly Detail[] }): boolean => {
    faults.value = details;
    return details.length > 0;
  };
  useEffect(() => {
    void act(
      () => request<Told>('POST', apiPath('rules', 'undo'), { to, dryRun: true }),
      (answer) => {
        told.value = answer;
      },
      refused,
    );
  }, []);
  const undo = (): void => {
    const seen = told.peek();
    if (seen === undefined) return;
    void act(
      () => request<Told>('POST', apiPath('rules', 'undo'), { to, why: why.value.trim(), ifRevision: seen.revision }),
      ({ revision }) => {
        toast(words.applied(revision));
        onClose(true);
      },
      refused,
    );
  };
  return (
    <Confirm
      title={to === newest - 1 ? words.undoTitle(newest) : words.backTitle(to)}
      yes={words.undoYes}
      onYes={undo}
      onClose={() => onClose(false)}
    >
      <p>{words.undoMore}</p>
      {told.value === undefined ? (
        faults.value.length === 0 && <i class="bone line" />
      ) : (
        <EffectTold effect={told.value.effect} />
      )}
      {faults.value.length > 0 && (
        <ul class="file-faults" role="alert">
          {faults.value.map(({ path, message }) => (
            <li key={`${path} ${message}`} class="hint fault">
              {ui.value.pair(path, message)}
            </li>
          ))}
        </ul>
      )}
      <WhyField of={why} />
    </Confirm>
  );
}
