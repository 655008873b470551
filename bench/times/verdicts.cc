#include "times/verdicts.h"

#include <algorithm>
#include <bit>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <utility>

#include "base/format.h"

namespace gavah::times {

namespace {

bool is_right_by(const Answer& answer, std::uint32_t conventions) {
  const std::uint32_t used = answer.applies & conventions;
  return used == 0 ? answer.right : (answer.right_by & used & (~used + 1U)) != 0;
}

}  // namespace

Verdict Verdicts::add(std::vector<Answer> answers) {
  cases_.push_back(std::move(answers));
  const auto& all = cases_.back();
  if (std::any_of(all.begin(), all.end(), [](const Answer& answer) { return answer.right; })) {
    ++right_;
    return Verdict::right;
  }
  for (const Answer& answer : all) {
    if (answer.right_by == 0) continue;
    ++by_convention_[static_cast<std::size_t>(std::countr_zero(answer.right_by))];
    return Verdict::translated;
  }
  return Verdict::missed;
}

int Verdicts::right_of(Half half, const Choice& choice) const {
  int right = 0;
  for (std::size_t i = static_cast<std::size_t>(half); i < cases_.size(); i += 2) {
    right += std::any_of(cases_[i].begin(), cases_[i].end(), [&](const Answer& answer) {
      return answer.tense == choice.tense && is_right_by(answer, choice.conventions);
    });
  }
  return right;
}

/// Takes the convention that adds most, until none adds.
Verdicts::Choice Verdicts::best_on(Half half) const {
  Choice best;
  int most = -1;
  for (const text::Tense tense : {text::Tense::past, text::Tense::future}) {
    Choice choice{tense, 0};
    int right = right_of(half, choice);
    for (bool adds = true; adds;) {
      adds = false;
      Choice next = choice;
      for (std::size_t i = 1; i < static_cast<std::size_t>(Convention::count); ++i) {
        const Choice tried{tense, choice.conventions | 1U << i};
        if (const int with = right_of(half, tried); with > right) {
          right = with;
          next = tried;
          adds = true;
        }
      }
      choice = next;
    }
    if (right > most) {
      most = right;
      best = choice;
    }
  }
  return best;
}

void Verdicts::print(std::string_view name) const {
  int translated = 0;
  std::string kinds;
  for (std::size_t i = 1; i < by_convention_.size(); ++i) {
    translated += by_convention_[i];
    if (by_convention_[i] != 0)
      kinds += format("{}{} {}", kinds.empty() ? "" : "; ", kConventions[i], by_convention_[i]);
  }
  const int fixed = right_of(Half::odd, best_on(Half::even)) + right_of(Half::even, best_on(Half::odd));
  const double all = cases_.empty() ? 1 : static_cast<double>(cases_.size());
  const std::string row =
      format("{}: plain {} of {} ({:.3f}); one fixed choice {} ({:.3f}); with conventions {} ({:.3f})", name, right_,
             cases_.size(), right_ / all, fixed, fixed / all, right_ + translated, (right_ + translated) / all);
  std::printf("%s%s\n", row.c_str(), kinds.empty() ? "" : format("\n   by convention: {}", kinds).c_str());
}

Readings read_both_ways(std::string_view text, text::TimeOptions options) {
  const text::Reading reading(text);
  Readings out;
  options.tense = text::Tense::past;
  out.past = text::find_times(reading, options);
  options.tense = text::Tense::future;
  out.future = text::find_times(reading, options);
  out.options = options;
  return out;
}

void print_miss(std::string_view text, std::string_view wanted, const std::vector<text::TimeMention>& mentions) {
  std::string row;
  for (const auto& mention : mentions) row += format("[{} {}] ", mention.time.phrase, text_of(days_of(mention.time)));
  std::printf("%s\n   %sgold[%s]\n", std::string(text).c_str(), row.c_str(), std::string(wanted).c_str());
}

std::vector<std::string> lines_of(const std::string& file) {
  const char* shared = std::getenv("GAVAH_SHARED_DATA");
  const std::string root = shared != nullptr ? shared : std::string(GAVAH_SOURCE_DIR) + "/../shared/data";
  std::ifstream in(root + "/extraction/" + file, std::ios::binary);
  std::vector<std::string> out;
  for (std::string line; std::getline(in, line);) out.push_back(line);
  return out;
}

}  // namespace gavah::times
