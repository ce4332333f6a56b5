/// <reference types="vitest/config" />
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vite';

export default defineConfig({
  plugins: [svelte()],
  // Tauri serves the pages from its own origin; the browser preview from any folder.
  base: './',
  clearScreen: false,
  server: { port: 1420, strictPort: true, fs: { allow: ['..'] } },
  preview: { port: 1421, strictPort: true },
  build: {
    // The oldest web views that the supported systems bring: WebKitGTK 2.44, macOS 13, Edge WebView2.
    target: ['safari16.4', 'chrome110'],
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
  },
  resolve: { conditions: ['browser'] },
  test: { environment: 'happy-dom', include: ['tests/**/*.test.ts'], setupFiles: ['tests/setup.ts'] },
});
