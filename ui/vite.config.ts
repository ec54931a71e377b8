import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

// Looks of Carbon that nothing here has. They are a seventh of its styles, and each element that comes
// or goes is held against those with `:has()`: a page of the list took 40 ms longer.
const neverShown = /--slug|--ai-|--decorator|__decorator|btn-set--fluid|btn-set__fluid|--unstable-|\[dir=rtl\]/;
const inNot = /:not\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\)/g;

const withoutNeverShown = {
  postcssPlugin: 'without-never-shown',
  Rule(rule: { selectors: string[]; remove: () => unknown }) {
    const shown = rule.selectors.filter((selector) => !neverShown.test(selector.replaceAll(inNot, '')));
    if (shown.length === 0) rule.remove();
    else if (shown.length < rule.selectors.length) rule.selectors = shown;
  },
};

const tests = 'src/**/*.test.{ts,tsx}';
const mocked = 'src/**/*.mocked.test.tsx';

export default defineConfig({
  plugins: [react()],
  base: './',
  envPrefix: 'VITE_',
  clearScreen: false,
  server: { port: 5173, strictPort: true, fs: { allow: ['..'] } },
  css: {
    postcss: { plugins: [withoutNeverShown] },
    preprocessorOptions: {
      // Carbon's stylesheets are not ours to mend
      scss: { loadPaths: ['node_modules'], quietDeps: true },
    },
  },
  build: {
    // WebKitGTK 2.42, the oldest engine we run on, is Safari 17
    target: 'safari17',
    sourcemap: false,
    // the content security policy knows no data: addresses
    assetsInlineLimit: 0,
    // every engine we run on preloads modules itself
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
  test: {
    environment: 'jsdom',
    setupFiles: ['src/components/test-setup.ts'],
    restoreMocks: true,
    // whole screens in jsdom, on a machine that may be busy
    testTimeout: 60_000,
    // nothing else runs beside them
    maxWorkers: '100%',
    reporters: ['default', 'json'],
    outputFile: { json: '../target/vitest.json' },
    projects: [
      // Carbon and our own modules are loaded once for all files: a third of the time
      { extends: true, test: { name: 'shared', isolate: false, include: [tests], exclude: [mocked] } },
      // what replaces a module would replace it for others, too
      { extends: true, test: { name: 'mocked', include: [mocked] } },
    ],
  },
});
