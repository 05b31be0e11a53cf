import { defineConfig, type Plugin } from 'vite';

/** Asks for the typeface with the page, and holds the first paint back until the chosen theme is known. */
const paintOnce: Plugin = {
  name: 'vigie-paint-once',
  transformIndexHtml: {
    order: 'post',
    handler(html, { bundle }) {
      const font = Object.keys(bundle ?? {}).find((file) => /inter-latin-wght-normal.*\.woff2$/.test(file));
      const blocking = html.replace('<script type="module"', '<script type="module" blocking="render"');
      if (font === undefined) return blocking;
      const attrs = { rel: 'preload', as: 'font', type: 'font/woff2', href: `/${font}`, crossorigin: true };
      return { html: blocking, tags: [{ tag: 'link', attrs, injectTo: 'head' }] };
    },
  },
};

/** Builds the web app into `dist/web`: everything it needs comes with it, nothing is inlined that a strict CSP refuses. */
export default defineConfig({
  root: import.meta.dirname,
  plugins: [paintOnce],
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    outDir: '../../dist/web',
    emptyOutDir: true,
    target: ['chrome123', 'firefox120', 'safari17.5'],
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    manifest: true,
    reportCompressedSize: false,
  },
});
