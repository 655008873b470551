// The address after '#' is the whole state of a page: "#/events?act=strike&from=2022-01-01".

export interface Route {
  path: string;
  params: URLSearchParams;
}

function read(): Route {
  const hash = location.hash.startsWith('#/') ? location.hash.slice(1) : '/';
  const question = hash.indexOf('?');
  return question < 0
    ? { path: hash, params: new URLSearchParams() }
    : { path: hash.slice(0, question), params: new URLSearchParams(hash.slice(question + 1)) };
}

export const route: Route = $state(read());

export function follow_address(): () => void {
  const update = (): void => {
    const next = read();
    const moved = next.path !== route.path;
    Object.assign(route, next);
    if (moved) {
      window.scrollTo(0, 0);
      document.getElementById('main')?.focus({ preventScroll: true });
    }
  };
  window.addEventListener('hashchange', update);
  return () => window.removeEventListener('hashchange', update);
}

export function href(path: string, params: URLSearchParams | Record<string, string> = {}): string {
  const text = new URLSearchParams(params).toString();
  return `#${path}${text ? `?${text}` : ''}`;
}

export function go(path: string, params: URLSearchParams | Record<string, string> = {}): void {
  location.hash = href(path, params);
}

/** The present address with some parameters set, or dropped when empty. */
export function with_params(changes: Record<string, string>): URLSearchParams {
  const params = new URLSearchParams(route.params);
  for (const [name, value] of Object.entries(changes)) {
    if (value === '') params.delete(name);
    else params.set(name, value);
  }
  return params;
}
