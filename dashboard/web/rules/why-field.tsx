import type { Signal } from '@preact/signals';
import { Field } from '../parts/field.tsx';
import { rulePageWords } from '../words/rules.ts';

const LONGEST = 500;

/** Why rules change: it stands in their history. */
export function WhyField({ of }: { of: Signal<string> }) {
  const words = rulePageWords.value;
  return (
    <Field label={words.whyApply}>
      {(id) => (
        <input
          id={id}
          data-testid="why"
          required
          // Blanks are no reason.
          pattern=".*\S.*"
          maxLength={LONGEST}
          autocomplete="off"
          placeholder={words.whyHint}
          value={of.value}
          onInput={(event) => {
            of.value = event.currentTarget.value;
          }}
        />
      )}
    </Field>
  );
}
