#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/json.h"
#include "model/span.h"
#include "model/time_interval.h"

namespace gavah {

/// What a count is a count of.
enum class CountScope { this_act, so_far, since, per_day };

/// COUNT: a number about the world, always an interval [low, high] (both included); an open bound is unknown.
struct Count {
  std::string kind;  ///< "killed", "injured", "arrested", "sentenced", "executed", "participants", …
  std::optional<std::int64_t> low;
  std::optional<std::int64_t> high;
  CountScope scope = CountScope::this_act;
  TimeInterval as_of;
  std::string qualifier;  ///< "at least", "about", "up to", "dozens", … or empty
  std::string phrase;
  std::optional<Span> span;
  friend bool operator==(const Count&, const Count&) = default;
};

std::string_view name_of(CountScope scope);  ///< "this act", "so far", "since", "per day"
Result<CountScope> count_scope_from(std::string_view name);

void write_count_members(JsonWriter& out, const Count& count);  ///< the members without the braces
void write_counts(JsonWriter& out, std::string_view key, const std::vector<Count>& counts);
Count read_count(ObjectReader& in, const Json& json);
std::vector<Count> read_counts(ObjectReader& in, std::string_view key);

}  // namespace gavah
