import { signal } from '@preact/signals';

const shownMs = 5_000;
const message = signal<{ text: string; fault: boolean } | undefined>(undefined);
let clear: ReturnType<typeof setTimeout> | undefined;

/** Says in passing how something turned out. */
export function toast(text: string, fault = false): void {
  message.value = { text, fault };
  clearTimeout(clear);
  clear = setTimeout(() => {
    message.value = undefined;
  }, shownMs);
}

/** Where it is said; heard by screen readers too. */
export function Toast() {
  const now = message.value;
  return (
    <div class="toast-place" role="status" data-testid="toast">
      {now !== undefined && <p class={now.fault ? 'toast fault' : 'toast'}>{now.text}</p>}
    </div>
  );
}
