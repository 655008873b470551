// Walks through the pages as a reader would, in both languages and at three sizes, and fails on what a reader would
// stumble over: an accessibility violation, a sideways scroll bar, a dead number, a request beyond this machine.
// usage: node run.mjs --web WEB --screens DIR [--browser PATH] -- SERVER ARGUMENT...
import fs from 'node:fs';
import { Checks, kViewports, look as look_at, modules_of, open_page, options_of, settled, start_browser, start_server, visit } from './lib.mjs';

const checks = new Checks();
const check = (holds, claim) => checks.check(holds, claim);
const look = (page, axe, where, screens) => look_at(page, axe, where, screens, checks);


/** An event with a number, of those that most independent origins report. */
async function first_event(page) {
  await visit(page, '#/events?sort=-lineages');
  const link = await page.getAttribute('tbody [data-trail*="?n="]', 'href');
  return link.split('?')[0];
}

async function every_screen(browser, url, axe, screens, complaints) {
  for (const viewport of kViewports) {
    for (const lang of ['en', 'fa']) {
      const page = await open_page(browser, viewport, complaints);
      await page.goto(url);
      await settled(page);
      if ((await page.getAttribute('html', 'lang')) !== lang) await page.click(`header button[lang="${lang}"]`);
      await settled(page);
      check((await page.getAttribute('html', 'dir')) === (lang === 'fa' ? 'rtl' : 'ltr'), `${lang}: the page has its direction`);
      const event = await first_event(page);
      const screens_of = [
        ['overview', '#/'], ['overview-none', '#/?q=zzzz&status=refuted&from=1990-01-01&to=1990-01-02'], ['events', '#/events'],
        ['event', event], ['about', '#/about'], ['nowhere', '#/event/ffffffffffffffffffffffffffffffff'],
      ];
      for (const [name, hash] of screens_of) {
        await visit(page, hash);
        await look(page, axe, `${name} ${lang} ${viewport.name}`, screens);
      }
      await visit(page, event);
      const number = await page.$('.numbers .big a');
      if (number) {
        await number.click();
        await settled(page);
        await page.waitForSelector('.steps li');
        await look(page, axe, `trail ${lang} ${viewport.name}`, screens);
      }
      await page.click('tbody a[href^="#/capture/"]');
      await settled(page);
      await look(page, axe, `capture ${lang} ${viewport.name}`, screens);
      await page.focus('button[aria-controls^="versions-"]');
      await page.keyboard.press('Enter');
      await settled(page);
      await page.waitForSelector('.versions li');
      check((await page.$$('.versions del')).length === 0, 'changed words stay hidden while names are');
      await page.click('section[aria-labelledby="text-title"] button[aria-pressed]');
      await page.waitForSelector('.versions .words ins');
      check((await page.$$('.versions li')).length === 3, 'an address lists its versions');
      await look(page, axe, `versions ${lang} ${viewport.name}`, screens);
      await page.keyboard.press('?');
      await look(page, axe, `keys ${lang} ${viewport.name}`, screens);
      await page.context().close();
    }
  }
}

/** A number on the event page opens step by step down to the log. */
async function number_opens_to_bytes(browser, url, complaints) {
  const page = await open_page(browser, kViewports[0], complaints);
  await page.goto(url);
  await settled(page);
  await visit(page, await first_event(page));
  const kind = await page.getAttribute('.numbers .big a', 'data-trail');
  await page.click('.numbers .big a');
  await settled(page);
  check(kind !== null && page.url().endsWith(kind), 'a number leads to its own trail');
  await page.waitForSelector('.steps .inner li');
  const steps = await page.$$eval('aside.trail .steps > li', (items) => items.map((item) => item.dataset.state));
  check(steps.length >= 7, `the trail has its steps (${steps.length})`);
  check(steps.includes('none') && (await page.isVisible('aside.trail li[data-state="none"]')), 'a missing step is shown, in amber');
  const inner = await page.$$eval('aside.trail .inner', (lists) => lists[0].children.length);
  check(inner === 4, 'evidence walks from passage to capture, digest and leaf');
  const all = await page.$$eval('.main tbody tr[id^="claim-"]', (rows) => rows.length);
  await page.click('aside.trail .inner a[href^="#/capture/"]');
  await settled(page);
  check((await page.$$('.paper mark')).length > 0, "the capture marks the claim's words");
  await page.goBack();
  await settled(page);
  check((await page.$$('.main tbody tr[id^="claim-"]')).length === all, 'going back shows the same claims');
  await page.context().close();
}

async function names_are_masked(browser, url, complaints) {
  const page = await open_page(browser, kViewports[0], complaints);
  await page.goto(url);
  await settled(page);
  await visit(page, await first_event(page));
  const masked = await page.$$eval('.masked', (marks) => marks.length);
  if (masked > 0) {
    await page.click('section[aria-labelledby="claims-title"] button[aria-pressed]');
    check((await page.$$('.main .masked')).length === 0, 'names show when asked for');
    await visit(page, '#/');
    await page.goBack();
    await settled(page);
    check((await page.$$('.masked')).length === masked, 'names hide again on leaving');
  }
  await page.context().close();
}

/** Everything below is done without a mouse. */
async function keyboard_alone(browser, url, complaints) {
  const page = await open_page(browser, kViewports[0], complaints);
  await page.goto(url);
  await settled(page);
  await page.keyboard.press('Tab');
  check(await page.evaluate(() => document.activeElement.classList.contains('skip')), 'the first stop skips to the content');
  await page.keyboard.press('Enter');
  check(await page.evaluate(() => document.activeElement.id === 'main'), 'the skip link leads to the content');
  await page.keyboard.press('/');
  check(await page.evaluate(() => document.activeElement.id === 'search'), '"/" goes to the search');
  await page.keyboard.type('ge');
  check(page.url().endsWith('#/'), 'letters typed into a field are no shortcuts');
  await page.keyboard.press('Escape');
  await page.keyboard.press('g');
  await page.keyboard.press('e');
  await settled(page);
  check(page.url().includes('#/events'), '"g e" goes to the events');
  await page.focus('tbody th a');
  await page.keyboard.press('Enter');
  await settled(page);
  check(page.url().includes('#/event/'), 'Enter opens an event');
  const before = page.url();
  const forward = await page.$('[data-key="]"]');
  await page.keyboard.press(forward ? ']' : '[');
  await settled(page);
  check(page.url() !== before, '"]" and "[" go to the neighbours');
  await visit(page, await first_event(page));
  await page.focus('.numbers .big a');
  const outline = await page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle);
  check(outline !== 'none', 'focus is visible');
  await page.keyboard.press('Enter');
  await settled(page);
  check(page.url().includes('?n='), 'Enter opens a number');
  await page.keyboard.press('?');
  check(await page.evaluate(() => document.querySelector('dialog').open), '"?" shows the keys');
  await page.keyboard.press('Escape');
  check(await page.evaluate(() => !document.querySelector('dialog').open), 'Escape closes them');
  await page.keyboard.press('g');
  await page.keyboard.press('o');
  await settled(page);
  await page.focus('.map');
  const seen = await page.evaluate(() => document.querySelector('.map canvas').toDataURL());
  await page.keyboard.press('ArrowRight');
  await settled(page);
  check((await page.evaluate(() => document.querySelector('.map canvas').toDataURL())) !== seen, 'arrow keys move the map');
  await page.keyboard.press('Shift+Escape');
  await page.waitForSelector('form input');
  check((await page.$('.map')) === null && (await page.evaluate(() => sessionStorage.getItem('gavah.token'))) === null, 'Shift+Escape blanks the screen');
  await page.context().close();
}

async function filters_agree(browser, url, complaints) {
  const page = await open_page(browser, kViewports[0], complaints);
  await page.goto(url);
  await settled(page);
  const total = () => page.$eval('.total .n', (node) => node.textContent);
  const all = await total();
  const count = await page.$eval('details:nth-of-type(2) li [data-trail] .n', (node) => node.textContent);
  await page.click('details:nth-of-type(2) li .value');
  await settled(page);
  check((await total()) === count, 'a facet gives as many events as it said');
  await page.click('.total a');
  await settled(page);
  check((await page.$eval('h1 + p .n', (node) => node.textContent)) === count, 'the table of the same query has the same total');
  await visit(page, '#/');
  check((await total()) === all, 'without filters everything is back');
  await page.locator('.u-over').scrollIntoViewIfNeeded();
  const box = await (await page.$('.u-over')).boundingBox();
  await page.mouse.move(box.x + box.width * 0.3, box.y + 20);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.6, box.y + 30, { steps: 4 });
  await page.mouse.up();
  await settled(page);
  check(/from=.*to=/.test(page.url()), 'a drag over the bars chooses dates');
  const dragged = await total();
  const typed = await page.$$eval('input.day', (inputs) => inputs.map((input) => input.value));
  await visit(page, '#/');
  await page.fill('input.day >> nth=0', typed[0]);
  await page.fill('input.day >> nth=1', typed[1]);
  await page.keyboard.press('Enter');
  await settled(page);
  check((await total()) === dragged, 'typed dates do the same');
  await page.fill('input.day >> nth=0', '2022-13-45');
  await page.keyboard.press('Enter');
  check(await page.isVisible('#filter-wrong'), 'a date that is none is refused in words');
  await page.context().close();
}

/** A real gazetteer gets its coast; the outline is a file of this program. */
async function coast_is_drawn(browser, url, complaints) {
  const page = await open_page(browser, kViewports[0], complaints);
  await page.route('**/api/meta', async (route) => {
    const answer = await route.fetch();
    const meta = await answer.json();
    await route.fulfill({ response: answer, json: { ...meta, geography: 'real' } });
  });
  const outline = page.waitForResponse((response) => response.url().endsWith('/outline.json'));
  await page.goto(url);
  check((await outline).ok(), 'the outline comes from this program');
  await settled(page);
  await page.context().close();
}

async function without_token(browser, url, axe, screens, complaints) {
  const page = await open_page(browser, kViewports[0], complaints);
  await page.goto(url.split('#')[0]);
  await page.waitForSelector('form input');
  await look(page, axe, 'unlock en wide', screens);
  await page.fill('form input', 'nonsense');
  await page.keyboard.press('Enter');
  check(await page.isVisible('#unlock-wrong'), 'a wrong key is refused in words');
  await page.fill('form input', url);
  await page.keyboard.press('Enter');
  await settled(page);
  check(!page.url().includes('t='), 'the token does not stay in the address');
  check((await page.$('.map')) !== null, 'the printed address opens the pages');
  await page.context().close();
}

async function main() {
  const options = options_of(process.argv.slice(2));
  const { chromium, axe: axe_file } = modules_of(options.web);
  const axe = fs.readFileSync(axe_file, 'utf8');
  fs.mkdirSync(options.screens, { recursive: true });
  const complaints = [];
  const server = start_server(options.command[0], options.command.slice(1));
  const browser = await start_browser(chromium, options.browser);
  try {
    const url = await server.ready;
    await number_opens_to_bytes(browser, url, complaints);
    await names_are_masked(browser, url, complaints);
    await keyboard_alone(browser, url, complaints);
    await filters_agree(browser, url, complaints);
    await coast_is_drawn(browser, url, complaints);
    await without_token(browser, url, axe, options.screens, complaints);
    await every_screen(browser, url, axe, options.screens, complaints);
  } finally {
    await browser.close();
    await server.stop();
  }
  return checks.report('browser', complaints.filter((text) => !/status of (401|404)/.test(text)));
}

process.exitCode = await main();
