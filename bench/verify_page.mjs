// Times verify.html in Chromium, opened from disk, over a large edition (bench/verify_bench leaves one in its temporary
// directory). usage: node bench/verify_page.mjs PAGE EDITION PIN
// Prints what the page says that it took, and the time with the browser's listing of the folder.
import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { modules_of, start_browser } from '../tests/browser/lib.mjs';

const kPatience = 600_000; // ms
const [page_file, edition, pin] = process.argv.slice(2);
const web = path.resolve(path.dirname(new URL(import.meta.url).pathname), '../web');
const browser = await start_browser(modules_of(web).chromium, process.env.CHROMIUM ?? '/usr/bin/chromium');
const page = await browser.newPage({ locale: 'en' });
page.setDefaultTimeout(kPatience);
await page.goto(pathToFileURL(path.resolve(page_file)).href);
const began = Date.now();
await page.setInputFiles('#edition', path.resolve(edition));
const listed = Date.now();
await page.fill('#pin', fs.readFileSync(pin, 'utf8'));
await page.click('#check');
await page.waitForSelector('[data-outcome]', { timeout: kPatience });
const outcome = await page.getAttribute('[data-outcome]', 'data-outcome');
console.log(`${outcome}; listing ${((listed - began) / 1000).toFixed(1)} s, verdict after ${((Date.now() - listed) / 1000).toFixed(1)} s`);
console.log(await page.textContent('.verdict .soft'));
await browser.close();
