// Opens verify.html from disk, as a reader would, and gives it editions: the verdict, what it says, and that nothing is asked
// of any network. usage: node page.mjs --web WEB --page FILE --vectors DIR --screens DIR [--browser PATH]
import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { modules_of, start_browser } from '../browser/lib.mjs';

const kViewports = [{ name: 'wide', width: 1200, height: 900 }, { name: 'narrow', width: 320, height: 640 }];
const kTags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

const options = { browser: '/usr/bin/chromium' };
for (let i = 2; i + 1 < process.argv.length; i += 2) options[process.argv[i].replace(/^--/, '')] = process.argv[i + 1];
const { chromium, axe } = modules_of(options.web);
const axe_source = fs.readFileSync(axe, 'utf8');
const pin = fs.readFileSync(path.join(options.vectors, 'pin.txt'), 'utf8');
const good = path.resolve(options.vectors, 'good');
const next = path.resolve(options.vectors, 'next');
fs.mkdirSync(options.screens, { recursive: true });

/** A copy of the good edition with one total altered and no new signature. */
function spoiled() {
  const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'gavah-page-'));
  fs.cpSync(good, directory, { recursive: true });
  const totals = path.join(directory, 'totals.json');
  fs.writeFileSync(totals, fs.readFileSync(totals, 'utf8').replace('"low":4,', '"low":5,'));
  return directory;
}

async function open(browser, viewport, lang) {
  const context = await browser.newContext({ viewport, locale: lang, reducedMotion: 'reduce' });
  const page = await context.newPage();
  const complaints = [];
  page.on('request', (request) => {
    if (!/^(file|blob|data):/.test(request.url())) complaints.push(`a request: ${request.url()}`);
  });
  page.on('console', (message) => {
    if (message.type() === 'error' || /Content Security Policy/.test(message.text())) complaints.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => complaints.push(`exception: ${error.message}`));
  await page.goto(pathToFileURL(path.resolve(options.page)).href);
  return { page, complaints, context };
}

async function look(page, where) {
  await page.evaluate(axe_source); // by the debugger, which the page's own policy does not reach
  const found = await page.evaluate((tags) => window.axe.run(document, { runOnly: { type: 'tag', values: tags } }), kTags);
  assert.deepEqual(found.violations.map((each) => `${each.id}: ${each.nodes.slice(0, 3).map((node) => node.html.slice(0, 160)).join(' | ')}`), [], where);
  const beyond = await page.evaluate(() => document.scrollingElement.scrollWidth - window.innerWidth);
  assert.ok(beyond <= 0, `${where}: the page is ${beyond} px wider than the screen`);
  await page.screenshot({ path: path.join(options.screens, `${where}.png`), fullPage: true });
}

/** Gives an edition and a pin by keyboard alone, and waits for the verdict. */
async function check(page, edition, previous = null) {
  await page.setInputFiles('#edition', edition);
  if (previous !== null) await page.setInputFiles('#previous', previous);
  await page.focus('#pin');
  await page.keyboard.insertText(pin);
  await page.focus('#check');
  await page.keyboard.press('Enter');
  await page.waitForSelector('[data-outcome]', { timeout: 30_000 });
  assert.equal(await page.evaluate(() => document.activeElement.id), 'verdict', 'the verdict takes the focus');
  return page.getAttribute('[data-outcome]', 'data-outcome');
}

async function see_good(browser, viewport, lang) {
  const { page, complaints, context } = await open(browser, viewport, lang);
  assert.equal(await page.evaluate(() => document.dir), lang === 'fa' ? 'rtl' : 'ltr');
  await look(page, `verify-empty-${lang}-${viewport.name}`);
  assert.equal(await check(page, good), 'unwitnessed');
  assert.equal(await page.locator('tbody th[scope=row]').count(), fs.readdirSync(path.join(good, 'rules')).length, 'a verdict for each total');
  assert.equal(await page.locator('.mark.failed').count(), 0);
  await look(page, `verify-good-${lang}-${viewport.name}`);
  await page.click('#language');
  assert.equal(await page.evaluate(() => document.dir), lang === 'fa' ? 'ltr' : 'rtl', 'the language changes, the verdict stays');
  assert.equal(await page.locator('[data-outcome]').count(), 1);
  assert.deepEqual(complaints, []);
  await context.close();
}

async function see_failed(browser, viewport, lang) {
  const { page, complaints, context } = await open(browser, viewport, lang);
  assert.equal(await check(page, spoiled()), 'failed');
  assert.deepEqual(await page.locator('h3 code').allTextContents(), ['total', 'file'].sort((a, b) => (a === 'total' ? -1 : 1)));
  await look(page, `verify-failed-${lang}-${viewport.name}`);
  assert.deepEqual(complaints, []);
  await context.close();
}

async function see_next(browser) {
  const { page, complaints, context } = await open(browser, kViewports[0], 'en');
  await page.click('#check');
  assert.match(await page.textContent('[role=status]'), /First choose/);
  assert.equal(await check(page, next, good), 'unwitnessed');
  assert.match(await page.textContent('main'), /changes since the edition before/);
  assert.doesNotMatch(await page.textContent('main'), /was not given/);
  await look(page, 'verify-next-en-wide');
  assert.deepEqual(complaints, []);
  await context.close();
}

/** An edition that others vouch for: tokens by WebCrypto in the worker, a head to keep, and no proof left unjudged. */
async function see_witnessed(browser, lang) {
  const { page, complaints, context } = await open(browser, kViewports[1], lang);
  await page.setInputFiles('#edition', path.resolve(options.vectors, 'witnessed'));
  await page.fill('#pin', fs.readFileSync(path.join(options.vectors, 'witnessed.pin'), 'utf8'));
  await page.click('#check');
  await page.waitForSelector('[data-outcome]', { timeout: 30_000 });
  assert.equal(await page.locator('.mark.failed').count(), 0);
  const words = await page.textContent('main');
  assert.match(words, /2031-07-04T12:00:01Z/, 'a token says when the leaves were there');
  assert.match(words, /2031-07-03T10:00:00Z/, 'a heartbeat says from when on');
  assert.equal(await page.locator('#memory').count(), 1);
  await look(page, `verify-witnessed-${lang}-narrow`);
  assert.deepEqual(complaints, []);
  await context.close();
}

/** Single files: an excerpt, a spoiled one, a fork file, and heads that contradict the edition. */
async function see_files(browser, lang) {
  const { page, complaints, context } = await open(browser, kViewports[0], lang);
  const at = (name) => path.resolve(options.vectors, name);
  const ask = async (file, outcome) => {
    await page.setInputFiles('#others', file);
    await page.waitForSelector('[data-other]');
    await page.fill('#pin', pin);
    await page.click('#check');
    await page.waitForSelector(`[data-outcome="${outcome}"]`, { timeout: 30_000 });
    assert.equal(await page.evaluate(() => document.activeElement.id), 'verdict');
  };
  await ask(at('entry.excerpt'), 'unwitnessed');
  await look(page, `verify-excerpt-${lang}-wide`);
  await ask(at('total.excerpt'), 'unwitnessed');
  assert.equal(await page.locator('tbody th[scope=row]').count(), 1, 'the total has its verdict');
  const text = fs.readFileSync(at('entry.excerpt'), 'utf8').replace('"2..3"', '"2..9"');
  await ask({ name: 'spoiled.excerpt', mimeType: 'text/plain', buffer: Buffer.from(text) }, 'failed');
  await ask(at('trust/fork.txt'), 'proven');
  await look(page, `verify-fork-${lang}-wide`);
  await page.setInputFiles('#edition', good);
  await page.fill('#age', '30');
  const heads = fs.readFileSync(at('trust/heads.jsonl'), 'utf8');
  await ask({ name: 'heads.jsonl', mimeType: 'text/plain', buffer: Buffer.from(heads) }, 'failed');
  assert.deepEqual(complaints, []);
  await context.close();
}

async function see_wrong_pin(browser) {
  const { page, complaints, context } = await open(browser, kViewports[0], 'en');
  await page.setInputFiles('#edition', good);
  await page.fill('#pin', 'origin only');
  await page.click('#check');
  await page.waitForFunction(() => /pin, or your file of heads, cannot be read/.test(document.querySelector('[role=status]').textContent));
  assert.deepEqual(complaints, []);
  await context.close();
}

/** Lets go of files or folders over an element, as a hand with a mouse does. */
async function drop(page, selector, paths) {
  const box = await page.locator(selector).boundingBox();
  const session = await page.context().newCDPSession(page);
  const at = { x: box.x + box.width / 2, y: box.y + 10, data: { items: [], files: paths, dragOperationsMask: 1 } };
  for (const type of ['dragEnter', 'dragOver', 'drop']) await session.send('Input.dispatchDragEvent', { type, ...at });
  await session.detach();
}

/** A folder and a pin are dropped on their places; every step is told on the way to the verdict. */
async function see_dropped(browser, lang) {
  const { page, complaints, context } = await open(browser, kViewports[0], lang);
  await page.evaluate(() => {
    window.told = [];
    new MutationObserver(() => window.told.push(document.querySelector('[role=status]').textContent)).observe(document.querySelector('[role=status]'), { childList: true });
  });
  await drop(page, 'section:has(#edition)', [good]);
  await page.waitForFunction(() => document.getElementById('edition-chosen').textContent !== '');
  await drop(page, 'section:has(#pin)', [path.resolve(options.vectors, 'pin.txt')]);
  await page.waitForFunction(() => document.getElementById('pin').value !== '');
  await page.click('#check');
  await page.waitForSelector('[data-outcome=unwitnessed]');
  const told = (await page.evaluate(() => window.told)).map((text) => text.replace(/[\u2066-\u2069]/g, '').replace(/[0-9۰-۹]+/g, '#'));
  const words = JSON.parse(fs.readFileSync(path.join(options.web, `verify/src/words_${lang}.json`), 'utf8'));
  for (const step of ['log', 'records', 'evidence', 'files']) {
    assert.ok(told.includes(words[`step ${step}`].replace('{percent}', '#').replace(/[\u2066-\u2069]/g, '')), `the step '${step}' is told`);
  }
  await look(page, `verify-dropped-${lang}`);
  assert.deepEqual(complaints, []);
  await context.close();
}

/** A check that is stopped gives no verdict, and the next one does. */
async function see_cancelled(browser, lang) {
  const { page, complaints, context } = await open(browser, kViewports[0], lang);
  await page.setInputFiles('#edition', good);
  await page.fill('#pin', pin);
  await page.evaluate(() => { // the last files are held back, so that the check cannot end by itself
    const post = Worker.prototype.postMessage;
    window.let_go = () => { Worker.prototype.postMessage = post; };
    Worker.prototype.postMessage = function held(part, ...rest) {
      if (part.is_last !== true) post.call(this, part, ...rest);
    };
  });
  await page.focus('#check');
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => document.activeElement.id === 'cancel');
  assert.ok(await page.isVisible('progress'), 'how far it is can be seen');
  await look(page, `verify-busy-${lang}`);
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => document.activeElement.id === 'check');
  assert.equal(await page.isVisible('progress'), false);
  await page.waitForTimeout(300);
  assert.equal(await page.locator('[data-outcome]').count(), 0, 'what was stopped gives no verdict');
  await page.evaluate(() => window.let_go());
  await page.keyboard.press('Enter');
  await page.waitForSelector('[data-outcome=unwitnessed]');
  assert.deepEqual(complaints, []);
  await context.close();
}

const bytes = fs.statSync(options.page).size;
assert.ok(bytes < 240_000, `verify.html has ${bytes} bytes`);
const browser = await start_browser(chromium, options.browser);
try {
  for (const viewport of kViewports) {
    for (const lang of ['en', 'fa']) {
      await see_good(browser, viewport, lang);
      await see_failed(browser, viewport, lang);
    }
  }
  await see_next(browser);
  for (const lang of ['en', 'fa']) {
    await see_witnessed(browser, lang);
    await see_files(browser, lang);
    await see_dropped(browser, lang);
    await see_cancelled(browser, lang);
  }
  await see_wrong_pin(browser);
  console.log(`verify.html (${bytes} bytes): good, spoiled, next, witnessed, single files, dropped, stopped and a wrong pin, in two languages and at two sizes`);
} finally {
  await browser.close();
}
