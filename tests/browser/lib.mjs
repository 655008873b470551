// What the browser tests share: the server under test, Debian's Chromium, and a page that may only talk to loopback.
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import path from 'node:path';

const kStartTimeout = 20_000; // ms
const kLoopback = new Set(['127.0.0.1', 'localhost', '[::1]']);

export function modules_of(web) {
  const require = createRequire(path.join(path.resolve(web), 'package.json'));
  return { chromium: require('playwright-core').chromium, axe: require.resolve('axe-core/axe.min.js') };
}

/** Starts a command that prints an address with its token, and gives both. */
export function start_server(command, args) {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const ready = new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('the server printed no address')), kStartTimeout);
    let text = '';
    child.stdout.on('data', (bytes) => {
      text += bytes;
      const found = /http:\/\/127\.0\.0\.1:\d+\/#t=[0-9a-f]{32}/.exec(text);
      if (!found) return;
      clearTimeout(timer);
      resolve(found[0]);
    });
    child.on('exit', (code) => reject(new Error(`the server ended with status ${code}`)));
  });
  const stop = () => new Promise((resolve) => {
    child.once('exit', resolve);
    child.kill('SIGTERM');
  });
  return { ready, stop };
}

export async function start_browser(chromium, executable) {
  return chromium.launch({
    executablePath: executable,
    headless: true,
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--no-first-run', '--hide-scrollbars'],
  });
}

/** A fresh page; `complaints` collects requests beyond loopback, console errors and uncaught exceptions. */
export async function open_page(browser, viewport, complaints) {
  const context = await browser.newContext({ viewport: { width: viewport.width, height: viewport.height }, deviceScaleFactor: viewport.scale ?? 1, reducedMotion: 'reduce' });
  await context.route('**/*', (route) => {
    const host = new URL(route.request().url()).hostname;
    if (kLoopback.has(host)) return route.continue();
    complaints.push(`a request left loopback: ${route.request().url()}`);
    return route.abort();
  });
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  page.on('console', (message) => {
    if (message.type() === 'error' || /Content Security Policy/.test(message.text())) complaints.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => complaints.push(`exception: ${error.message}`));
  return page;
}

/** Goes to an address of the router and waits until its content is there. */
export async function visit(page, hash) {
  await page.evaluate((to) => { location.hash = to; }, hash);
  await settled(page);
}

function quiet() {
  return !document.documentElement.hasAttribute('data-busy') && document.querySelector('.stale') === null;
}

export async function settled(page) {
  await page.waitForFunction(() => document.querySelector('main h1') !== null && document.querySelector('.stale') === null, null, { timeout: 10_000 });
  await page.evaluate(() => document.fonts.ready);
  await page.waitForFunction(quiet);
  await page.waitForTimeout(60); // the map's size is known a frame later, and asks once more
  await page.waitForFunction(quiet);
}
