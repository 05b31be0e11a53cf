import { useSignal } from '@preact/signals';
import type { StoreKey } from '../../../protocol/names.ts';
import { apiPath, request } from '../api.ts';
import { partsOf } from '../keys.ts';
import { act } from '../state/acts.ts';
import { may } from '../state/session.ts';
import { storeLinkWords } from '../words/store-links.ts';
import { Confirm } from './confirm.tsx';
import { CopyText } from './copy.tsx';
import { Card } from './page-head.tsx';
import { toast } from './toast.tsx';

interface Links {
  url: string;
  /** A QR code. */
  svg: string;
}

/** What to hand out or put up in a store, so that its people reach their own page. For operators. */
export function StoreLinks({ store }: { store: StoreKey }) {
  const links = useSignal<Links | undefined>(undefined);
  const renewing = useSignal(false);
  const words = storeLinkWords.value;
  if (!may('operator')) return null;
  const path = `${apiPath('stores', ...partsOf(store))}/links`;
  const show = (): Promise<void> =>
    act(
      () => request<Links>('GET', path),
      (told) => {
        links.value = told;
      },
    );
  const renew = (): Promise<void> =>
    act(
      () => request('POST', `${path}/revoke`),
      () => {
        renewing.value = false;
        toast(words.revoked);
        void show();
      },
    );
  return (
    <Card title={words.title}>
      <p class="quiet">{words.lead}</p>
      {links.value === undefined ? (
        <button type="button" class="button" data-testid="store-links" onClick={() => void show()}>
          {words.show}
        </button>
      ) : (
        <div class="store-links" data-testid="store-link">
          <img
            src={`data:image/svg+xml,${encodeURIComponent(links.value.svg)}`}
            alt={words.qr}
            width="180"
            height="180"
          />
          <CopyText label={words.link} text={links.value.url} testId="store-link-url" />
          <a class="text-link" href={`${path}.html`} target="_blank" rel="noreferrer">
            {words.sheet}
          </a>
          {may('admin') && (
            <button
              type="button"
              class="button"
              onClick={() => {
                renewing.value = true;
              }}
            >
              {words.revoke}
            </button>
          )}
        </div>
      )}
      {renewing.value && (
        <Confirm
          title={words.revoke}
          yes={words.revoke}
          onYes={() => void renew()}
          onClose={() => {
            renewing.value = false;
          }}
        >
          {words.revokeMore}
        </Confirm>
      )}
    </Card>
  );
}
