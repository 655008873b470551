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
export function start_server(command, args, env = process.env) {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'], env });
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

/** What is to hold, and what did not. */
export class Checks {
  count = 0;
  failures = [];

  check(holds, claim) {
    this.count += 1;
    if (!holds) this.failures.push(claim);
  }

  /** Prints the failures; gives the exit status. */
  report(name, complaints) {
    const unexpected = [...new Set(complaints)];
    this.check(unexpected.length === 0, unexpected.join('\n'));
    for (const failure of this.failures) console.error(`FAILED: ${failure}`);
    console.log(`${name}: ${this.count - this.failures.length} of ${this.count} checks hold`);
    return this.failures.length === 0 ? 0 : 1;
  }
}

export const kViewports = [
  { name: 'wide', width: 1360, height: 900 },
  { name: 'zoom200', width: 680, height: 450, scale: 2 },
  { name: 'narrow', width: 320, height: 640 },
];
const kTags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

export function options_of(argv) {
  const options = { browser: '/usr/bin/chromium', command: [] };
  for (let i = 0; i < argv.length; i += 1) {
    if (argv[i] === '--') {
      options.command = argv.slice(i + 1);
      break;
    }
    options[argv[i].replace(/^--/, '')] = argv[i + 1];
    i += 1;
  }
  return options;
}

async function axe_violations(page, axe) {
  await page.evaluate(axe); // evaluated by the debugger, which the page's own policy does not reach
  const result = await page.evaluate((tags) => window.axe.run(document, { runOnly: { type: 'tag', values: tags } }), kTags);
  return result.violations.map((violation) => `${violation.id}: ${violation.nodes.slice(0, 3).map((node) => node.html.slice(0, 160)).join(' | ')}`);
}

/** Digits that stand outside of Num, a date, a quote, or a technical fact. */
function loose_numerals() {
  const loose = [];
  const walker = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    if (!/[0-9۰-۹٠-٩]/.test(node.data)) continue;
    if (node.parentElement.closest('[data-trail],[data-date],[data-quote],[data-fact],kbd,script,style')) continue;
    loose.push(node.data.trim().slice(0, 60));
  }
  return loose;
}

/** What no screen may have, and a picture of it. */
export async function look(page, axe, where, screens, checks) {
  const violations = await axe_violations(page, axe);
  checks.check(violations.length === 0, `${where}: axe finds ${violations.join('; ')}`);
  const beyond = await page.evaluate(() => document.scrollingElement.scrollWidth - window.innerWidth);
  checks.check(beyond <= 0, `${where}: the page is ${beyond} px wider than the screen`);
  const loose = await page.evaluate(loose_numerals);
  checks.check(loose.length === 0, `${where}: numerals without a trail: ${loose.join(' | ')}`);
  await page.screenshot({ path: path.join(screens, `${where.replaceAll(' ', '-')}.png`), fullPage: true });
}
