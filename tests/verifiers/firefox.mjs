// Opens verify.html from disk in Firefox and gives it editions: it must come to the same verdicts there, without a request.
// Firefox is driven by its own remote protocol (Marionette): a number, a colon and JSON over a socket; no driver is needed.
// usage: node firefox.mjs --page FILE --vectors DIR [--browser PATH]
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const kStartTimeout = 60_000; // ms
const kPatience = 60_000; // ms, for a verdict

const options = { browser: '/usr/bin/firefox-esr' };
for (let i = 2; i + 1 < process.argv.length; i += 2) options[process.argv[i].replace(/^--/, '')] = process.argv[i + 1];
const pin = fs.readFileSync(path.join(options.vectors, 'pin.txt'), 'utf8');

function free_port() {
  return new Promise((done) => {
    const server = net.createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => done(port));
    });
  });
}

/** A profile that asks no network for anything. */
function profile_for(port) {
  const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'gavah-firefox-'));
  const settings = {
    'marionette.port': port, 'network.proxy.type': 1, 'network.proxy.http': '127.0.0.1', 'network.proxy.http_port': 9, 'network.proxy.ssl': '127.0.0.1',
    'network.proxy.ssl_port': 9, 'app.update.enabled': false, 'datareporting.policy.dataSubmissionEnabled': false, 'toolkit.telemetry.enabled': false,
    'browser.shell.checkDefaultBrowser': false, 'browser.startup.page': 0, 'browser.aboutwelcome.enabled': false, 'intl.locale.requested': 'en-US',
  };
  fs.writeFileSync(path.join(directory, 'user.js'), Object.entries(settings).map(([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});\n`).join(''));
  return directory;
}

async function connected(port) {
  const until = Date.now() + kStartTimeout;
  for (;;) {
    const socket = await new Promise((done) => {
      const made = net.connect(port, '127.0.0.1', () => done(made));
      made.on('error', () => done(null));
    });
    if (socket !== null) return socket;
    if (Date.now() > until) throw new Error('Firefox did not open its port');
    await new Promise((done) => setTimeout(done, 200));
  }
}

class Marionette {
  #waiting = new Map();
  #last = 0;
  #bytes = Buffer.alloc(0);
  constructor(socket) {
    this.socket = socket;
    socket.on('data', (more) => {
      this.#bytes = Buffer.concat([this.#bytes, more]);
      while (this.#take());
    });
  }
  #take() {
    const colon = this.#bytes.indexOf(58);
    if (colon < 0) return false;
    const end = colon + 1 + Number(this.#bytes.subarray(0, colon).toString());
    if (this.#bytes.length < end) return false;
    const message = JSON.parse(this.#bytes.subarray(colon + 1, end).toString());
    this.#bytes = this.#bytes.subarray(end);
    if (!Array.isArray(message)) return true; // its greeting
    const [, id, error, result] = message;
    const { done, failed } = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (error === null) done(result);
    else failed(new Error(`${error.error}: ${error.message}`));
    return true;
  }
  ask(name, parameters = {}) {
    const id = (this.#last += 1);
    const text = Buffer.from(JSON.stringify([0, id, name, parameters]));
    this.socket.write(`${text.length}:${text}`);
    return new Promise((done, failed) => this.#waiting.set(id, { done, failed }));
  }
  async run(script, ...args) {
    return (await this.ask('WebDriver:ExecuteAsyncScript', { script: `const [args, done] = [[...arguments].slice(0, -1), arguments[arguments.length - 1]]; (async (...args) => { ${script} })(...args).then(done, (error) => done({ failed: String(error) }));`, args })).value;
  }
}

function files_below(directory, below = '') {
  return fs.readdirSync(path.join(directory, below), { withFileTypes: true }).flatMap((entry) => {
    const name = below === '' ? entry.name : `${below}/${entry.name}`;
    return entry.isDirectory() ? files_below(directory, name) : [[name, fs.readFileSync(path.join(directory, name)).toString('base64')]];
  });
}

// In the browser itself: a picker of folders that chooses this one without asking. A driver cannot hand one to a page.
const kPicker = `
  const folder = Cc['@mozilla.org/file/local;1'].createInstance(Ci.nsIFile);
  folder.initWithPath(arguments[0]);
  const picker = {
    QueryInterface: ChromeUtils.generateQI(['nsIFilePicker']), file: folder, fileURL: Services.io.newFileURI(folder), displayDirectory: null, displaySpecialDirectory: '',
    defaultString: '', defaultExtension: '', filterIndex: 0, addToRecentDocs: false, okButtonLabel: '', capture: 0, mode: 2,
    init() {}, close() {}, appendFilters() {}, appendFilter() {}, appendRawFilter() {}, isModeSupported: () => Promise.resolve(true),
    open: (callback) => Services.tm.dispatchToMainThread(() => callback.done(0)),
  };
  const made = { QueryInterface: ChromeUtils.generateQI(['nsIFactory']), createInstance: (wanted) => picker.QueryInterface(wanted) };
  Components.manager.QueryInterface(Ci.nsIComponentRegistrar).registerFactory(Services.uuid.generateUUID(), '', '@mozilla.org/filepicker;1', made);`;

/** Chooses a folder as a reader does: a click on the label, the picker, and the browser's question whether its files may be seen. */
async function choose_folder(firefox, directory) {
  await firefox.ask('WebDriver:Navigate', { url: pathToFileURL(path.resolve(options.page)).href });
  await firefox.ask('Marionette:SetContext', { value: 'chrome' });
  await firefox.ask('WebDriver:ExecuteScript', { script: kPicker, args: [directory] });
  await firefox.ask('Marionette:SetContext', { value: 'content' });
  const { value: label } = await firefox.ask('WebDriver:FindElement', { using: 'css selector', value: 'label[for=edition]' });
  await firefox.ask('WebDriver:ElementClick', { id: Object.values(label)[0] });
  for (const until = Date.now() + kPatience; Date.now() < until;) {
    const asked = firefox.ask('WebDriver:ExecuteScript', { script: "return document.getElementById('edition').files.length;", args: [] });
    const count = await Promise.race([asked.then(({ value }) => value, () => 0), new Promise((done) => setTimeout(() => done(0), 2_000))]); // the question holds up the first
    if (count > 0) return count;
  }
  return 0;
}

const kCheck = `
  const text = document.getElementById('pin');
  text.value = args[0];
  text.dispatchEvent(new Event('input'));
  document.getElementById('check').click();`;

// In the page: what a picker of folders gives, made of files in memory.
const kGive = `
  const [folder, pin] = args;
  const page = window.wrappedJSObject ?? window;
  const input = page.document.getElementById('edition');
  const made = new page.Array();
  for (const [path, text] of folder) {
    const parts = new page.Array();
    parts.push(page.Uint8Array.from(atob(text), (c) => c.charCodeAt(0)));
    const file = new page.File(parts, path.split('/').pop());
    page.Object.defineProperty(file, 'webkitRelativePath', { value: 'edition/' + path });
    made.push(file);
  }
  page.Object.defineProperty(input, 'files', { value: made, configurable: true });
  input.dispatchEvent(new page.Event('change'));
  const text = page.document.getElementById('pin');
  text.value = pin;
  text.dispatchEvent(new page.Event('input'));
  page.document.getElementById('check').click();`;

const kWait = `
  const until = Date.now() + ${kPatience};
  for (;;) {
    const found = document.querySelector('[data-outcome]');
    if (found !== null) return { outcome: found.dataset.outcome, totals: document.querySelectorAll('tbody th[scope=row]').length, says: found.textContent.slice(0, 900), checks: [...document.querySelectorAll('h3 code')].map((each) => each.textContent), took: document.querySelector('.verdict .soft').textContent };
    if (Date.now() > until) return { failed: 'no verdict; it says: ' + document.querySelector('[role=status]').textContent };
    await new Promise((more) => setTimeout(more, 100));
  }`;

async function verdict_of(firefox, folder) {
  await firefox.ask('WebDriver:Navigate', { url: pathToFileURL(path.resolve(options.page)).href });
  const given = await firefox.run(kGive, folder, pin);
  assert.equal(given?.failed, undefined);
  return verdict_shown(firefox);
}

async function verdict_shown(firefox) {
  const verdict = await firefox.run(kWait);
  assert.equal(verdict.failed, undefined);
  const asked = await firefox.run("return performance.getEntriesByType('resource').map((each) => each.name).filter((name) => !name.startsWith('blob:'));");
  assert.deepEqual(asked, [], 'nothing is requested');
  return verdict;
}

async function look(firefox) {
  const good = files_below(path.resolve(options.vectors, 'good'));
  const verdict = await verdict_of(firefox, good);
  assert.equal(verdict.outcome, 'unwitnessed', verdict.says);
  assert.equal(verdict.totals, good.filter(([name]) => name.startsWith('rules/')).length, 'a verdict for each total');
  const spoiled = good.map(([name, text]) => [name, name === 'totals.json' ? Buffer.from(Buffer.from(text, 'base64').toString().replace('"low":4,', '"low":5,')).toString('base64') : text]);
  const failed = await verdict_of(firefox, spoiled);
  assert.equal(failed.outcome, 'failed');
  assert.deepEqual(failed.checks.sort(), ['file', 'total']);
  assert.equal(await choose_folder(firefox, path.resolve(options.vectors, 'good')), good.length, 'the folder of a picker');
  await firefox.run(kCheck, pin);
  const chosen = await verdict_shown(firefox);
  assert.equal(chosen.outcome, 'unwitnessed', chosen.says);
}

const port = await free_port();
const profile = profile_for(port);
const program = spawn(options.browser, ['--headless', '--no-remote', '--marionette', '--remote-allow-system-access', '--profile', profile], { stdio: 'ignore' });
try {
  const firefox = new Marionette(await connected(port));
  const { capabilities } = await firefox.ask('WebDriver:NewSession', { unhandledPromptBehavior: 'accept' });
  await firefox.ask('WebDriver:SetTimeouts', { script: 2 * kPatience });
  await look(firefox);
  console.log(`verify.html in Firefox ${capabilities.browserVersion}: good and spoiled, from memory and from a folder that was chosen`);
  await firefox.ask('Marionette:Quit', { flags: ['eForceQuit'] }).catch(() => undefined);
} catch (error) {
  console.error(error);
  process.exitCode = 1;
} finally {
  const ended = new Promise((done) => program.once('exit', done));
  program.kill('SIGTERM');
  await Promise.race([ended, new Promise((done) => setTimeout(done, 5_000))]);
  fs.rmSync(profile, { recursive: true, force: true, maxRetries: 3 });
  process.exit();
}
