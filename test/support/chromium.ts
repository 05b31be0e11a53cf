import { type Browser, chromium } from 'playwright-core';

/** Debian's Chromium, headless. Its first start on a cold disk takes about ten seconds. */
export function launchChromium(): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env.VIGIE_CHROMIUM ?? '/usr/bin/chromium',
    timeout: 60_000,
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}
