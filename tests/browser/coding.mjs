// Coding as an analyst does it, on a real chronicle behind the real program and without a mouse: why a claim is as it
// is, correct, reject, restore, undo, code by hand from words of the report; the codebook; both directions.
// usage: node coding.mjs --web WEB --screens DIR [--browser PATH] -- GAVAH CASE
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Checks, kViewports, look, modules_of, open_page, options_of, settled, start_browser, start_server, visit } from './lib.mjs';

const kEnglish = 'Security forces killed three people in Morvand on 4 May 2031, doctors near Velmar said on Monday. '
  + 'The families demanded the release of prisoners. Lena Varzin, 27, was arrested in Velmar on 4 May 2031. '
  + 'A crowd of two hundred blocked the coast road with burning tyres that evening.';
const kPersian = 'نیروهای امنیتی روز یکشنبه ۱۲ نفر از معترضان را در مروند بازداشت کردند. اگر تجمع کنند بازداشت خواهند شد.';

function page_of(text) {
  return `<html><head><title>News</title><meta property="article:published_time" content="2031-05-05T08:00:00Z"></head><body><article><p>${text}</p></article></body></html>`;
}

/** A chronicle of two articles in a folder of its own; gives the folder. */
function make_chronicle(gavah, example) {
  const root = fs.mkdtempSync(path.join(os.tmpdir(), 'gavah-coding-'));
  const environment = { ...process.env, XDG_STATE_HOME: path.join(root, 'state') };
  const run = (...words) => execFileSync(gavah, words, { env: environment, stdio: ['ignore', 'pipe', 'ignore'] }).toString();
  const chronicle = path.join(root, 'chronicle');
  run('init', chronicle, '--unprotected', '--gazetteer', path.join(example, 'gazetteer.tsv'));
  for (const [name, text] of [['english', kEnglish], ['persian', kPersian]]) {
    fs.writeFileSync(path.join(root, `${name}.html`), page_of(text));
    run('add', chronicle, path.join(root, `${name}.html`));
  }
  run('derive', chronicle);
  const claims = run('list', chronicle, 'claims', '--json').trim().split('\n').map((line) => JSON.parse(line));
  return { root, chronicle, environment, claims };
}

function claim_of(made, act, place = '') {
  return made.claims.find((claim) => claim.act === act && (place === '' || claim.places.some((one) => one.phrase === place)));
}

/** Tab until `selector` has the focus: what a keyboard reaches. */
async function tab_to(page, selector, limit = 80) {
  for (let i = 0; i < limit; i += 1) {
    if (await page.evaluate((wanted) => document.activeElement?.matches(wanted) ?? false, selector)) return true;
    await page.keyboard.press('Tab');
  }
  return false;
}

async function decided(page, words) {
  await page.waitForFunction((text) => document.querySelector('.desk')?.textContent.includes(text), words, { timeout: 30_000 });
  await settled(page);
}

async function why_opens(page, checks, made, screens, axe, lang) {
  const killing = claim_of(made, 'killing');
  await visit(page, `#/claim/${killing.id}`);
  await page.keyboard.press('j');
  checks.check(await page.evaluate(() => document.activeElement.matches('[data-slot="act"] button.why')), `${lang}: j goes to the first Why?`);
  for (let i = 0; i < 4; i += 1) await page.keyboard.press('j');
  checks.check(await page.evaluate(() => document.activeElement.matches('[data-slot="time"] button.why')), `${lang}: j goes from slot to slot`);
  await page.keyboard.press('Enter');
  const panel = await page.textContent('#why-time');
  checks.check(panel.includes('4 May 2031') && panel.includes('Monday'), `${lang}: the words that made a time, and those rejected, are told`);
  const sentence = lang === 'en' ? 'It says when it was told.' : 'می‌گوید کی گفته شده است.';
  checks.check(panel.includes(sentence), `${lang}: a rule is a sentence in the reader's language`);
  checks.check((await page.textContent('.paper mark.taken')).includes('4 May 2031'), `${lang}: the words are marked in the report`);
  checks.check((await page.textContent('.paper mark.rejected')) === 'Monday', `${lang}: rejected words are marked in the report`);
  checks.check((await page.$$eval('.panel [lang="en"].rule, .panel .rule bdi[lang="en"]', (all) => all.length)) === (lang === 'en' ? await page.$$eval('.panel .rule', (all) => all.length) : 0), `${lang}: no rule is left in English`);
  for (const viewport of kViewports) {
    await page.setViewportSize({ width: viewport.width, height: viewport.height });
    await look(page, axe, `claim ${lang} ${viewport.name}`, screens, checks);
  }
  await page.setViewportSize({ width: kViewports[0].width, height: kViewports[0].height });
  const arrest = claim_of(made, 'arrest', 'Velmar');
  await visit(page, `#/claim/${arrest.id}`);
  await page.click('[data-slot="person"] button.why');
  checks.check(!(await page.textContent('main')).includes('Lena'), `${lang}: names are withheld, also where a rule took them`);
  await page.click('aside button[aria-pressed]');
  checks.check((await page.textContent('.paper')).includes('Lena Varzin') && (await page.textContent('#why-person')).includes('Lena Varzin'), `${lang}: names show when asked for`);
}

async function every_rule_is_told(page, checks, made, lang) {
  for (const claim of made.claims) {
    await visit(page, `#/claim/${claim.id}`);
    for (const button of await page.$$('button.why')) await button.click();
    checks.check((await page.$$('.failed, [role="alert"]')).length === 0, `${lang}: every Why? of ${claim.act} opens`);
  }
}

async function correct_by_keyboard(page, checks, made, lang, screens, axe) {
  const killing = claim_of(made, 'killing');
  await visit(page, `#/claim/${killing.id}`);
  checks.check(await tab_to(page, '[data-slot="count"] .tools button:last-child'), `${lang}: Tab reaches Correct`);
  await page.keyboard.press('Enter');
  await look(page, axe, `correct ${lang} wide`, screens, checks);
  checks.check(await page.evaluate(() => document.activeElement.tagName === 'SELECT'), `${lang}: the form takes the focus`);
  await page.keyboard.press('Tab');
  await page.keyboard.press('Control+A');
  await page.keyboard.type(lang === 'fa' ? '۴' : '4');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Control+A');
  await page.keyboard.type('6');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  checks.check(await page.isVisible('form [role="alert"]'), `${lang}: a decision without a reason is refused in words`);
  await page.keyboard.type('the doctors gave four to six names');
  await page.keyboard.press('Enter');
  await decided(page, lang === 'en' ? 'The slot is corrected.' : 'تصحیح شد.');
  const shown = await page.textContent('[data-slot="count"] .value');
  checks.check(lang === 'en' ? shown.includes('4–6') : shown.includes('۴ تا ۶'), `${lang}: the corrected number shows (${shown})`);
  await page.click('[data-slot="count"] button.why');
  checks.check((await page.textContent('#why-count')).includes('the doctors gave four to six names'), `${lang}: Why? says that a person corrected it, and the reason`);
  await look(page, axe, `corrected ${lang} wide`, screens, checks);
  await page.evaluate(() => document.activeElement.blur());
  await page.keyboard.press('u');
  await decided(page, lang === 'en' ? 'The decision is taken back.' : 'تصمیم پس گرفته شد.');
  const back = await page.textContent('[data-slot="count"] .value');
  checks.check(!back.includes('6') && !back.includes('۶'), `${lang}: undo brings the program's number back`);
}

/** One slot of the claim that is shown, corrected with the keyboard and taken back; what the slot showed meanwhile. */
async function correct_and_undo(page, checks, lang, slot, steps, see, after = async () => {}) {
  await page.evaluate(() => document.activeElement.blur());
  checks.check(await tab_to(page, `[data-slot="${slot}"] .tools button:last-child`), `${lang}: Tab reaches Correct of ${slot}`);
  await page.keyboard.press('Enter');
  for (const step of steps) await (/^(Tab|Enter|Control\+A)$/.test(step) ? page.keyboard.press(step) : page.keyboard.type(step));
  checks.check(await tab_to(page, 'form .wide input', 12), `${lang}: Tab reaches the reason for ${slot}`);
  await see();
  await page.keyboard.type('the family wrote');
  await page.keyboard.press('Enter');
  await decided(page, lang === 'en' ? 'The slot is corrected.' : 'تصحیح شد.');
  const shown = await page.textContent(`[data-slot="${slot}"] .value`);
  await after();
  await page.evaluate(() => document.activeElement.blur());
  await page.keyboard.press('u');
  await decided(page, lang === 'en' ? 'The decision is taken back.' : 'تصمیم پس گرفته شد.');
  return shown;
}

/** The event of the claim that is shown tells of the correction, and of no name; then back to the claim. */
async function event_names_nobody(page, checks, lang, screens, axe) {
  const claim = await page.evaluate(() => location.hash);
  const event = await page.$eval('main a[href^="#/event/"]', (link) => link.getAttribute('href').split('?')[0]);
  await visit(page, event);
  const history = await page.textContent('section[aria-labelledby="history-title"]');
  checks.check(history.includes('the family wrote'), `${lang}: the event tells of the correction`);
  checks.check(!(await page.textContent('main')).includes('Lena') && !history.includes('{'), `${lang}: names are withheld on the event after the correction`);
  await look(page, axe, `event corrected ${lang} wide`, screens, checks);
  await visit(page, claim);
}

/** Who suffered, who acted and who vouches; no name of a person shows on the way. */
async function correct_who_by_keyboard(page, checks, made, lang, screens, axe) {
  await visit(page, `#/claim/${claim_of(made, 'arrest', 'Velmar').id}`);
  const age = lang === 'fa' ? '۲۸' : '28';
  const person = await correct_and_undo(page, checks, lang, 'person', ['Tab', 'Tab', 'Control+A', age], async () => {
    const written = await page.$$eval('input', (all) => all.map((one) => one.value).join(' '));
    checks.check(!(await page.textContent('main')).includes('Lena') && !written.includes('Lena'), `${lang}: names are withheld while persons are corrected`);
    await look(page, axe, `correct person ${lang} wide`, screens, checks);
  }, () => event_names_nobody(page, checks, lang, screens, axe));
  checks.check(person.includes(age), `${lang}: the corrected age shows (${person})`);
  checks.check(!(await page.textContent('main')).includes('Lena'), `${lang}: names are withheld in the list of decisions`);
  await visit(page, `#/claim/${claim_of(made, 'killing').id}`);
  const actor = await correct_and_undo(page, checks, lang, 'actor', ['Control+A', 'Harbour Guard'], () => look(page, axe, `correct actor ${lang} wide`, screens, checks));
  checks.check(actor.includes('Harbour Guard'), `${lang}: the corrected actor shows (${actor})`);
  const voucher = await correct_and_undo(page, checks, lang, 'attribution', ['Tab', 'Control+A', 'a nurse'], () => look(page, axe, `correct attribution ${lang} wide`, screens, checks));
  checks.check(voucher.includes('a nurse'), `${lang}: who vouches is corrected (${voucher})`);
}

async function reject_and_restore(page, checks, made, lang) {
  const killing = claim_of(made, 'killing');
  await visit(page, `#/claim/${killing.id}`);
  await page.keyboard.press('x');
  await page.keyboard.type('a figure of speech');
  await page.keyboard.press('Enter');
  await decided(page, lang === 'en' ? 'The claim is rejected.' : 'ادعا رد شد.');
  checks.check((await page.$('[data-rejected]')) !== null, `${lang}: a rejected claim says so`);
  checks.check((await page.$$('a[href^="#/event/"]')).length === 0, `${lang}: no event rests on a rejected claim`);
  await page.evaluate(() => document.activeElement.blur());
  await page.keyboard.press('x');
  await page.keyboard.type('the doctors confirmed it');
  await page.keyboard.press('Enter');
  await decided(page, lang === 'en' ? 'The decision is taken back.' : 'تصمیم پس گرفته شد.');
  checks.check((await page.$('[data-rejected]')) === null && (await page.$$('a[href^="#/event/"]')).length > 0, `${lang}: a rejected claim is restored, with its event`);
}

/** Selects words of the text with the keyboard alone: from a place in it, word by word. */
async function select_words(page, words) {
  await page.focus('#code-text');
  await page.keyboard.press('Control+Home');
  const [from, to] = await page.$eval('#code-text', (field, wanted) => [field.value.indexOf(wanted), field.value.indexOf(wanted) + wanted.length], words);
  for (let i = 0; i < from; i += 1) await page.keyboard.press('ArrowRight');
  for (let i = from; i < to; i += 1) await page.keyboard.press('Shift+ArrowRight');
}
/** The same in a text that runs to the left. */
async function select_words_leftward(page, words) {
  await page.focus('#code-text');
  await page.keyboard.press('Control+Home');
  const [from, to] = await page.$eval('#code-text', (field, wanted) => [field.value.indexOf(wanted), field.value.indexOf(wanted) + wanted.length], words);
  for (let i = 0; i < from; i += 1) await page.keyboard.press('ArrowLeft');
  for (let i = from; i < to; i += 1) await page.keyboard.press('Shift+ArrowLeft');
}

async function code_by_keyboard(page, checks, made, lang, screens, axe) {
  const report = lang === 'en' ? claim_of(made, 'killing') : claim_of(made, 'arrest', 'مروند');
  const select = lang === 'en' ? select_words : select_words_leftward;
  const words = lang === 'en' ? { trigger: 'blocked the coast road', count: 'two hundred' } : { trigger: 'تجمع کنند', place: 'مروند' };
  await visit(page, `#/capture/${report.anchor.capture}?part=${report.anchor.part}`);
  await page.keyboard.press('n');
  await page.waitForSelector('#code-text');
  await settled(page);
  checks.check(!(await page.inputValue('#code-text')).includes('Lena'), `${lang}: names are withheld while coding`);
  await select(page, words.trigger);
  await page.keyboard.press('a');
  checks.check((await page.textContent('.slots')).includes(words.trigger), `${lang}: a key takes the selected words`);
  if (words.count) {
    await select(page, words.count);
    await page.keyboard.press('n');
    await page.keyboard.press('Control+z');
    checks.check(!(await page.textContent('.slots')).includes(words.count), `${lang}: Ctrl+Z takes the step back`);
    await page.keyboard.press('n');
    await page.selectOption('.slots select >> nth=0', 'participants');
    await page.fill('.slots input >> nth=0', '200');
    await page.fill('.slots input >> nth=1', '200');
  }
  if (words.place) {
    await select(page, words.place);
    await page.keyboard.press('p');
    await page.click('.slots button:not([aria-label])');
    await page.waitForSelector('.slots input[type="radio"]');
    await page.check('.slots input[type="radio"] >> nth=0');
  }
  const text_before = await page.inputValue('#code-text');
  await page.focus('#code-text');
  await page.keyboard.type('zzz');
  checks.check((await page.inputValue('#code-text')) === text_before, `${lang}: nobody types into a report`);
  await page.selectOption('form section:nth-of-type(2) select >> nth=0', lang === 'en' ? 'blockade' : 'gathering');
  if (lang === 'fa') await page.selectOption('form section:nth-of-type(2) select >> nth=1', 'planned');
  await look(page, axe, `code ${lang} wide`, screens, checks);
  await page.setViewportSize({ width: kViewports[2].width, height: kViewports[2].height });
  await look(page, axe, `code ${lang} narrow`, screens, checks);
  await page.setViewportSize({ width: kViewports[0].width, height: kViewports[0].height });
  checks.check(await tab_to(page, '.wide input'), `${lang}: Tab reaches the reason`);
  await page.keyboard.type('the program overlooked it');
  await page.keyboard.press('Enter');
  await decided(page, lang === 'en' ? 'The claim is coded.' : 'ادعا کدگذاری شد.');
  await page.waitForFunction(() => location.hash.startsWith('#/capture/'));
  await settled(page);
  const by_hand = lang === 'en' ? 'coded by hand' : 'کدگذاری‌شده به دست';
  const coded = await page.$(`.claims li:has-text("${by_hand}") a`);
  checks.check(coded !== null, `${lang}: the claim by hand is listed with the others`);
  if (!coded) return;
  await look(page, axe, `coded ${lang} wide`, screens, checks);
  await coded.click();
  await settled(page);
  checks.check((await page.textContent('h1')).includes(lang === 'en' ? 'Blockade' : 'تجمع'), `${lang}: a claim by hand opens like any other`);
  checks.check((await page.$$eval('.paper mark', (marks) => marks.map((mark) => mark.textContent))).includes(words.trigger), `${lang}: its words are marked`);
  await page.click('[data-slot="act"] button.why');
  checks.check((await page.textContent('#why-act')).includes(lang === 'en' ? 'A person coded this claim' : 'کسی این ادعا را کدگذاری کرده'), `${lang}: Why? says that a person coded it`);
  await look(page, axe, `by-hand ${lang} wide`, screens, checks);
}

async function decisions_and_codebook(page, checks, lang, screens, axe) {
  await visit(page, '#/decisions');
  checks.check((await page.$$('main ol > li')).length >= 5, `${lang}: every decision is listed`);
  await look(page, axe, `decisions ${lang} wide`, screens, checks);
  await page.keyboard.press('g');
  await page.keyboard.press('c');
  await settled(page);
  checks.check((await page.$$('nav.card li a')).length === 26, `${lang}: the codebook has its 26 acts`);
  await look(page, axe, `codebook ${lang} wide`, screens, checks);
  await page.focus('nav.card li a[href$="hunger%20strike"]');
  await page.keyboard.press('Enter');
  await settled(page);
  checks.check((await page.$$('.in li')).length > 0 && (await page.$$('.ex li')).length > 0 && (await page.$$('.examples li[lang="fa"]')).length > 0, `${lang}: an act's page has what it includes, excludes and examples`);
  const definition = lang === 'en' ? 'refuses food' : 'از خوردن غذا خودداری می‌کند';
  checks.check((await page.textContent('.definition')).includes(definition) && (await page.$$('.in [lang="en"]')).length === (lang === 'en' ? await page.$$('.in li').then((all) => all.length) : 0), `${lang}: definitions are in the reader's language`);
  await look(page, axe, `codebook-act ${lang} wide`, screens, checks);
  await page.setViewportSize({ width: kViewports[2].width, height: kViewports[2].height });
  await look(page, axe, `codebook-act ${lang} narrow`, screens, checks);
  await page.setViewportSize({ width: kViewports[0].width, height: kViewports[0].height });
}

async function acts_lead_to_the_codebook(page, checks, made) {
  await visit(page, `#/claim/${claim_of(made, 'killing').id}`);
  await page.click('[data-slot="act"] .value a');
  await settled(page);
  checks.check(page.url().endsWith('#/codebook/killing'), "an act's name opens its page in the codebook");
}

/** Without a name nobody decides. */
async function pages_that_only_read(browser, gavah, made, checks, complaints, screens, axe) {
  const server = start_server(gavah, ['serve', made.chronicle], made.environment);
  const page = await open_page(browser, kViewports[0], complaints);
  await page.goto(await server.ready);
  await settled(page);
  await visit(page, `#/claim/${claim_of(made, 'killing').id}`);
  checks.check((await page.$$('[data-key="x"]')).length === 0 && (await page.textContent('main')).includes('--by NAME'), 'without a name the pages only read, and say how to decide');
  const status = await page.evaluate(async () => (await fetch('/api/decide', { method: 'POST', body: '{}', headers: { 'X-Gavah-Token': sessionStorage.getItem('gavah.token') } })).status);
  checks.check(status === 413, 'without a name a decision is refused');
  await look(page, axe, 'read-only en wide', screens, checks);
  await page.context().close();
  await server.stop();
}

async function main() {
  const options = options_of(process.argv.slice(2));
  const [gavah, example] = options.command;
  const { chromium, axe: axe_file } = modules_of(options.web);
  const axe = fs.readFileSync(axe_file, 'utf8');
  fs.mkdirSync(options.screens, { recursive: true });
  const checks = new Checks();
  const complaints = [];
  const made = make_chronicle(gavah, example);
  const browser = await start_browser(chromium, options.browser);
  try {
    await pages_that_only_read(browser, gavah, made, checks, complaints, options.screens, axe);
    const server = start_server(gavah, ['serve', made.chronicle, '--by', 'R. Analyst'], made.environment);
    const url = await server.ready;
    for (const lang of ['en', 'fa']) {
      const page = await open_page(browser, kViewports[0], complaints);
      page.setDefaultTimeout(30_000);
      await page.goto(url);
      await settled(page);
      if ((await page.getAttribute('html', 'lang')) !== lang) await page.click(`header button[lang="${lang}"]`);
      await settled(page);
      await why_opens(page, checks, made, options.screens, axe, lang);
      await every_rule_is_told(page, checks, made, lang);
      await correct_by_keyboard(page, checks, made, lang, options.screens, axe);
      await correct_who_by_keyboard(page, checks, made, lang, options.screens, axe);
      await reject_and_restore(page, checks, made, lang);
      await code_by_keyboard(page, checks, made, lang, options.screens, axe);
      await decisions_and_codebook(page, checks, lang, options.screens, axe);
      await acts_lead_to_the_codebook(page, checks, made);
      await page.context().close();
    }
    await server.stop();
  } finally {
    await browser.close();
    fs.rmSync(made.root, { recursive: true, force: true });
  }
  return checks.report('coding', complaints.filter((text) => !/status of (401|404|413)/.test(text)));
}

process.exitCode = await main();
