#include "place/place_cue.h"

#include <algorithm>

#include "base/check.h"
#include "base/embedded.h"
#include "base/format.h"
#include "text/text.h"

namespace gavah {
std::optional<std::string_view> embedded_place_words(std::string_view path);
}

namespace gavah::place {
namespace {

using Row = std::pair<std::string_view, Says>;
constexpr Row kRows[] = {{"everyday", Says::everyday},
                         {"dated", Says::dated},
                         {"everyday-arabic", Says::everyday_in_arabic},
                         {"doubtful", Says::doubtful},
                         {"weak-before", Says::place_follows},
                         {"strong-before", Says::area_follows},
                         {"strong-after", Says::area_before},
                         {"person-before", Says::person},
                         {"near", Says::near},
                         {"province", Says::province},
                         {"county", Says::county},
                         {"town", Says::town},
                         {"named-after", Says::named_after},
                         {"street-after", Says::street},
                         {"facility", Says::facility},
                         {"site", Says::site},
                         {"town-site", Says::town_site},
                         {"site-adjective", Says::site_adjective},
                         {"at-site", Says::at_site},
                         {"no-site-name", Says::no_site_name},
                         {"prayer", Says::prayer},
                         {"prayer-time", Says::prayer_time},
                         {"place-kind", Says::place_kind}};

std::uint32_t bit(Says what) { return 1U << static_cast<unsigned>(what); }

/// Of the table that is built in; its own test says which line is wrong.
text::WordTable<std::uint32_t> own_words() {
  auto table = read_place_words(embedded_place_words("words.tsv").value_or(std::string_view()));
  GAVAH_CHECK(table.has_value());
  return std::move(*table);
}

const text::WordTable<std::uint32_t>& place_words() {
  static const auto words = own_words();
  return words;
}

}  // namespace

Result<text::WordTable<std::uint32_t>> read_place_words(std::string_view table) {
  text::WordTable<std::uint32_t> out{};
  for (int number = 1; !table.empty(); ++number) {
    const std::string_view line = table.substr(0, table.find('\n'));
    table.remove_prefix(std::min(line.size() + 1, table.size()));
    if (line.empty() || line[0] == '#') continue;
    const std::string_view name = line.substr(0, line.find('\t'));
    const auto* row = std::ranges::find(kRows, name, &Row::first);
    if (row == std::end(kRows) || name.size() == line.size())
      return fail(ErrorCode::invalid_input, format("line {} says nothing that is known", number));
    std::string_view words = line.substr(name.size() + 1);
    while (!words.empty()) {
      const std::string_view word = words.substr(0, words.find(' '));
      if (!word.empty()) out.at(word) |= bit(row->second);
      words.remove_prefix(std::min(word.size() + 1, words.size()));
    }
  }
  return out;
}

bool says(std::string_view folded_word, Says what) {
  const std::uint32_t* found = place_words().find(folded_word);
  return found != nullptr && (*found & bit(what)) != 0;
}

const text::WordTable<char>& site_words() {
  static const auto sites = [] {
    text::WordTable<char> out{};
    place_words().each([&](std::string_view word, std::uint32_t what) {
      if ((what & bit(Says::site)) != 0) out.add(word, 1);
    });
    return out;
  }();
  return sites;
}

Cue cue_before(std::string_view folded_word) {
  if (says(folded_word, Says::area_follows)) return Cue::strong;
  return says(folded_word, Says::place_follows) ? Cue::weak : Cue::none;
}

Cue cue_after(std::string_view folded_word) { return says(folded_word, Says::area_before) ? Cue::strong : Cue::none; }

}  // namespace gavah::place
