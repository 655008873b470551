// The page: takes an edition, a pin and perhaps the edition before, and shows what the verifier says. No request, ever.
import { number_text, words_of, type Lang } from '../src/words';
import { Crew } from './crew';
import { make } from './elements';
import type { Folder } from './file_source';
import { folder_of_drop, folder_of_input } from './folder';
import { kind_of, Others } from './others';
import { fork_result_of, result_of } from './result';
import { begin_work, type Answer, type Question } from './worker';

type Place = 'edition' | 'pin' | 'previous' | 'others';

const kMaxAgeDays = 36_500; // a century

/** What came of a check, and what the reader may keep of it. */
type Result = Extract<Answer, { kind: 'verdict' | 'fork' }>;

class Page {
  #lang: Lang = navigator.language.startsWith('fa') ? 'fa' : 'en';
  #folders: Record<'edition' | 'previous', Folder | null> = { edition: null, previous: null };
  #pin = '';
  #crew: Crew | null = null;
  #result: Result | null = null;
  #age = '';
  readonly #others = new Others();
  #message = '';
  readonly #status = make('p', { role: 'status' });
  readonly #bar = make('progress', { max: '1', value: '0' });
  readonly #outcome = make('div');

  constructor(readonly script: string) {
    this.#draw();
  }

  #say(key: string, values: Record<string, string | number> = {}): string {
    return words_of(this.#lang, key, values);
  }

  #draw(): void {
    const is_persian = this.#lang === 'fa';
    document.documentElement.lang = this.#lang;
    document.documentElement.dir = is_persian ? 'rtl' : 'ltr';
    document.title = this.#say('title');
    const other = make('button', { type: 'button', lang: is_persian ? 'en' : 'fa', id: 'language' }, is_persian ? 'English' : 'فارسی');
    other.addEventListener('click', () => {
      this.#lang = is_persian ? 'en' : 'fa';
      this.#draw();
      document.getElementById('language')?.focus();
    });
    document.body.replaceChildren(
      make('header', {}, make('h1', {}, this.#say('title')), other),
      make('main', {}, make('p', {}, this.#say('intro')),
        make('div', { class: 'given' }, this.#folder_zone('edition'), this.#pin_zone(), this.#folder_zone('previous'), this.#others_zone()),
        this.#controls(), this.#outcome));
    this.#show();
  }

  /** A place to drop on, which also takes what is dropped beside its control. */
  #zone(place: Place, ...children: Node[]): HTMLElement {
    const zone = make('section', { class: 'zone' }, make('h2', {}, this.#say(`${place} title`)), make('p', { class: 'soft' }, this.#say(`${place} note`)), ...children);
    zone.addEventListener('dragover', (event) => {
      event.preventDefault();
      zone.classList.add('over');
    });
    zone.addEventListener('dragleave', () => zone.classList.remove('over'));
    zone.addEventListener('drop', (event) => {
      event.preventDefault();
      zone.classList.remove('over');
      if (event.dataTransfer !== null) void this.#take_drop(place, event.dataTransfer);
    });
    return zone;
  }

  async #take_drop(place: Place, transfer: DataTransfer): Promise<void> {
    this.#message = this.#say('listing');
    this.#show();
    const given = await folder_of_drop(transfer).catch(() => null);
    if (given === null) this.#message = this.#say('no folder');
    else if (given instanceof File) await this.#take_file(given);
    else this.#take_folder(place === 'previous' ? 'previous' : 'edition', given);
    this.#message = given === null ? this.#message : '';
    this.#draw();
  }

  #take_folder(place: 'edition' | 'previous', folder: Folder): void {
    this.#folders[place] = folder;
    if (place === 'edition') this.#others.forget_alone();
  }

  async #take_file(file: File): Promise<void> {
    const kind = await kind_of(file);
    if (kind === 'pin') this.#pin = await file.text();
    else this.#others.set(kind, file);
  }

  /** Files besides the edition, and how old a cosignature may be. */
  #others_zone(): HTMLElement {
    const input = make('input', { type: 'file', id: 'others', multiple: '' });
    input.addEventListener('change', () => {
      void Promise.all([...(input.files ?? [])].map((file) => this.#take_file(file))).then(() => this.#draw());
    });
    const age = make('input', { type: 'number', id: 'age', min: '0', max: String(kMaxAgeDays), step: '1', inputmode: 'numeric' });
    age.value = this.#age;
    age.addEventListener('input', () => {
      this.#age = age.value;
    });
    const known = [...this.#others.kinds()].map(([kind, file]) => make('li', { 'data-other': kind }, this.#say(`other ${kind}`, { name: file.name })));
    return this.#zone('others', make('label', { for: 'others' }, this.#say('others label')), input,
      ...(known.length === 0 ? [] : [make('ul', {}, ...known)]), make('label', { for: 'age' }, this.#say('age label')), age);
  }

  #folder_zone(place: 'edition' | 'previous'): HTMLElement {
    const input = make('input', { type: 'file', id: place, webkitdirectory: '', multiple: '' });
    input.addEventListener('change', () => {
      this.#take_folder(place, folder_of_input(input));
      this.#message = '';
      chosen.textContent = this.#chosen(place);
      this.#show();
    });
    const chosen = make('p', { id: `${place}-chosen`, 'data-chosen': place }, this.#chosen(place));
    return this.#zone(place, make('label', { for: place }, this.#say(`${place} label`)), input, chosen);
  }

  #chosen(place: 'edition' | 'previous'): string {
    const folder = this.#folders[place];
    if (folder === null) return '';
    const holds = folder.some(([path]) => path === 'edition.json');
    return holds ? this.#say('chosen', { count: folder.length }) : this.#say('no edition');
  }

  #pin_zone(): HTMLElement {
    const text = make('textarea', { id: 'pin', rows: '5', spellcheck: 'false', autocomplete: 'off', autocapitalize: 'off' });
    text.value = this.#pin;
    text.addEventListener('input', () => {
      this.#pin = text.value;
      this.#show();
    });
    const file = make('input', { type: 'file', id: 'pin-file' });
    file.addEventListener('change', () => {
      void file.files?.[0]?.text().then((words) => {
        this.#pin = text.value = words;
        this.#show();
      });
    });
    return this.#zone('pin', make('label', { for: 'pin' }, this.#say('pin label')), text, make('label', { for: 'pin-file' }, this.#say('pin file')), file);
  }

  #controls(): HTMLElement {
    const check = make('button', { type: 'button', class: 'main', id: 'check' }, this.#say('check'));
    check.addEventListener('click', () => this.#begin());
    const cancel = make('button', { type: 'button', id: 'cancel' }, this.#say('cancel'));
    cancel.addEventListener('click', () => this.#cancel());
    this.#bar.setAttribute('aria-label', this.#say('progress'));
    return make('div', { class: 'row' }, check, cancel, this.#bar, this.#status);
  }

  #show(): void {
    const busy = this.#crew !== null;
    document.documentElement.toggleAttribute('data-busy', busy);
    document.getElementById('check')!.hidden = busy;
    document.getElementById('cancel')!.hidden = !busy;
    this.#bar.hidden = !busy;
    this.#status.textContent = this.#message;
    this.#outcome.replaceChildren(...(this.#result === null ? [] : [this.#shown(this.#result)]));
  }

  #shown(result: Result): HTMLElement {
    return result.kind === 'fork' ? fork_result_of(this.#lang, result.proof, result.message) : result_of(this.#lang, result.verdict, result.seconds, result.memory);
  }

  /** Days; null without a limit, undefined when what stands there is none. */
  #max_age(): number | null | undefined {
    const days = Number(this.#age);
    if (this.#age.trim() === '') return null;
    return Number.isInteger(days) && days >= 0 && days <= kMaxAgeDays ? days : undefined;
  }

  #begin(): void {
    const { previous } = this.#folders;
    const edition = this.#folders.edition ?? [];
    const alone = this.#others.alone;
    const max_age_days = this.#max_age();
    this.#result = null;
    if (alone === null && !edition.some(([path]) => path === 'edition.json')) this.#message = this.#say('need edition');
    else if (this.#pin.trim() === '') this.#message = this.#say('need pin');
    else if (max_age_days === undefined) this.#message = this.#say('age refused');
    else {
      this.#message = this.#say('step start');
      this.#start({ pin: this.#pin, edition, alone, previous, cosigned: this.#others.get('cosigned'), heads: this.#others.get('heads'), max_age_days });
      this.#show();
      return document.getElementById('cancel')?.focus();
    }
    this.#show();
  }

  #start(question: Question): void {
    this.#crew = new Crew(this.script, question, (said) => this.#hear(said), (message) => {
      this.#end();
      this.#message = this.#say('reading failed', { message });
      this.#show();
    });
  }

  #hear(said: Answer): void {
    if (said.kind === 'progress') {
      const { step, done, total } = said.progress;
      const part = total > 0 ? Math.min(1, done / total) : 0;
      this.#bar.value = part;
      this.#status.textContent = this.#say(`step ${step}`, { percent: number_text(this.#lang, Math.floor(part * 100)) });
      return;
    }
    this.#end();
    if (said.kind === 'refused') {
      this.#message = this.#say(said.what === 'pin' ? 'pin refused' : 'reading failed', { message: said.message });
      this.#show();
      return document.getElementById('check')?.focus();
    }
    this.#result = said;
    this.#message = '';
    this.#show();
    document.getElementById('verdict')?.focus();
  }

  #end(): void {
    this.#crew?.end();
    this.#crew = null;
  }

  #cancel(): void {
    this.#end();
    this.#message = this.#say('cancelled');
    this.#show();
    document.getElementById('check')?.focus();
  }
}

if (typeof document === 'undefined') {
  begin_work(self);
} else {
  // What is dropped beside a zone must not make the browser leave the page.
  for (const name of ['dragover', 'drop']) addEventListener(name, (event) => event.preventDefault());
  new Page(document.currentScript!.textContent!);
}
