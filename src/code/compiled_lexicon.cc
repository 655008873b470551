// A lexicon as bytes that need no building: what the program carries of its own lexicons.
#include <algorithm>
#include <bit>
#include <charconv>
#include <cstring>
#include <type_traits>

#include "base/check.h"
#include "base/format.h"
#include "code/lexicon.h"

namespace gavah::code {
namespace {

static_assert(std::endian::native == std::endian::little);
static_assert(std::has_unique_object_representations_v<Word> && std::is_trivially_copyable_v<Word>,
              "no byte of a word is left to chance");
static_assert(sizeof(ContextSet) == kContextLimit / 8);

constexpr std::string_view kMagic = "gavah lexicon 1\n";
constexpr std::size_t kAlignment = 8;

/// A section: how many bytes it has, then these, filled up to the alignment.
void put_section(std::string& out, std::string_view bytes) {
  const std::uint64_t size = bytes.size();
  out.append(reinterpret_cast<const char*>(&size), sizeof(size));
  out.append(bytes);
  out.resize((out.size() + kAlignment - 1) / kAlignment * kAlignment);
}

template <class T>
std::string_view bytes_of(std::span<const T> array) {
  return {reinterpret_cast<const char*>(array.data()), array.size_bytes()};
}

/// Takes one section after the other; empty when the bytes end before one does.
class Sections {
 public:
  explicit Sections(std::string_view bytes) : rest_(bytes) {}

  std::string_view next() {
    std::uint64_t size = 0;
    if (rest_.size() < sizeof(size)) return rest_ = {};
    std::memcpy(&size, rest_.data(), sizeof(size));
    rest_.remove_prefix(sizeof(size));
    if (size > rest_.size()) return rest_ = {};
    const std::string_view out = rest_.substr(0, size);
    rest_.remove_prefix(std::min<std::size_t>((size + kAlignment - 1) / kAlignment * kAlignment, rest_.size()));
    return out;
  }

  template <class T>
  std::span<const T> next_array() {
    const std::string_view bytes = next();
    GAVAH_CHECK(bytes.size() % sizeof(T) == 0);
    return {reinterpret_cast<const T*>(bytes.data()), bytes.size() / sizeof(T)};
  }

  std::vector<std::string> next_lines() {
    std::vector<std::string> out;
    for (std::string_view rest = next(); !rest.empty();) {
      const auto cut = std::min(rest.find('\n'), rest.size() - 1);
      out.emplace_back(rest.substr(0, cut));
      rest.remove_prefix(cut + 1);
    }
    return out;
  }

 private:
  std::string_view rest_;
};

std::string lines_of(const std::vector<std::string>& list) {
  std::string out;
  for (const std::string& line : list) out.append(line).append("\n");
  return out;
}

}  // namespace

Digest Lexicon::digest_of(const std::map<std::string_view, std::string_view>& files) {
  std::string digests;
  for (const auto& [name, bytes] : files) {
    if (name.starts_with("lexicon/") || name.starts_with("codebook/"))
      digests.append(name).append("\n").append(sha256(bytes).view());
  }
  return sha256(digests);
}

std::string Lexicon::compile(const Digest& digest) const {
  std::vector<std::string> names;
  for (std::size_t tongue = 0; tongue < names_.size(); ++tongue) {
    names_.at(tongue).each(
        [&](std::string_view word, std::uint16_t roles) { names.push_back(format("{}{:05}{}", tongue, roles, word)); });
  }
  std::string out(kMagic);
  out.append(digest.view());
  put_section(out, lines_of(context_names_));
  put_section(out, lines_of(files_));
  put_section(out, lines_of(names));
  put_section(out, bytes_of(words_));
  put_section(out, bytes_of(needs_));
  put_section(out, matcher_.bytes());
  return out;
}

std::optional<Lexicon> Lexicon::open(std::string_view compiled, const Digest& digest) {
  const std::size_t header_bytes = kMagic.size() + digest.view().size();
  const bool is_it = compiled.starts_with(kMagic) && compiled.substr(kMagic.size()).starts_with(digest.view());
  if (!is_it || reinterpret_cast<std::uintptr_t>(compiled.data()) % kAlignment != 0) return std::nullopt;
  Sections sections(compiled.substr(header_bytes));
  Lexicon out;
  for (const std::string& name : sections.next_lines())
    out.contexts_.emplace(name, ContextSet{1} << out.contexts_.size());
  out.name_contexts();
  out.files_ = sections.next_lines();
  for (const std::string_view line : sections.next_lines()) {
    constexpr std::size_t kWordAt = 6;  // after a digit for the tongue and five for the roles
    std::uint16_t roles = 0;
    std::from_chars(line.data() + 1, line.data() + kWordAt, roles);
    out.names_.at(static_cast<std::size_t>(line[0] - '0')).add(line.substr(kWordAt), roles);
  }
  out.words_ = sections.next_array<Word>();
  out.needs_ = sections.next_array<ContextSet>();
  auto matcher = text::Matcher::open(sections.next());
  if (!matcher) return std::nullopt;
  out.matcher_ = *std::move(matcher);
  return out;
}

}  // namespace gavah::code
