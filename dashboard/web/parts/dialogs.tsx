import { signal, useSignal } from '@preact/signals';
import { ApiError } from '../api.ts';
import { signIn, signInAsked } from '../state/session.ts';
import { ui } from '../words/index.ts';
import { Modal } from './modal.tsx';

/** Whether the keys are shown. */
export const keysShown = signal(false);

/** The keys of the wall. */
export function KeysDialog() {
  if (!keysShown.value) return null;
  const { keys, keyNames, keyWords } = ui.value;
  const rows: [string[], string][] = [
    [['←', '↑', '→', '↓'], keyWords.arrows],
    [[keyNames.enter], keyWords.enter],
    [['/'], keyWords.search],
    [['a'], keyWords.acknowledge],
    [['w', 'i', 'm', 'r', 'g', 'p'], keyWords.pages],
    [[keyNames.escape], keyWords.escape],
    [['?'], keyWords.help],
  ];
  return (
    <Modal
      title={keys}
      testId="keys"
      onClose={() => {
        keysShown.value = false;
      }}
    >
      <dl class="keys">
        {rows.map(([pressed, does]) => (
          <div key={does}>
            <dt>
              {pressed.map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
    </Modal>
  );
}

/** Takes a token, once; the server keeps the session in a cookie that scripts can't read. */
export function SignInDialog() {
  const token = useSignal('');
  const fault = useSignal<'tokenWrong' | 'tokenUnreachable' | undefined>(undefined);
  if (signInAsked.value === undefined) return null;
  const words = ui.value;
  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    const given = token.value.trim();
    if (given === '') return;
    fault.value = undefined;
    try {
      await signIn(given);
      token.value = '';
    } catch (error) {
      fault.value =
        error instanceof ApiError && error.status >= 400 && error.status < 500 ? 'tokenWrong' : 'tokenUnreachable';
    }
  };
  return (
    <Modal
      title={words.signIn}
      testId="sign-in-dialog"
      onClose={() => {
        signInAsked.value = undefined;
        token.value = '';
        fault.value = undefined;
      }}
    >
      <form class="sign-in" onSubmit={(event) => void submit(event)}>
        <label for="token">{words.token}</label>
        <input
          id="token"
          type="password"
          autocomplete="current-password"
          spellcheck={false}
          required
          autofocus
          value={token.value}
          aria-describedby="token-hint"
          aria-invalid={fault.value !== undefined}
          onInput={(event) => {
            token.value = event.currentTarget.value;
          }}
        />
        <p id="token-hint" class={fault.value === undefined ? 'hint' : 'hint fault'} role="status">
          {fault.value === undefined ? words.tokenHint : words[fault.value]}
        </p>
        <button type="submit" class="button primary">
          {words.signIn}
        </button>
      </form>
    </Modal>
  );
}
