// Times verify.html in Chromium, opened from disk, over a large edition (bench/verify_bench leaves one in its temporary
// directory). usage: node bench/verify_page.mjs PAGE EDITION PIN
// Prints the verdict; the time from the click to it; what the page says that it took; processor seconds of all the browser's
// processes meanwhile, by kind; the most memory that the largest process of each kind held (resident, sampled every 200 ms; of
// a renderer the page's own); and the machine's load before and after.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { modules_of, start_browser } from '../tests/browser/lib.mjs';

const kPatience = 600_000; // ms
const kSampleMs = 200;
const kTicksPerSecond = 100; // USER_HZ, which Linux has kept at 100
const [page_file, edition, pin] = process.argv.slice(2);

/** Processor seconds and resident bytes of the processes that descend from this one, by kind. */
function browser_processes() {
  const all = fs.readdirSync('/proc').filter((name) => /^\d+$/.test(name)).flatMap((pid) => {
    try {
      const stat = fs.readFileSync(`/proc/${pid}/stat`, 'utf8');
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      const status = fs.readFileSync(`/proc/${pid}/status`, 'utf8');
      const kind = /--type=([a-z-]+)/.exec(fs.readFileSync(`/proc/${pid}/cmdline`, 'utf8'))?.[1] ?? 'browser';
      return [{ pid: Number(pid), parent: Number(fields[1]), ticks: Number(fields[11]) + Number(fields[12]), kib: Number(/VmRSS:\s*(\d+)/.exec(status)?.[1] ?? 0), kind }];
    } catch {
      return []; // it ended meanwhile
    }
  });
  const ours = new Set([process.pid]);
  for (let before = 0; before !== ours.size;) {
    before = ours.size;
    for (const { pid, parent } of all) if (ours.has(parent)) ours.add(pid);
  }
  const out = {};
  for (const { pid, ticks, kib, kind } of all) {
    if (!ours.has(pid) || pid === process.pid) continue;
    out[kind] ??= { seconds: 0, mib: 0 };
    out[kind].seconds += ticks / kTicksPerSecond;
    out[kind].mib = Math.max(out[kind].mib, kib / 1024);
  }
  return out;
}

const web = path.resolve(path.dirname(new URL(import.meta.url).pathname), '../web');
const browser = await start_browser(modules_of(web).chromium, process.env.CHROMIUM ?? '/usr/bin/chromium');
const page = await browser.newPage({ locale: 'en' });
page.setDefaultTimeout(kPatience);
await page.goto(pathToFileURL(path.resolve(page_file)).href);
const began = Date.now();
await page.setInputFiles('#edition', path.resolve(edition));
await page.fill('#pin', fs.readFileSync(pin, 'utf8'));
const listed = Date.now();
const before = browser_processes();
const [load] = os.loadavg();
const peak = {};
const sampling = setInterval(() => {
  for (const [kind, { mib }] of Object.entries(browser_processes())) peak[kind] = Math.max(peak[kind] ?? 0, mib);
}, kSampleMs);
await page.evaluate(() => {
  document.getElementById('check').addEventListener('click', () => { window.clicked = performance.now(); }, { capture: true, once: true });
  new MutationObserver((_, self) => {
    if (document.querySelector('[data-outcome]') === null) return;
    window.judged = performance.now();
    self.disconnect();
  }).observe(document.body, { subtree: true, childList: true });
});
await page.click('#check', { noWaitAfter: true });
await page.waitForSelector('[data-outcome]');
clearInterval(sampling);
const after = browser_processes();
const outcome = await page.getAttribute('[data-outcome]', 'data-outcome');
const seconds = await page.evaluate(() => (window.judged - window.clicked) / 1000);
console.log(`${outcome}; listing ${((listed - began) / 1000).toFixed(1)} s, from the click to the verdict ${seconds.toFixed(1)} s`);
console.log(await page.textContent('.verdict .soft'));
const kinds = Object.keys(after).sort();
console.log(`processor: ${kinds.map((kind) => `${kind} ${(after[kind].seconds - (before[kind]?.seconds ?? 0)).toFixed(1)} s`).join(', ')}`);
console.log(`load ${load.toFixed(1)} before, ${os.loadavg()[0].toFixed(1)} after, ${os.cpus().length} cores`);
console.log(`memory before and at most: ${kinds.map((kind) => `${kind} ${Math.round(before[kind]?.mib ?? 0)} and ${Math.round(peak[kind] ?? 0)} MiB`).join(', ')}`);
await browser.close();
