import { useSignalEffect } from '@preact/signals';
import { lazy } from './pages/lazy.tsx';
import { Lost } from './pages/lost.tsx';
import { WallPage } from './pages/wall.tsx';
import { KeysDialog, SignInDialog } from './parts/dialogs.tsx';
import { StaleBanner } from './parts/freshness.tsx';
import { HinderedBanner } from './parts/hindered-banner.tsx';
import { MajorBanner } from './parts/major-banner.tsx';
import { Strip } from './parts/strip.tsx';
import { Toast } from './parts/toast.tsx';
import type { Route } from './read-path.ts';
import { route } from './route.ts';
import { staleSince } from './state/live.ts';
import { ui } from './words/index.ts';

const StorePage = lazy(async () => (await import('./pages/store.tsx')).StorePage);
const DevicePage = lazy(async () => (await import('./pages/device.tsx')).DevicePage);
const IncidentPage = lazy(async () => (await import('./pages/incident.tsx')).IncidentPage);
const MajorPage = lazy(async () => (await import('./pages/major.tsx')).MajorPage);
const ReviewPage = lazy(async () => (await import('./pages/review.tsx')).ReviewPage);
const AgentsPage = lazy(async () => (await import('./pages/agents.tsx')).AgentsPage);
const AssetsPage = lazy(async () => (await import('./pages/assets.tsx')).AssetsPage);
const MaintenancePage = lazy(async () => (await import('./pages/maintenance.tsx')).MaintenancePage);
const TicketsPage = lazy(async () => (await import('./pages/tickets.tsx')).TicketsPage);
const RulesPage = lazy(async () => (await import('./pages/rules.tsx')).RulesPage);
const IncidentsPage = lazy(async () => (await import('./pages/incidents.tsx')).IncidentsPage);

/** The page, whichever it is, under the strip. */
export function App() {
  useSignalEffect(() => {
    document.title = titleOf(route.value);
  });
  return (
    <div class={staleSince.value === undefined ? 'app' : 'app stale'} data-page={route.value.page}>
      <a class="skip" href="#content">
        {ui.value.skipToContent}
      </a>
      <Strip />
      <StaleBanner />
      <HinderedBanner />
      <MajorBanner />
      <main id="content" tabIndex={-1}>
        <Page now={route.value} />
      </main>
      <KeysDialog />
      <SignInDialog />
      <Toast />
    </div>
  );
}

function Page({ now }: { now: Route }) {
  switch (now.page) {
    case 'wall':
      return <WallPage />;
    case 'store':
      return <StorePage key={now.store} store={now.store} />;
    case 'device':
      return <DevicePage key={now.device} device={now.device} store={now.store} />;
    case 'incident':
      return <IncidentPage key={now.number} number={now.number} />;
    case 'major':
      return <MajorPage key={now.number} number={now.number} />;
    case 'review':
      return <ReviewPage key={now.number} number={now.number} />;
    case 'incidents':
      return <IncidentsPage />;
    case 'agents':
      return <AgentsPage part={now.part} />;
    case 'assets':
      return <AssetsPage part={now.part} />;
    case 'maintenance':
      return <MaintenancePage />;
    case 'tickets':
      return <TicketsPage />;
    case 'rules':
      return <RulesPage part={now.part} />;
    case 'lost':
      return <Lost />;
  }
}

function titleOf(now: Route): string {
  const words = ui.value;
  switch (now.page) {
    case 'wall':
      return 'Vigie';
    case 'store':
      return `${now.store.slice(now.store.indexOf('/') + 1)} · Vigie`;
    case 'device':
      return `${now.device.slice(now.device.lastIndexOf('/') + 1)} · Vigie`;
    case 'incident':
      return `${words.incident(now.number)} · Vigie`;
    case 'major':
    case 'review':
      return `${words.majorIncident(now.number)} · Vigie`;
    case 'incidents':
      return `${words.incidents} · Vigie`;
    case 'agents':
    case 'assets':
    case 'maintenance':
    case 'tickets':
    case 'rules':
      return `${words[now.page]} · Vigie`;
    case 'lost':
      return `${words.notFound} · Vigie`;
  }
}
