import { lock, session } from './session.svelte';
import type {
  Aggregate, CapturePage, ClaimPage, Codebook, DecisionRow, DeskRequest, DeskState, EventPage, EventRows, Meta, NamedPlace, Trail, Versions,
} from './types';

export class ApiError extends Error {
  constructor(readonly status: number, message: string) {
    super(message);
  }
}

async function ask<T>(path: string, options: RequestInit): Promise<T> {
  const response = await fetch(path, { ...options, headers: { 'X-Gavah-Token': session.token } });
  if (response.status === 401) lock();
  const body = await response.json();
  if (!response.ok) throw new ApiError(response.status, body?.error?.message ?? response.statusText);
  return body as T;
}

function get<T>(path: string, signal?: AbortSignal): Promise<T> {
  return ask<T>(path, signal ? { signal } : {});
}

function with_query(path: string, query: URLSearchParams): string {
  const text = query.toString().replaceAll('+', '%20'); // the server keeps a plus as it is
  return text ? `${path}?${text}` : path;
}

export const api = {
  meta: (signal?: AbortSignal) => get<Meta>('/api/meta', signal),
  aggregate: (query: URLSearchParams, signal?: AbortSignal) => get<Aggregate>(with_query('/api/agg', query), signal),
  events: (query: URLSearchParams, signal?: AbortSignal) => get<EventRows>(with_query('/api/events', query), signal),
  event: (id: string, signal?: AbortSignal) => get<EventPage>(`/api/event/${id}`, signal),
  trail: (id: string, kind: string, signal?: AbortSignal) =>
    get<Trail>(`/api/trail/${id}${kind ? `/${encodeURIComponent(kind)}` : ''}`, signal),
  capture: (id: string, part: number, signal?: AbortSignal) =>
    get<CapturePage>(`/api/capture/${id}?part=${part}`, signal),
  claim: (id: string, signal?: AbortSignal) => get<ClaimPage>(`/api/claim/${id}`, signal),
  decisions: (signal?: AbortSignal) => get<{ decisions: DecisionRow[] }>('/api/decisions', signal),
  codebook: (signal?: AbortSignal) => get<Codebook>('/api/codebook', signal),
  places: (name: string, signal?: AbortSignal) =>
    get<{ places: NamedPlace[] }>(with_query('/api/places', new URLSearchParams({ name })), signal),
  desk: () => get<DeskState>('/api/desk'),
  decide: (request: DeskRequest) => ask<DeskState>('/api/decide', { method: 'POST', body: JSON.stringify(request) }),
  versions: (report: string, signal?: AbortSignal) => get<Versions>(`/api/versions/${report}`, signal),
};
