import { PageHead } from '../parts/page-head.tsx';
import { Tabs } from '../parts/tabs.tsx';
import type { RulesPart } from '../read-path.ts';
import { BacktestView } from '../rules/backtest-view.tsx';
import { ChangeView } from '../rules/change-view.tsx';
import { PackView } from '../rules/pack-view.tsx';
import { RevisionsView } from '../rules/revisions-view.tsx';
import { ui } from '../words/index.ts';
import { rulePageWords } from '../words/rules.ts';

const PARTS: readonly RulesPart[] = ['now', 'revisions', 'change', 'backtest'];

/** Rules: those that hold, how they came to be, and what others would do. */
export function RulesPage({ part }: { part: RulesPart }) {
  const words = rulePageWords.value;
  return (
    <div class="page" data-testid="rules-page" data-part={part}>
      <PageHead trail={[{ href: '/', label: ui.value.wall }]} title={ui.value.rules}>
        <p class="quiet">{words.lead}</p>
      </PageHead>
      <Tabs
        label={ui.value.rules}
        tabs={PARTS.map((name) => ({
          href: name === 'now' ? '/rules' : `/rules/${name}`,
          label: words.tabs[name],
          isHere: name === part,
        }))}
      />
      {part === 'now' && <PackView />}
      {part === 'revisions' && <RevisionsView />}
      {part === 'change' && <ChangeView />}
      {part === 'backtest' && <BacktestView />}
    </div>
  );
}
