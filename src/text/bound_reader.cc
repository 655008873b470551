#include "text/bound_reader.h"

namespace gavah::text {

BoundWords BoundReader::before(std::uint32_t past) const {
  // "By the end of April".
  if (const std::uint32_t lead = past >= 2 && t_.is(past - 1, "the") ? past - 1 : past;
      lead >= 1 && t_.is(past, "end") &&
      (t_.is(lead - 1, "by") || t_.is(lead - 1, "before") || t_.is(lead - 1, "until") || t_.is(lead - 1, "till")))
    return {TimeBound::up_to, lead - 1};
  // "Before the year 2019", "after the 15th day of June".
  if (past >= 2 && t_.is(past - 1, "the") &&
      (t_.is(past - 2, "since") || t_.is(past - 2, "after") || t_.is(past - 2, "before")))
    --past;
  if (past >= 2 && t_.is(past - 1, "than") && t_.is(past - 2, "later"))
    return past >= 3 && t_.is(past - 3, "no") ? BoundWords{TimeBound::up_to, past - 3}
                                              : BoundWords{TimeBound::after, past - 2};
  if (past >= 3 && t_.is(past - 1, "than") && t_.is(past - 2, "earlier") && t_.is(past - 3, "no"))
    return {TimeBound::onward, past - 3};
  // "As late as tomorrow", "as early as March 2019".
  if (past >= 3 && t_.is(past - 1, "as") && t_.is(past - 3, "as") &&
      (t_.is(past - 2, "late") || t_.is(past - 2, "early")))
    return {t_.is(past - 2, "late") ? TimeBound::up_to : TimeBound::onward, past - 3};
  const std::uint32_t start = past >= 1 && (t_.is(past - 1, "on") || t_.is(past - 1, "from")) ? past - 1 : past;
  if (start >= 1 && (t_.is(start - 1, "starting") || t_.is(start - 1, "beginning")))
    return {TimeBound::onward, start - 1};
  if (past >= 1 && (t_.is(past - 1, "since") || t_.is(past - 1, "منذ"))) return {TimeBound::since, past - 1};
  if (past >= 1 && (t_.is(past - 1, "until") || t_.is(past - 1, "till"))) return {TimeBound::up_to, past - 1};
  if (past >= 2 && t_.is(past - 1, "to") && t_.is(past - 2, "up")) return {TimeBound::up_to, past - 2};
  if (const std::uint32_t hatta = past_arabic_until(past); hatta != 0) return {TimeBound::up_to, hatta - 1};
  if (past >= 1 && t_.is(past - 1, "after")) return {TimeBound::after, past - 1};
  if (past >= 1 && t_.is(past - 1, "before")) return {TimeBound::before, past - 1};
  if (past < 2 || !t_.is(past - 1, "از")) return {};
  if (t_.is(past - 2, "پس") || t_.is(past - 2, "بعد")) return {TimeBound::after, past - 2};
  if (t_.is(past - 2, "قبل") || t_.is(past - 2, "پیش")) return {TimeBound::before, past - 2};
  return {};
}

/// After «حتى» of «حتى يوم الأحد», «حتى السبت»; 0 where it does not stand before the time at i. Persian «حتی» is
/// "even".
std::uint32_t BoundReader::past_arabic_until(std::uint32_t i) const {
  const bool has_day = i >= 2 && t_.is(i - 1, "یوم");
  const std::uint32_t at = has_day ? i - 1 : i;
  return at >= 1 && t_.is(at - 1, "حتی") && (has_day || t_.word(i).starts_with("ال")) ? at : 0;
}

/// "Before 4 pm", "by 6:00", "as early as 7 am", «قبل الساعة الخامسة».
BoundWords BoundReader::before_clock(std::uint32_t past) const {
  if (past >= 1 && (t_.is(past - 1, "around") || t_.is(past - 1, "about"))) --past;
  if (past == 0) return {};
  if (t_.is(past - 1, "by")) return {TimeBound::up_to, past - 1};
  if (t_.is(past, "الساعه")) {
    if (t_.is(past - 1, "قبل")) return {TimeBound::before, past - 1};
    if (t_.is(past - 1, "بعد")) return {TimeBound::after, past - 1};
    if (t_.is(past - 1, "حتی")) return {TimeBound::up_to, past - 1};
  }
  if (past >= 3 && t_.is(past - 1, "from") && t_.is(past - 2, "time") && t_.is(past - 3, "any"))
    return {TimeBound::onward, past - 3};
  return t_.is_arabic(past) && !t_.is(past, "الساعه") ? BoundWords{} : before(past);
}

/// "3 pm or later", "6:00 or earlier".
TimeBound BoundReader::after_clock(std::uint32_t past) const {
  if (!t_.is(past, "or")) return TimeBound::none;
  if (t_.is(past + 1, "later") || t_.is(past + 1, "after")) return TimeBound::onward;
  return t_.is(past + 1, "earlier") || t_.is(past + 1, "before") ? TimeBound::up_to : TimeBound::none;
}

}  // namespace gavah::text
