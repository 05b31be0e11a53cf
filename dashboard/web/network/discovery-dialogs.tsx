import { useSignal } from '@preact/signals';
import type { DeviceKind } from '../../../protocol/inventory.ts';
import type { FoundEntry } from '../../ports.ts';
import { request } from '../api.ts';
import { Field } from '../parts/field.tsx';
import { KindChoice } from '../parts/kind-choice.tsx';
import { Modal } from '../parts/modal.tsx';
import { toast } from '../parts/toast.tsx';
import { act } from '../state/acts.ts';
import { networkWords } from '../words/network.ts';
import { findPath } from './find-path.ts';

const TITLE_LENGTH = 128;
const WHY_LENGTH = 256;
/** As the inventory has it: see `NAME_PATTERN`. */
const NAME = '[A-Za-z0-9][A-Za-z0-9._\\-]{0,63}';

interface Deciding {
  entry: FoundEntry;
  onClose: (isDone: boolean) => void;
}

/** Puts a find into the inventory under a name, and has it watched. */
export function AcceptDialog({ entry, onClose }: Deciding) {
  const words = networkWords.value;
  const name = useSignal(entry.proposed);
  const title = useSignal(entry.name ?? '');
  const kind = useSignal<DeviceKind>(entry.kind);
  const accept = (event: Event): void => {
    event.preventDefault();
    const body = {
      name: name.value,
      kind: kind.value,
      ...(title.value.trim() !== '' && { title: title.value.trim() }),
    };
    void act(
      () => request('POST', findPath(entry, 'accept'), body),
      () => {
        toast(words.accepted(name.value));
        onClose(true);
      },
    );
  };
  return (
    <Modal title={words.acceptTitle(entry.address)} testId="accept-dialog" onClose={() => onClose(false)}>
      <form class="form" onSubmit={accept}>
        <p>{words.acceptMore}</p>
        <Field label={words.kind}>{(id) => <KindChoice id={id} of={kind} />}</Field>
        <Field label={words.name}>
          {(id) => (
            <input
              id={id}
              required
              pattern={NAME}
              title={words.nameHint}
              value={name.value}
              onInput={(event) => {
                name.value = event.currentTarget.value;
              }}
            />
          )}
        </Field>
        <Field label={words.title}>
          {(id) => (
            <input
              id={id}
              maxLength={TITLE_LENGTH}
              placeholder={name.value}
              value={title.value}
              onInput={(event) => {
                title.value = event.currentTarget.value;
              }}
            />
          )}
        </Field>
        <Buttons yes={words.accept} onClose={onClose} />
      </form>
    </Modal>
  );
}

/** Has a find proposed no more, and says why. */
export function DismissDialog({ entry, onClose }: Deciding) {
  const words = networkWords.value;
  const why = useSignal('');
  const dismiss = (event: Event): void => {
    event.preventDefault();
    void act(
      () => request('POST', findPath(entry, 'dismiss'), { why: why.value.trim() }),
      () => {
        toast(words.wasDismissed);
        onClose(true);
      },
    );
  };
  return (
    <Modal title={words.dismissTitle(entry.address)} testId="dismiss-dialog" onClose={() => onClose(false)}>
      <form class="form" onSubmit={dismiss}>
        <p>{words.dismissMore}</p>
        <Field label={words.why}>
          {(id) => (
            <input
              id={id}
              required
              maxLength={WHY_LENGTH}
              placeholder={words.whyHint}
              value={why.value}
              onInput={(event) => {
                why.value = event.currentTarget.value;
              }}
            />
          )}
        </Field>
        <Buttons yes={words.dismiss} onClose={onClose} />
      </form>
    </Modal>
  );
}

function Buttons({ yes, onClose }: { yes: string; onClose: (isDone: boolean) => void }) {
  return (
    <footer class="buttons">
      <button type="submit" class="button primary">
        {yes}
      </button>
      <button type="button" class="button" onClick={() => onClose(false)}>
        {networkWords.value.cancel}
      </button>
    </footer>
  );
}
