import { render } from 'preact';
import { App } from './app.tsx';
import { followLinks } from './route.ts';
import { ringForArrivals } from './state/bell.ts';
import { startClocks } from './state/clock.ts';
import { followKeys } from './state/global-keys.ts';
import { startLive, watchStream } from './state/live.ts';
import { followPrefs } from './state/prefs.ts';
import { recallSession } from './state/session.ts';

// The picture first: everything else can wait for it.
void startLive();
followPrefs();
startClocks();
followLinks();
followKeys();
ringForArrivals();
watchStream();
render(<App />, document.getElementById('app') as HTMLElement);
void recallSession();
