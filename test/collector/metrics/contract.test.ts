import { metricsStoreContract } from '../../contracts/metrics-store.ts';
import { embeddedFixture } from './embedded-fixture.ts';

metricsStoreContract('embedded', () => {
  const fixture = embeddedFixture();
  return { open: fixture.open, dispose: fixture.dispose };
});
