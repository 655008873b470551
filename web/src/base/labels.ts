// Words for codes that come with the chronicle: acts of its codebook, its areas and kinds of sources.

import type { Event, Label, Meta, Summary } from '../api/types';
import type { FacetName } from './query';
import { settings } from './settings.svelte';
import { t, word_for } from './words';

function found_in(list: (Label | [string, string, string, ...unknown[]])[], key: string): string {
  const label = list.find((entry) => entry[0] === key);
  if (!label) return key;
  return settings.lang === 'fa' && label[2] ? label[2] : label[1];
}

export function act_text(meta: Meta, act: string): string {
  return found_in(meta.acts, act);
}

export function facet_value_text(meta: Meta, facet: FacetName, key: string): string {
  if (facet === 'act') return found_in(meta.acts, key);
  if (facet === 'side') return found_in(meta.sides, key);
  if (facet === 'source') return found_in(meta.source_kinds, key);
  if (facet === 'area') return key === 'none' ? t('area.none') : found_in(meta.areas, key);
  return word_for(facet, key);
}

export function place_text(summary: Summary): string {
  const text = settings.lang === 'fa' && summary.place_fa ? summary.place_fa : summary.place_en;
  return text || t('place.unknown');
}

export function title_text(meta: Meta, summary: Summary): string {
  return t('event.title', { act: act_text(meta, summary.event.act), place: place_text(summary) });
}

/** The numbers that a rule chose: those that are published. */
export function chosen_counts(event: Event): Event['counts'] {
  return event.counts.filter((count) => count.rule !== '');
}

export function kind_text(kind: string): string {
  return word_for('kind', kind);
}
