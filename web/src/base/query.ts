// The part of an address that chooses events: the same names as in the server's query.

export const kFacets = ['status', 'act', 'area', 'source', 'side', 'extent', 'tprec', 'pprec'] as const;
export type FacetName = (typeof kFacets)[number];
const kNames = ['q', 'from', 'to', 'bbox', ...kFacets];

export function query_of(params: URLSearchParams): URLSearchParams {
  const query = new URLSearchParams();
  for (const name of kNames) {
    const value = params.get(name);
    if (value) query.set(name, value);
  }
  return query;
}

export type Choice = 'in' | 'out' | 'open';

function keys_of(params: URLSearchParams, facet: FacetName): string[] {
  return (params.get(facet) ?? '').split(',').filter((key) => key !== '');
}

export function choice_of(params: URLSearchParams, facet: FacetName, key: string): Choice {
  const keys = keys_of(params, facet);
  if (keys.includes(key)) return 'in';
  return keys.includes(`-${key}`) ? 'out' : 'open';
}

/** The facet's parameter with one key chosen otherwise; page goes back to the first. */
export function with_choice(params: URLSearchParams, facet: FacetName, key: string, choice: Choice): URLSearchParams {
  const keys = keys_of(params, facet).filter((other) => other !== key && other !== `-${key}`);
  if (choice === 'in') keys.push(key);
  if (choice === 'out') keys.push(`-${key}`);
  const next = new URLSearchParams(params);
  next.delete('page');
  if (keys.length === 0) next.delete(facet);
  else next.set(facet, keys.join(','));
  return next;
}

export interface Chosen {
  facet: FacetName;
  key: string;
  choice: 'in' | 'out';
}

export function chosen(params: URLSearchParams): Chosen[] {
  return kFacets.flatMap((facet) =>
    keys_of(params, facet).map((key) =>
      key.startsWith('-') ? { facet, key: key.slice(1), choice: 'out' as const } : { facet, key, choice: 'in' as const }),
  );
}
