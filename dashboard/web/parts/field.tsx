import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';

/** A labelled part of a form; what goes into it is given its id. */
export function Field({ label, children }: { label: string; children: (id: string) => ComponentChildren }) {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {children(id)}
    </div>
  );
}

/** A yes or no with its words behind it. */
export function Tick({ label, of }: { label: string; of: { value: boolean } }) {
  return (
    <label class="tick">
      <input
        type="checkbox"
        checked={of.value}
        onChange={(event) => {
          of.value = event.currentTarget.checked;
        }}
      />
      {label}
    </label>
  );
}
