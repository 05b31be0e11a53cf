import { AssetsView } from '../assets/assets-view.tsx';
import { Changes } from '../assets/changes.tsx';
import { DiscoveryView } from '../network/discovery-view.tsx';
import { PageHead } from '../parts/page-head.tsx';
import { Tabs } from '../parts/tabs.tsx';
import type { AssetsPart } from '../read-path.ts';
import { assetWords } from '../words/assets.ts';
import { ui } from '../words/index.ts';

/** The inventory: what devices are made of, and what changed. */
export function AssetsPage({ part }: { part: AssetsPart }) {
  const words = assetWords.value;
  return (
    <div class="page wide-page" data-testid="assets-page" data-part={part}>
      <PageHead trail={[{ href: '/', label: ui.value.wall }]} title={ui.value.assets}>
        <p class="quiet">{words.lead}</p>
      </PageHead>
      <Tabs
        label={ui.value.assets}
        tabs={[
          { href: '/assets', label: words.tabs.all, isHere: part === 'all' },
          { href: '/assets/changes', label: words.tabs.changes, isHere: part === 'changes' },
          { href: '/assets/discovered', label: words.tabs.discovered, isHere: part === 'discovered' },
        ]}
      />
      {part === 'all' && <AssetsView />}
      {part === 'changes' && <Changes />}
      {part === 'discovered' && <DiscoveryView />}
    </div>
  );
}
