#include "code/reach.h"

namespace gavah::code {

std::uint32_t gap(const Hit& left, const Hit& right) { return right.first > left.past ? right.first - left.past : 0; }

bool overlaps(const Hit& a, const Hit& b) { return a.first < b.past && b.first < a.past; }

const Hit* carrying_verb(const Hit& trigger, const SentenceScan& sentence) {
  for (const Hit& verb : sentence.verbs) {
    if (verb.first < trigger.past) continue;
    if (sentence.borders(trigger.past, verb.first) > 0) return nullptr;
    return &verb;
  }
  return nullptr;
}

const Hit* cue_before(const SentenceScan& sentence, const Hit& trigger, Cue cue, std::uint32_t reach) {
  const Hit* nearest = nullptr;
  for (const Hit& hit : sentence.cues) {
    if (hit.word->cue != cue || hit.past > trigger.first || gap(hit, trigger) > reach) continue;
    if (sentence.borders(hit.past, trigger.first) > 0 || sentence.commas(hit.past, trigger.first) > 0) continue;
    nearest = &hit;
  }
  return nearest;
}

const Hit* cue_after(const SentenceScan& sentence, const Hit& trigger, Cue cue, std::uint32_t reach) {
  for (const Hit& hit : sentence.cues) {
    if (hit.word->cue != cue || hit.first < trigger.past || gap(trigger, hit) > reach) continue;
    if (sentence.borders(trigger.past, hit.first) == 0) return &hit;
  }
  return nullptr;
}

}  // namespace gavah::code
