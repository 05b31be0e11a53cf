import { batch, useSignal, useSignalEffect } from '@preact/signals';
import { useRef } from 'preact/hooks';
import type { Asset } from '../../ports.ts';
import { ApiError, apiPath, request } from '../api.ts';
import { locale } from '../state/prefs.ts';
import { selection } from './selection.ts';

export interface AssetPage {
  total: number;
  columns: { id: string; title: string }[];
  assets: Asset[];
  next?: string;
}

/** The selection, page after page; begins anew when it or the language changes. The last picture stands meanwhile. */
export function useAssetPages() {
  const data = useSignal<AssetPage | undefined>(undefined);
  const error = useSignal<ApiError | undefined>(undefined);
  const isBusy = useSignal(false);
  /** Counts what was asked: an answer that is overtaken is dropped. */
  const turn = useRef(0);

  const read = async (after?: string): Promise<void> => {
    const mine = ++turn.current;
    isBusy.value = true;
    const page = new URLSearchParams(after === undefined ? {} : { after });
    try {
      const answer = await request<AssetPage>('GET', `${apiPath('assets')}?${selection.peek()}&${page}`);
      if (mine !== turn.current) return;
      const before = after === undefined ? [] : (data.peek()?.assets ?? []);
      batch(() => {
        data.value = { ...answer, assets: [...before, ...answer.assets] };
        error.value = undefined;
        isBusy.value = false;
      });
    } catch (cause) {
      if (mine !== turn.current) return;
      batch(() => {
        error.value = cause instanceof ApiError ? cause : new ApiError(0, 'unexpected', String(cause));
        isBusy.value = false;
      });
    }
  };

  useSignalEffect(() => {
    selection.value;
    locale.value;
    void read();
  });
  return {
    data: data.value,
    error: error.value,
    isBusy: isBusy.value,
    reload: () => void read(),
    more: () => void read(data.peek()?.next),
  };
}
