#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/instant.h"
#include "made/country.h"
#include "made/draw.h"

namespace gavah::bench {

/// What really happened, once.
struct Event {
  std::uint64_t id = 0;
  std::size_t act = 0;   ///< index of its template
  std::size_t town = 0;  ///< index into Country::towns
  Day day;
  int count = 0;  ///< persons, where the act has a number
};

/// How a report stands to what happened.
enum class Telling { faithful, copy, other_count, denial };
std::string_view name_of(Telling telling);

/// The codebook's name of an event's act.
std::string_view act_of(const Event& event);

Event make_event(std::uint64_t id, const Country& country, Draw& draw);

/// One sentence or two that tell the event in that language ("en", "fa"), the count replaced by `count`.
std::string tell(const Event& event, const Country& country, std::string_view lang, int count, Draw& draw);
std::string deny(const Event& event, const Country& country, std::string_view lang);
/// A paragraph of a page that tells no act, about `size_bytes` long.
std::string filler(std::string_view lang, std::size_t size_bytes, Draw& draw);

}  // namespace gavah::bench
