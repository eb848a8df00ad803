import { defineConfig } from 'vite';
import { compress } from './compress.js';

export default defineConfig({
  // Relative, so that the page can be served under any path.
  base: './',
  plugins: [compress()],
  worker: { format: 'es' },
  build: {
    outDir: '../dist',
    emptyOutDir: true,
    // Nothing of ours inlined as data: URLs.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 8192,
    license: { fileName: 'licences.md' },
    rolldownOptions: {
      // Libraries apart from the page: a change of the page then leaves the large files, their names and whoever has
      // them cached alone.
      output: {
        codeSplitting: {
          groups: [{ name: 'libraries', test: /node_modules\/(?!monaco-editor|prettier)/ }],
        },
      },
      // Libraries mark their modules for servers that render React. This page has none.
      onLog(level, log, report) {
        if (log.code !== 'MODULE_LEVEL_DIRECTIVE') report(level, log);
      },
    },
  },
});
