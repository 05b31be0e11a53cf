import { signal, useComputed } from '@preact/signals';
import type { RulesEffect } from '../../../protocol/rule-changes.ts';
import type { RulesInForce } from '../../ports.ts';
import { type ApiError, apiPath, request } from '../api.ts';
import { toast } from '../parts/toast.tsx';
import { act } from '../state/acts.ts';
import { tick } from '../state/clock.ts';
import { useResource } from '../state/resource.ts';
import { may } from '../state/session.ts';
import { rulePageWords } from '../words/rules.ts';
import { draft, draftFaults, isTooLong } from './draft.ts';
import { DraftField } from './draft-field.tsx';
import { EffectTold } from './effect.tsx';
import { TextChanges } from './text-changes.tsx';
import { WhyField } from './why-field.tsx';

interface Told {
  revision: number;
  effect: RulesEffect;
}

const MINUTE_MS = 60_000;

/** What the draft would do, and of which text that is. Kept, like the draft, while somebody looks elsewhere. */
const seen = signal<(Told & { text: string }) | undefined>(undefined);
const why = signal('');

/** Tries other rules: what changes in the text, what that would do, and then, with a reason, lets them hold. */
export function ChangeView() {
  const words = rulePageWords.value;
  const { data: now, reload } = useResource<RulesInForce>(
    () => apiPath('rules'),
    useComputed(() => Math.floor(tick.value / MINUTE_MS)),
  );
  const text = draft.value;
  const isWritten = text.trim() !== '';
  const isSame = now !== undefined && text === now.text;
  return (
    <div class="column" data-testid="rules-change">
      <section class="card">
        <DraftField />
        {may('operator') ? (
          <div class="buttons draft-buttons">
            <button
              type="button"
              class="button primary"
              data-testid="dry-run"
              disabled={!isWritten}
              onClick={() => void lookAtEffect()}
            >
              {words.dryRun}
            </button>
            <a class="button" href="/rules/backtest">
              {words.replay}
            </a>
          </div>
        ) : (
          <p class="quiet draft-note">{words.operators}</p>
        )}
      </section>
      {seen.value !== undefined && may('operator') && <Effect of={seen.value} onApplied={reload} />}
      {isWritten && now !== undefined && (
        <section class="card" data-testid="draft-diff">
          <h2>{words.textChanges}</h2>
          {isSame ? <p class="quiet">{words.same}</p> : <TextChanges before={now.text} after={text} />}
        </section>
      )}
    </div>
  );
}

async function lookAtEffect(): Promise<void> {
  const text = draft.peek();
  if (isTooLong(text)) return toast(rulePageWords.peek().tooLarge, true);
  await act(
    () => request<Told>('POST', apiPath('rules'), { text, dryRun: true }),
    (told) => {
      draftFaults.value = undefined;
      seen.value = { ...told, text };
      // It stands below a long text; what it says is wanted now.
      requestAnimationFrame(() => document.querySelector('#draft-effect')?.scrollIntoView({ block: 'start' }));
    },
    (error) => {
      seen.value = undefined;
      return refuse(error, text);
    },
  );
}

/** Faults stand beside the text; that somebody was faster is said in passing, and the effect is to be looked at again. */
function refuse({ code, details }: ApiError, text: string): boolean {
  if (code === 'rules-changed') {
    toast(rulePageWords.peek().changedMeanwhile, true);
    seen.value = undefined;
    return true;
  }
  draftFaults.value = details.length > 0 ? { text, faults: details } : undefined;
  return details.length > 0;
}

function Effect({ of, onApplied }: { of: Told & { text: string }; onApplied: () => void }) {
  const words = rulePageWords.value;
  const isOld = of.text !== draft.value;
  const apply = (event: Event): void => {
    event.preventDefault();
    const wish = { text: of.text, why: why.value.trim(), ifRevision: of.revision };
    void act(
      () => request<Told>('POST', apiPath('rules'), wish),
      ({ revision }) => {
        toast(words.applied(revision));
        seen.value = undefined;
        why.value = '';
        onApplied();
      },
      (error) => refuse(error, of.text),
    );
  };
  return (
    <section id="draft-effect" class="card" data-testid="draft-effect" data-old={isOld}>
      <h2>{words.effect}</h2>
      <EffectTold effect={of.effect} />
      {isOld ? (
        <p class="hint fault" role="status">
          {words.effectOld}
        </p>
      ) : (
        <form class="form apply-form" onSubmit={apply}>
          <WhyField of={why} />
          <div class="buttons">
            <button type="submit" class="button danger" data-testid="apply">
              {words.apply}
            </button>
            <span class="quiet">{words.effectMore}</span>
          </div>
        </form>
      )}
    </section>
  );
}
