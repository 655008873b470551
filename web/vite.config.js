import { svelte } from '@sveltejs/vite-plugin-svelte';

// File names are fixed: CMakeLists.txt embeds them by name.
function asset_name(asset) {
  const name = asset.names?.[0] ?? asset.name ?? '';
  if (name.endsWith('.css')) return 'app.css';
  return name.replace('-wght-normal', '');
}

export default {
  base: './',
  plugins: [svelte({ configFile: false })],
  build: {
    target: 'es2022',
    assetsInlineLimit: 0,
    cssCodeSplit: false,
    modulePreload: { polyfill: false },
    rollupOptions: {
      output: { entryFileNames: 'app.js', assetFileNames: asset_name, inlineDynamicImports: true },
    },
  },
};
