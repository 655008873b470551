// The one table of keys: the help shows it and the handler reads it.

import { go } from './router.svelte';

export interface Shortcut {
  keys: string;
  words: string; // of the catalogue
  run: () => void;
}

function click(selector: string): void {
  document.querySelector<HTMLElement>(selector)?.click();
}

/** Goes to the next or previous "Why?" of a claim. */
function step_slot(step: 1 | -1): void {
  const all = [...document.querySelectorAll<HTMLElement>('button.why')];
  const here = all.indexOf(document.activeElement as HTMLElement);
  all[here < 0 ? (step > 0 ? 0 : all.length - 1) : here + step]?.focus();
}

export function shortcuts(show_help: () => void, lock: () => void): Shortcut[] {
  return [
    { keys: '/', words: 'keys.search', run: () => document.getElementById('search')?.focus() },
    { keys: '?', words: 'keys.help', run: show_help },
    { keys: 'g o', words: 'keys.overview', run: () => go('/') },
    { keys: 'g e', words: 'keys.events', run: () => go('/events') },
    { keys: 'g d', words: 'keys.decisions', run: () => go('/decisions') },
    { keys: 'g c', words: 'keys.codebook', run: () => go('/codebook') },
    { keys: 'g a', words: 'keys.about', run: () => go('/about') },
    { keys: '[', words: 'keys.previous', run: () => click('[data-key="["]') },
    { keys: ']', words: 'keys.next', run: () => click('[data-key="]"]') },
    { keys: 'j', words: 'keys.next_slot', run: () => step_slot(1) },
    { keys: 'k', words: 'keys.previous_slot', run: () => step_slot(-1) },
    { keys: 'x', words: 'keys.reject', run: () => click('[data-key="x"]') },
    { keys: 'n', words: 'keys.code', run: () => click('[data-key="n"]') },
    { keys: 'u', words: 'keys.undo', run: () => click('[data-key="u"]') },
    { keys: 'Escape', words: 'keys.back', run: () => history.back() },
    { keys: 'Shift+Escape', words: 'keys.lock', run: lock },
  ];
}

function in_text_field(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));
}

const kPrefixWait = 1500; // ms between 'g' and its letter

/** Returns a keydown handler. */
export function key_handler(table: Shortcut[]): (event: KeyboardEvent) => void {
  let prefix = '';
  let pressed_at = 0;
  return (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const name = (event.shiftKey && event.key === 'Escape' ? 'Shift+' : '') + event.key;
    if (name === 'Escape' && in_text_field(event.target)) {
      (event.target as HTMLElement).blur();
      return;
    }
    if (name !== 'Shift+Escape' && in_text_field(event.target)) return;
    if (document.querySelector('dialog[open]') && name !== 'Shift+Escape') return;
    const typed = prefix && event.timeStamp - pressed_at < kPrefixWait ? `${prefix} ${name}` : name;
    prefix = name === 'g' ? 'g' : '';
    pressed_at = event.timeStamp;
    const found = table.find((shortcut) => shortcut.keys === typed);
    if (!found) return;
    event.preventDefault();
    found.run();
  };
}
