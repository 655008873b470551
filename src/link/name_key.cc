#include "link/name_key.h"

#include <array>
#include <utility>

#include "base/utf8.h"
#include "text/text.h"

namespace gavah::link {
namespace {

struct Sound {
  std::string_view letter;
  std::string_view sound;
};

// Folded letters. Vowels fall away, and with them the letters that Persian writes for vowels as well (ا و ی ع) and
// their Latin counterparts v, w and y.
constexpr auto kSounds = std::to_array<Sound>({
    {"ب", "b"}, {"پ", "p"},  {"ت", "t"},  {"ث", "s"},  {"ج", "j"},  {"چ", "C"},  {"ح", "h"}, {"خ", "X"}, {"د", "d"},
    {"ذ", "z"}, {"ر", "r"},  {"ز", "z"},  {"ژ", "Z"},  {"س", "s"},  {"ش", "S"},  {"ص", "s"}, {"ض", "z"}, {"ط", "t"},
    {"ظ", "z"}, {"غ", "q"},  {"ف", "f"},  {"ق", "q"},  {"ک", "k"},  {"گ", "g"},  {"ل", "l"}, {"م", "m"}, {"ن", "n"},
    {"ه", "h"}, {"kh", "X"}, {"sh", "S"}, {"ch", "C"}, {"zh", "Z"}, {"gh", "q"}, {"b", "b"}, {"p", "p"}, {"t", "t"},
    {"s", "s"}, {"j", "j"},  {"c", "k"},  {"h", "h"},  {"d", "d"},  {"z", "z"},  {"r", "r"}, {"f", "f"}, {"q", "q"},
    {"k", "k"}, {"g", "g"},  {"l", "l"},  {"m", "m"},  {"n", "n"},  {"x", "ks"},
});

std::string_view sound_at(std::string_view text, std::size_t at, std::size_t& used) {
  // Two Latin letters for one sound come before one.
  for (const std::size_t size : {std::size_t{2}, std::size_t{1}}) {
    const std::string_view piece = text.substr(at, size);
    if (piece.size() != size) continue;
    for (const Sound& entry : kSounds) {
      if (entry.letter == piece) {
        used = size;
        return entry.sound;
      }
    }
  }
  used = decode_utf8(text, at).size_bytes;
  return {};
}

}  // namespace

std::string name_key(std::string_view name) {
  const std::string folded = text::folded_key(name);
  std::string out;
  for (std::size_t at = 0; at < folded.size();) {
    if (folded[at] == ' ' || folded[at] == '-') {
      if (!out.empty() && out.back() != ' ') out.push_back(' ');
      ++at;
      continue;
    }
    std::size_t used = 1;
    const std::string_view sound = sound_at(folded, at, used);
    const bool is_doubled = !sound.empty() && !out.empty() && out.back() == sound.back();
    if (!is_doubled) out.append(sound);
    at += used;
  }
  while (!out.empty() && out.back() == ' ') out.pop_back();
  return out;
}

}  // namespace gavah::link
