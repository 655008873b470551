// Decisions of the person at these pages: sealed and applied beside them, one at a time, and taken back again.

import { api } from './client';
import type { DeskRequest, DeskState } from './types';

const kAsk = 250; // ms between two questions how far it is

interface Desk extends DeskState {
  /** What was asked last, to say what was done; null before the first. */
  asked: DeskRequest | null;
  /** Counts what was applied: pages that depend on it load again. */
  applied: number;
}

const kNone: DeskState = { by: null, job: 0, step: 'idle', stage: '', done: 0, total: 0, decision: '', error: '' };
export const desk: Desk = $state({ ...kNone, asked: null, applied: 0 });

/** Asks who may decide here; once a session. */
export async function sit_down(): Promise<void> {
  Object.assign(desk, await api.desk());
  if (desk.step === 'working') await follow();
  else desk.step = 'idle';
}

function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, kAsk));
}

async function follow(): Promise<void> {
  while (desk.step === 'working') {
    await pause();
    Object.assign(desk, await api.desk());
  }
  if (desk.step === 'done') desk.applied += 1;
}

/** True when it was sealed and applied; what went wrong is in `desk.error`. */
export async function decide(request: DeskRequest): Promise<boolean> {
  if (desk.step === 'working') return false;
  Object.assign(desk, { asked: request, step: 'working', stage: 'sealing', done: 0, total: 0, decision: '', error: '' });
  try {
    Object.assign(desk, await api.decide(request));
    await follow();
  } catch (error) {
    Object.assign(desk, { step: 'failed', error: (error as Error).message });
  }
  return desk.step === 'done';
}

export function dismiss(): void {
  desk.step = 'idle';
}
