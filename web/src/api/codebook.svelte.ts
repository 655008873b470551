// The codebook does not change while it is served: asked for once.

import { api } from './client';
import type { Codebook } from './types';

let asked: Promise<Codebook> | null = null;

export function codebook(): Promise<Codebook> {
  asked ??= api.codebook().catch((error: unknown) => {
    asked = null;
    throw error;
  });
  return asked;
}
