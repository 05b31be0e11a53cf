import type { ComponentChild } from 'preact';
import type { DeviceKind } from '../../../protocol/inventory.ts';
import type { Asset } from '../../ports.ts';
import { deviceHref, storeHref } from '../keys.ts';
import { Mark } from '../parts/mark.tsx';
import { Since } from '../parts/since.tsx';
import { tick } from '../state/clock.ts';
import { assetWords } from '../words/assets.ts';
import { shared } from '../words/index.ts';
import { writeDay } from '../words/times.ts';
import type { AssetPage } from './pages.ts';
import { sort, sortBy } from './selection.ts';

/** What a person looks for first; all the rest is on the device’s page and in the export. */
const SHOWN = ['title', 'store', 'kind', 'model', 'serial', 'os', 'agent', 'warranty_until', 'seen_at'] as const;

/** The devices found, with a heading to sort by on each column. */
export function AssetTable({ page }: { page: AssetPage }) {
  const titles = new Map(page.columns.map(({ id, title }) => [id, title]));
  return (
    <table class="table stacked">
      <thead>
        <tr>
          {SHOWN.map((id) => (
            <Heading key={id} id={id} title={titles.get(id) ?? id} />
          ))}
        </tr>
      </thead>
      <tbody>
        {page.assets.map((asset) => (
          <Row key={asset.key} asset={asset} titles={titles} />
        ))}
      </tbody>
    </table>
  );
}

function Heading({ id, title }: { id: string; title: string }) {
  const turned = sort.value === `-${id}`;
  const isSorted = turned || sort.value === id;
  return (
    <th aria-sort={isSorted ? (turned ? 'descending' : 'ascending') : undefined}>
      <button
        type="button"
        class="sort"
        data-testid={`sort-${id}`}
        title={assetWords.value.sortBy(title)}
        onClick={() => sortBy(id)}
      >
        {title}
        <span aria-hidden="true">{isSorted ? (turned ? ' ↓' : ' ↑') : ''}</span>
      </button>
    </th>
  );
}

function Row({ asset, titles }: { asset: Asset; titles: ReadonlyMap<string, string> }) {
  const { key, values } = asset;
  const words = assetWords.value;
  const model = [values.vendor, values.model].filter(Boolean).join(' ');
  const system = [values.os, values.os_version].filter(Boolean).join(' ');
  return (
    <tr data-device={key}>
      <td>
        <a class="device-link" href={deviceHref(key)}>
          {values.title ?? values.device ?? key}
        </a>
      </td>
      <td>
        <a class="store-link" href={storeHref(`${values.chain}/${values.store}`)}>
          <b>{values.store}</b> {values.store_title}
        </a>
      </td>
      <td data-label={titles.get('kind')}>{shared.value.deviceKinds[values.kind as DeviceKind] ?? values.kind}</td>
      <td data-label={titles.get('model')}>{model}</td>
      <td data-label={titles.get('serial')} class="nowrap">
        {values.serial}
      </td>
      <td data-label={titles.get('os')}>{system}</td>
      <td data-label={titles.get('agent')} class="nowrap">
        {values.agent}
      </td>
      <td data-label={titles.get('warranty_until')} class="nowrap">
        <Warranty until={values.warranty_until} />
      </td>
      <td class="nowrap" data-label={titles.get('seen_at')}>
        {values.seen_at === undefined ? (
          <span class="quiet">{words.neverSeen}</span>
        ) : (
          <Since at={Date.parse(values.seen_at)} />
        )}
      </td>
    </tr>
  );
}

/** The last day of a warranty, marked once it is over. */
export function Warranty({ until }: { until: string | undefined }): ComponentChild {
  if (until === undefined) return null;
  const end = Date.parse(`${until}T23:59:59`);
  if (!Number.isFinite(end)) return until;
  const day = writeDay(end);
  return end < tick.value ? (
    <Mark as="degraded" title={assetWords.value.warrantyOver}>
      {day}
    </Mark>
  ) : (
    day
  );
}
