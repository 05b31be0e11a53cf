import { type Signal, useSignal } from '@preact/signals';
import { useId } from 'preact/hooks';
import { Field } from './field.tsx';
import { Icon } from './icon.tsx';

interface Choices<T extends string> {
  label: string;
  hint: string;
  of: Signal<readonly T[]>;
  /** What somebody wrote; undefined when it names nothing. */
  read: (text: string) => T | undefined;
  tell: (one: T) => string;
  /** The words of the button that takes one away. */
  remove: (name: string) => string;
  /** What the field completes from. */
  options: readonly string[];
  /** Said when what was written names nothing. */
  unknown?: string;
}

/** Several things named one after the other; each can be taken away again. */
export function Choices<T extends string>({ label, hint, of, read, tell, remove, options, unknown }: Choices<T>) {
  const text = useSignal('');
  const isWrong = useSignal(false);
  const list = useId();
  const take = (written: string): void => {
    text.value = written;
    if (written.trim() === '') return;
    const found = read(written);
    isWrong.value = found === undefined;
    if (found === undefined) return;
    if (!of.value.includes(found)) of.value = [...of.value, found];
    text.value = '';
  };
  return (
    <Field label={label}>
      {(id) => (
        <>
          <Chosen of={of} tell={tell} remove={remove} />
          <input
            id={id}
            list={list}
            autocomplete="off"
            placeholder={hint}
            value={text.value}
            aria-invalid={isWrong.value}
            onInput={(event) => {
              text.value = event.currentTarget.value;
              isWrong.value = false;
            }}
            onChange={(event) => take(event.currentTarget.value)}
            onKeyDown={(event) => {
              if (event.key !== 'Enter' || event.currentTarget.value.trim() === '') return;
              event.preventDefault();
              take(event.currentTarget.value);
            }}
          />
          <datalist id={list}>
            {options.map((option) => (
              <option key={option} value={option} />
            ))}
          </datalist>
          {isWrong.value && unknown !== undefined && (
            <p class="hint fault" role="alert">
              {unknown}
            </p>
          )}
        </>
      )}
    </Field>
  );
}

/** What was chosen so far. */
export function Chosen<T extends string>({ of, tell, remove }: Pick<Choices<T>, 'of' | 'tell' | 'remove'>) {
  if (of.value.length === 0) return null;
  return (
    <ul class="chosen">
      {of.value.map((one) => (
        <li key={one}>
          {tell(one)}
          <button
            type="button"
            aria-label={remove(tell(one))}
            onClick={() => {
              of.value = of.value.filter((other) => other !== one);
            }}
          >
            <Icon name="close" />
          </button>
        </li>
      ))}
    </ul>
  );
}
