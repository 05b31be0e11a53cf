import { useSignal } from '@preact/signals';
import type { ReviewNotes } from '../../../protocol/reviews.ts';
import { apiPath, request } from '../api.ts';
import { toast } from '../parts/toast.tsx';
import { act } from '../state/acts.ts';
import { reviewWords } from '../words/review.ts';
import { writeDate } from '../words/times.ts';

const LONGEST = 20_000;

/** What the team writes beside the facts: over what this reader has read, never over somebody else’s newer words. */
export function ReviewNotesField({
  number,
  notes,
  reload,
}: {
  number: number;
  notes: ReviewNotes | undefined;
  reload: () => void;
}) {
  /** Undefined until something is typed: then what is read anew in between does not replace it. */
  const draft = useSignal<{ text: string; over: number } | undefined>(undefined);
  const words = reviewWords.value;
  const submit = (event: Event): void => {
    event.preventDefault();
    const now = draft.value;
    if (now === undefined) return;
    void act(
      () =>
        request<ReviewNotes>('PUT', `${apiPath('majors', number)}/review/notes`, {
          text: now.text,
          revision: now.over,
        }),
      () => {
        draft.value = undefined;
        toast(words.page.written);
        reload();
      },
    );
  };
  return (
    <form class="review-notes" onSubmit={submit}>
      <textarea
        rows={8}
        maxLength={LONGEST}
        aria-label={words.notes}
        placeholder={words.page.hint}
        data-testid="review-notes"
        value={draft.value?.text ?? notes?.text ?? ''}
        onInput={(event) => {
          draft.value = { text: event.currentTarget.value, over: draft.value?.over ?? notes?.revision ?? 0 };
        }}
      />
      <p class="review-notes-foot">
        <button type="submit" class="button primary" disabled={draft.value === undefined}>
          {words.page.write}
        </button>
        {notes && <span class="quiet">{words.notesBy(notes.by, writeDate(notes.at))}</span>}
      </p>
    </form>
  );
}
