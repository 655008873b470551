#pragma once

#include "times/verdicts.h"

namespace gavah::times {

/// Spans of Persian times on the golds of Hengam and of parstdex: as find_times gives them, and with the borders that
/// those annotators draw. Misses of HengamGold are shown for its even sentences alone: the odd ones are held back.
void hengam(Misses misses);
void parstdex(Misses misses);

}  // namespace gavah::times
