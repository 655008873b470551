// The token of this run: printed by `gavah serve` after '#t=', kept for the tab, sent in a header and never in an address.

const kKey = 'gavah.token';

export const session = $state({ token: sessionStorage.getItem(kKey) ?? '', locked: false });

export function take_token(text: string): boolean {
  const found = /(?:#t=|^)([0-9a-f]{32})\s*$/.exec(text.trim());
  if (!found) return false;
  session.token = found[1]!;
  session.locked = false;
  sessionStorage.setItem(kKey, session.token);
  return true;
}

/** Takes the token out of the address bar, so that it stays in no history. */
export function take_token_from_address(): void {
  if (take_token(location.hash)) history.replaceState(null, '', '#/');
}

/** Blanks the screen and forgets the token. */
export function lock(): void {
  session.token = '';
  session.locked = true;
  sessionStorage.removeItem(kKey);
}
