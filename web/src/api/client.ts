import { lock, session } from './session.svelte';
import type { Aggregate, CapturePage, EventPage, EventRows, Meta, Trail, Versions } from './types';

export class ApiError extends Error {
  constructor(readonly status: number, message: string) {
    super(message);
  }
}

async function get<T>(path: string, signal?: AbortSignal): Promise<T> {
  const options: RequestInit = { headers: { 'X-Gavah-Token': session.token } };
  if (signal) options.signal = signal;
  const response = await fetch(path, options);
  if (response.status === 401) lock();
  const body = await response.json();
  if (!response.ok) throw new ApiError(response.status, body?.error?.message ?? response.statusText);
  return body as T;
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
  versions: (report: string, signal?: AbortSignal) => get<Versions>(`/api/versions/${report}`, signal),
};
