import { useSignal } from '@preact/signals';
import { type Commented, comment } from '../state/acts.ts';
import { ui } from '../words/index.ts';

const LONGEST = 4000;

/** Where somebody says something of an incident, single or major. */
export function Comment({ of, number, reload }: { of: Commented; number: number; reload: () => void }) {
  const text = useSignal('');
  const words = ui.value;
  const submit = (event: Event): void => {
    event.preventDefault();
    const said = text.value.trim();
    if (said === '') return;
    void comment(of, number, said, () => {
      text.value = '';
      reload();
    });
  };
  return (
    <form class="comment" onSubmit={submit}>
      <textarea
        rows={2}
        maxLength={LONGEST}
        aria-label={words.comment}
        placeholder={words.commentHint}
        value={text.value}
        onInput={(event) => {
          text.value = event.currentTarget.value;
        }}
      />
      <button type="submit" class="button" disabled={text.value.trim() === ''}>
        {words.send}
      </button>
    </form>
  );
}
