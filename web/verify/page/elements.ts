// Elements made from words; text never becomes markup.

export type Child = Node | string | null;

export function make<K extends keyof HTMLElementTagNameMap>(tag: K, attributes: Record<string, string> = {}, ...children: Child[]): HTMLElementTagNameMap[K] {
  const out = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) out.setAttribute(name, value);
  out.append(...children.filter((child) => child !== null));
  return out;
}

/** Paths, hashes, names of rules and sentences of the log: always from left to right. */
export function raw(text: string): HTMLElement {
  return make('bdi', { dir: 'ltr', class: 'raw' }, text);
}
