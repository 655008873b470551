// Builds the verifier: verify.html (everything inside one file), verify.mjs (command line), core.mjs, core_fast.mjs, forge.mjs (tests), vectors.mjs (writes bad.jsonl).
// usage: node build.mjs OUT [--page]   with --page nothing but verify.html
// The same sources give the same bytes. The policy of the page allows its own script and style by their hashes alone, and
// WebAssembly, which that script makes itself.
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const here = path.dirname(fileURLToPath(import.meta.url));
const out = path.resolve(process.argv[2] ?? path.join(here, 'dist'));

const shared = { bundle: true, write: false, legalComments: 'none', charset: 'utf8', logLevel: 'warning', absWorkingDir: here };

async function bundled(entry, options) {
  const { outputFiles } = await build({ ...shared, entryPoints: [entry], ...options });
  return outputFiles[0].text;
}

async function page() {
  const browser = { minify: true, format: 'iife', target: ['chrome111', 'firefox115'], platform: 'browser' };
  const script = await bundled('page/page.ts', browser);
  const style = (await bundled('page/style.css', { minify: true })).trim();
  const hash = (text) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
  // The script is also the worker's: the page makes it from this very text.
  const safe = script.trim().replaceAll('</script', '<\\/script').replaceAll('<!--', '<\\!--');
  const policy = `default-src 'none'; script-src ${hash(safe)} 'wasm-unsafe-eval'; style-src ${hash(style)}; worker-src blob:; base-uri 'none'; form-action 'none'`;
  return fs.readFileSync(path.join(here, 'page/index.html'), 'utf8')
    .replace('{policy}', () => policy).replace('{style}', () => style).replace('{script}', () => safe);
}

async function programs() {
  const node = { format: 'esm', platform: 'node', target: 'node18' };
  const fast = { name: 'signature', setup: (made) => made.onResolve({ filter: /\/signature$/ }, () => ({ path: path.join(here, 'forge/signature_node.ts') })) };
  return {
    'verify.mjs': await bundled('src/cli.ts', node),
    'core.mjs': await bundled('src/core.ts', node),
    'core_fast.mjs': await bundled('src/core.ts', { ...node, plugins: [fast] }),
    'forge.mjs': await bundled('forge/forge.ts', node),
    'vectors.mjs': await bundled('forge/vectors.ts', node),
    'examples.mjs': await bundled('forge/examples.ts', node),
  };
}

fs.mkdirSync(out, { recursive: true });
const files = { 'verify.html': await page(), ...(process.argv.includes('--page') ? {} : await programs()) };
for (const [name, text] of Object.entries(files)) fs.writeFileSync(path.join(out, name), text);
