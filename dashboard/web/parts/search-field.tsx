import type { Signal } from '@preact/signals';
import { Icon } from './icon.tsx';

/** A search of the page’s own: `/` leads to it, Escape empties it. */
export function SearchField({
  of,
  label,
  hint,
  onInput,
}: {
  of: Signal<string>;
  label: string;
  hint: string;
  onInput?: () => void;
}) {
  const take = (text: string): void => {
    of.value = text;
    onInput?.();
  };
  return (
    <label class="search wide-search">
      <Icon name="search" />
      <input
        id="search"
        type="search"
        aria-label={label}
        placeholder={hint}
        autocomplete="off"
        spellcheck={false}
        value={of.value}
        onInput={(event) => take(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return;
          event.preventDefault();
          take('');
          event.currentTarget.blur();
        }}
      />
      <kbd>/</kbd>
    </label>
  );
}
