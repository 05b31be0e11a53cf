import { Skeleton } from '../pages/skeleton.tsx';
import { Blank } from '../parts/blank.tsx';
import { Trouble } from '../parts/trouble.tsx';
import { assetWords } from '../words/assets.ts';
import { AssetTable } from './asset-table.tsx';
import { AssetTools } from './asset-tools.tsx';
import { useAssetPages } from './pages.ts';
import { clearSelection, isNarrowed } from './selection.ts';

/** All devices of the inventory: a search, its filters, and what is found. */
export function AssetsView() {
  const { data, error, isBusy, reload, more } = useAssetPages();
  const words = assetWords.value;
  const isMisread = error?.status === 400;
  if (data === undefined && !isMisread) {
    return error === undefined ? <Skeleton /> : <Trouble error={error} retry={reload} />;
  }
  return (
    <section class="card" data-testid="assets" aria-busy={isBusy}>
      <AssetTools total={isMisread ? undefined : data?.total} />
      {isMisread && (
        <p class="hint fault" role="alert" data-testid="search-fault">
          {words.notUnderstood}
          {error.details.map(({ path, message }) => (
            <span key={path}>
              {' '}
              {path.replace('query.q', '').trim()} {message}
            </span>
          ))}
        </p>
      )}
      {!isMisread && error !== undefined && <Trouble error={error} retry={reload} />}
      {data !== undefined && data.assets.length > 0 && (
        <div class="wide-table" data-old={isMisread || isBusy}>
          <AssetTable page={data} />
        </div>
      )}
      {data !== undefined && data.assets.length === 0 && !isMisread && <Nothing />}
      {data?.next !== undefined && !isMisread && (
        <button type="button" class="button more" disabled={isBusy} onClick={more} data-testid="more-assets">
          {words.more}
        </button>
      )}
    </section>
  );
}

function Nothing() {
  const words = assetWords.value;
  if (!isNarrowed.value) return <Blank kind="empty" title={words.none} more={words.noneMore} />;
  return (
    <Blank kind="empty" title={words.noMatch} more={words.noMatchMore}>
      <button type="button" class="button" onClick={clearSelection}>
        {words.clear}
      </button>
    </Blank>
  );
}
