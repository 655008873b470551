#include "text/matcher.h"

#include <algorithm>
#include <array>
#include <cstring>

#include "text/token.h"

namespace gavah::text {
namespace {

constexpr std::uint32_t kRoot = 0;
constexpr std::uint32_t kAlphabet = 256;
constexpr std::size_t kPatternLimit = (1U << 24U) - 1;  // what a node has room for
constexpr std::size_t kHeadBytes = 4;                   // of a pattern, that a text is sieved by

struct FoldedPattern {
  std::string key;
  std::uint32_t payload = 0;
  WordEdge edge = WordEdge::exact;
};

std::uint8_t byte_at(std::string_view text, std::size_t at) { return static_cast<std::uint8_t>(text[at]); }

/// No word boundary between two neighbours: both letters, or a letter of the Latin script and a digit.
bool joins(char left, char right) {
  const ByteClass a = class_of(left);
  const ByteClass b = class_of(right);
  if (a < ByteClass::digit || b < ByteClass::digit) return false;
  return a == b || (a == ByteClass::digit ? right : left) > 0;
}

/// Past the letters and digits that join the one at `at`; of any other byte, past it alone.
std::uint32_t past_word(std::string_view text, std::uint32_t at) {
  while (true) {
    const ByteClass same = class_of(text[at]);
    ++at;
    while (at < text.size() && same >= ByteClass::digit && class_of(text[at]) == same) ++at;
    if (at == text.size() || !joins(text[at - 1], text[at])) return at;
  }
}

bool is_arabic_lead(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte >= 0xD8 && byte <= 0xDB;
}

/// What may follow a pattern of the Arabic script inside its word, folded: Persian plural, ezafe, indefinite,
/// possessive and copula endings; Arabic feminine, dual, plural and pronoun endings.
constexpr std::array<std::string_view, 50> kEndings{
    "ها",  "های",  "هایی",  "هایش", "هایشان", "هایم", "هایت", "هایمان", "هایتان", "ی",   "ای",  "یی", "ان",
    "انی", "انش",  "انشان", "ات",   "اتی",    "م",    "ت",    "ش",      "مان",    "تان", "شان", "ه",  "ین",
    "ون",  "هم",   "هما",   "هن",   "نا",     "ک",    "کم",   "ست",     "اش",     "اند", "ند",  "ام", "اید",
    "ایم", "ه ای", "یان",   "گان",  "ین",     "یه",   "وا",   "تین",    "اء",     "انه", "هاست"};

bool is_ending(std::string_view rest) {
  if (!is_arabic_lead(rest[0])) return rest == "s" || rest == "es";
  return std::find(kEndings.begin(), kEndings.end(), rest) != kEndings.end();
}

constexpr std::string_view kAnd = "و";
constexpr std::string_view kArticle = "ال";
constexpr std::string_view kForArticle = "لل";  // ل + ال, written as one

/// Letters that Persian and Arabic attach before a word, after an optional «و» or «ف».
bool is_preposition(std::string_view letter) { return letter == "ب" || letter == "ل" || letter == "ک"; }

constexpr std::size_t kHeadWords = 65536 / 64;

/// Places in a table of 2^16 bits: of the first four bytes, and of the first three.
std::uint32_t head_of(std::string_view text) {
  std::uint32_t head = 0;
  std::memcpy(&head, text.data(), kHeadBytes);
  return (head * 0x9E3779B1U) >> 16U;
}
std::uint32_t short_head_of(std::uint8_t first, std::uint8_t second, std::uint8_t third) {
  return (((std::uint32_t{first} << 16U) | (std::uint32_t{second} << 8U) | third) * 0x9E3779B1U) >> 16U;
}

/// Lets a pattern through the sieve.
void add_head(std::vector<std::uint64_t>& heads, std::string_view key) {
  heads.resize(2 * kHeadWords);
  const auto set = [&](std::size_t table, std::uint32_t bit) {
    heads[table * kHeadWords + bit / 64] |= std::uint64_t{1} << (bit % 64);
  };
  if (key.size() >= kHeadBytes) return set(0, head_of(key));
  if (key.size() == 3) return set(1, short_head_of(byte_at(key, 0), byte_at(key, 1), byte_at(key, 2)));
  // What is shorter may go on in any way, for all that is known here.
  for (std::uint32_t third = 0; third < kAlphabet; ++third) {
    if (key.size() == 2) {
      set(1, short_head_of(byte_at(key, 0), byte_at(key, 1), static_cast<std::uint8_t>(third)));
      continue;
    }
    for (std::uint32_t second = 0; second < kAlphabet; ++second) {
      set(1, short_head_of(byte_at(key, 0), static_cast<std::uint8_t>(second), static_cast<std::uint8_t>(third)));
    }
  }
}

}  // namespace

/// One word of the folded text.
struct Matcher::Word {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
};

struct Matcher::Tables {
  std::vector<Node> nodes;
  std::vector<Output> outputs;
  std::vector<std::uint64_t> heads;
};

/// Lays the sorted patterns out as a double array, first fit, depth first: the bytes that follow one another without a
/// choice then stand in neighbouring cells.
class TrieBuilder {
 public:
  explicit TrieBuilder(std::vector<FoldedPattern> patterns) : patterns_(std::move(patterns)) {}

  Matcher run() {
    ensure(kAlphabet);
    // A stack of our own in place of recursion: a pattern may be as long as its writer likes.
    std::vector<Range> open{{kRoot, 0, patterns_.size(), 0}};
    while (!open.empty()) {
      const Range range = open.back();
      open.pop_back();
      place_children(range, open);
    }
    tables_.nodes.resize(highest_ + 1 + kAlphabet);
    tables_.nodes.shrink_to_fit();
    for (const FoldedPattern& pattern : patterns_) add_head(tables_.heads, pattern.key);
    Matcher out;
    const auto built = std::make_shared<const Matcher::Tables>(std::move(tables_));
    out.nodes_ = built->nodes;
    out.outputs_ = built->outputs;
    out.heads_ = built->heads;
    out.built_ = built;
    return out;
  }

 private:
  struct Range {
    std::uint32_t node;
    std::size_t first;
    std::size_t past;
    std::size_t depth_bytes;
  };

  void ensure(std::size_t size) {
    if (tables_.nodes.size() >= size) return;
    tables_.nodes.resize(size * 2);
    is_base_.resize(size * 2);
  }

  void place_children(Range range, std::vector<Range>& open) {
    std::size_t first = range.first;
    std::uint32_t last_output = 0;
    while (first < range.past && patterns_[first].key.size() == range.depth_bytes) {
      last_output = add_output(range.node, last_output, patterns_[first++]);
    }
    std::vector<Range> children;
    std::vector<std::uint8_t> bytes;
    while (first < range.past) {
      const std::uint8_t byte = byte_at(patterns_[first].key, range.depth_bytes);
      std::size_t past = first + 1;
      while (past < range.past && byte_at(patterns_[past].key, range.depth_bytes) == byte) ++past;
      children.push_back(Range{0, first, past, range.depth_bytes + 1});
      bytes.push_back(byte);
      first = past;
    }
    if (children.empty()) return;
    const std::uint32_t base = find_base(bytes);
    is_base_[base] = true;
    tables_.nodes[range.node].base = base;
    for (std::size_t i = 0; i < children.size(); ++i) {
      children[i].node = base + bytes[i];
      tables_.nodes[children[i].node].byte_and_output = bytes[i];
      highest_ = std::max(highest_, children[i].node);
    }
    open.insert(open.end(), children.rbegin(), children.rend());
  }

  std::uint32_t add_output(std::uint32_t node, std::uint32_t last, const FoldedPattern& pattern) {
    tables_.outputs.push_back({pattern.payload, 0, pattern.edge, {}});
    const auto number = static_cast<std::uint32_t>(tables_.outputs.size());
    if (last == 0) {
      tables_.nodes[node].byte_and_output |= number << 8U;
    } else {
      tables_.outputs[last - 1].next = number;
    }
    return number;
  }

  /// A base that no other node has and at which all children's cells are free. One child takes the first such cell,
  /// which fills every hole; several search onwards from where the search before them gave up, or building would be
  /// quadratic (60,000 patterns: 24 s from the first hole each time, 0.1 s so).
  std::uint32_t find_base(const std::vector<std::uint8_t>& bytes) {
    constexpr int kProbeLimit = 64;
    while (is_taken(first_free_)) ++first_free_;
    std::uint32_t& from = bytes.size() == 1 ? first_free_ : first_roomy_;
    from = std::max(from, first_free_);
    int probes = 0;
    for (std::uint32_t base = from - bytes[0];; ++base) {
      ensure(base + kAlphabet);
      if (!is_base_[base] &&
          std::none_of(bytes.begin(), bytes.end(), [&](std::uint8_t byte) { return is_taken(base + byte); })) {
        if (probes > kProbeLimit) from = base + bytes[0];
        return base;
      }
      ++probes;
    }
  }

  bool is_taken(std::uint32_t node) {
    ensure(node + 1);
    return tables_.nodes[node].byte() != Matcher::Node::kNoByte;
  }

  std::vector<FoldedPattern> patterns_;
  Matcher::Tables tables_;
  std::vector<bool> is_base_;
  std::uint32_t highest_ = 0;
  // Cells below the size of the alphabet stay empty: a node without children, whose base is 0, finds none there.
  std::uint32_t first_free_ = kAlphabet;
  std::uint32_t first_roomy_ = kAlphabet;
};

Result<Matcher> Matcher::build(std::span<const Pattern> patterns) {
  if (patterns.empty()) return Matcher{};
  if (patterns.size() > kPatternLimit)
    return fail(ErrorCode::invalid_input, "more patterns than a matcher has room for");
  std::vector<FoldedPattern> folded;
  folded.reserve(patterns.size());
  for (const Pattern& pattern : patterns) {
    folded.push_back({folded_key(pattern.text), pattern.payload, pattern.edge});
    if (folded.back().key.empty()) {
      return fail(ErrorCode::invalid_input, "a pattern has nothing to match: '" + pattern.text + "'");
    }
  }
  std::sort(folded.begin(), folded.end(), [](const FoldedPattern& a, const FoldedPattern& b) {
    return std::tie(a.key, a.payload, a.edge) < std::tie(b.key, b.payload, b.edge);
  });
  return TrieBuilder(std::move(folded)).run();
}

void Matcher::report(const Folded& folded, const Word& word, Span found, std::uint32_t output,
                     std::vector<Match>& out) const {
  const std::string_view text = folded.text();
  std::uint32_t word_end = found.end;
  const bool at_boundary = found.end == text.size() || !joins(text[found.end - 1], text[found.end]);
  while (!at_boundary && word_end < text.size() && joins(text[word_end - 1], text[word_end])) ++word_end;
  const bool ends_well = at_boundary || is_ending(text.substr(found.end, word_end - found.end));
  for (; output != 0; output = outputs_[output - 1].next) {
    const Output& reported = outputs_[output - 1];
    const bool starts_well = found.begin == word.begin || reported.edge != WordEdge::exact;
    const bool fits = reported.edge == WordEdge::stem || at_boundary || (ends_well && reported.edge != WordEdge::exact);
    if (!starts_well || !fits) continue;
    out.push_back(Match{folded.original_span(found), folded.original_span(Span{word.begin, word_end}), found,
                        reported.payload, reported.edge});
  }
}

bool Matcher::may_start(std::string_view text) const {
  if (text.size() < kHeadBytes) return true;
  const auto is_set = [&](std::size_t table, std::uint32_t bit) {
    return ((heads_[table * kHeadWords + bit / 64] >> (bit % 64)) & 1U) != 0;
  };
  return is_set(0, head_of(text)) || is_set(1, short_head_of(byte_at(text, 0), byte_at(text, 1), byte_at(text, 2)));
}

void Matcher::walk(const Folded& folded, const Word& word, std::uint32_t start, std::vector<Match>& out) const {
  const std::string_view text = folded.text();
  const Node* const nodes = nodes_.data();  // the last 256 are empty: a base and a byte never lead past them
  std::uint32_t base = nodes[kRoot].base;
  for (std::uint32_t at = start; at < text.size(); ++at) {
    const std::uint32_t byte = byte_at(text, at);
    const Node& next = nodes[base + byte];
    if (next.byte() != byte) return;
    base = next.base;
    if (next.output() != 0) report(folded, word, Span{start, at + 1}, next.output(), out);
  }
}

namespace {

/// Where a pattern may start inside a word of the Arabic script besides its first letter: after attached particles.
/// At least two letters must be left.
struct InnerStarts {
  std::array<std::uint32_t, 8> at{};
  std::size_t count = 0;

  InnerStarts(std::string_view word, std::uint32_t begin) : word_(word), begin_(begin) {
    if (word.starts_with(kAnd) || word.starts_with("ف")) {
      add(2);
      add_after_and(2);
    }
    add_after_and(0);
  }

 private:
  void add_after_and(std::size_t from) {
    const std::string_view rest = word_.substr(from);
    if (rest.starts_with(kForArticle)) add(from + 4);
    if (rest.starts_with(kArticle)) add(from + 4);
    if (rest.size() < 2 || !is_preposition(rest.substr(0, 2))) return;
    add(from + 2);
    if (rest.substr(2).starts_with(kArticle)) add(from + 6);
  }
  void add(std::size_t offset) {
    if (offset + 4 > word_.size() || count == at.size()) return;
    at[count++] = begin_ + static_cast<std::uint32_t>(offset);
  }

  std::string_view word_;
  std::uint32_t begin_;
};

bool may_have_particle(std::string_view text, std::uint32_t at) {
  // و ف ب ل ا ک as UTF-8.
  const std::uint8_t lead = byte_at(text, at);
  if (at + 1 >= text.size()) return false;
  const std::uint8_t trail = byte_at(text, at + 1);
  if (lead == 0xD9) return trail == 0x88 || trail == 0x81 || trail == 0x84;
  return (lead == 0xD8 && (trail == 0xA8 || trail == 0xA7)) || (lead == 0xDA && trail == 0xA9);
}

}  // namespace

void Matcher::find_in_word(const Folded& folded, const Word& word, std::vector<Match>& out) const {
  const std::size_t before = out.size();
  const std::string_view text = folded.text();
  if (may_start(text.substr(word.begin))) walk(folded, word, word.begin, out);
  if (may_have_particle(text, word.begin)) {
    const InnerStarts starts(text.substr(word.begin, word.end - word.begin), word.begin);
    for (std::size_t i = 0; i < starts.count; ++i) {
      if (may_start(text.substr(starts.at[i]))) walk(folded, word, starts.at[i], out);
    }
  }
  if (out.size() - before < 2) return;
  std::sort(out.begin() + static_cast<std::ptrdiff_t>(before), out.end(), [](const Match& a, const Match& b) {
    if (a.folded.begin != b.folded.begin) return a.folded.begin < b.folded.begin;
    if (a.folded.end != b.folded.end) return a.folded.end > b.folded.end;
    return std::tie(a.payload, a.edge) < std::tie(b.payload, b.edge);
  });
}

void Matcher::find(const Folded& folded, Span range, std::vector<Match>& out) const {
  if (empty()) return;
  const std::string_view text = folded.text();
  std::uint32_t at = range.begin;
  while (at < range.end) {
    const std::uint32_t begin = at;
    at = past_word(text, at);
    // Every match starts inside its word, so that ordering those of each word orders all.
    if (class_of(text[begin]) != ByteClass::space) find_in_word(folded, Word{begin, at}, out);
  }
}

std::vector<Matcher::Match> Matcher::find(const Folded& folded) const {
  constexpr std::size_t kBytesAMatch = 16;  // of text: about what the lexicon finds in news
  std::vector<Match> out;
  out.reserve(folded.text().size() / kBytesAMatch);
  find(folded, Span{0, static_cast<std::uint32_t>(folded.text().size())}, out);
  return out;
}

std::size_t Matcher::size_bytes() const { return nodes_.size_bytes() + outputs_.size_bytes() + heads_.size_bytes(); }

std::string Matcher::bytes() const {
  static_assert(std::has_unique_object_representations_v<Node> && std::has_unique_object_representations_v<Output>);
  const std::array<std::uint64_t, 3> counts{nodes_.size(), outputs_.size(), heads_.size()};
  std::string out;
  const auto put = [&](const auto& array) {
    out.append(reinterpret_cast<const char*>(std::data(array)), std::size(array) * sizeof(*std::data(array)));
    out.resize((out.size() + 7) / 8 * 8);
  };
  put(counts);
  put(nodes_);
  put(outputs_);
  put(heads_);
  return out;
}

std::optional<Matcher> Matcher::open(std::string_view bytes) {
  std::array<std::uint64_t, 3> counts{};
  const bool is_askew = reinterpret_cast<std::uintptr_t>(bytes.data()) % alignof(std::uint64_t) != 0;
  if (bytes.size() < sizeof(counts) || is_askew) return std::nullopt;
  std::memcpy(counts.data(), bytes.data(), sizeof(counts));
  bytes.remove_prefix(sizeof(counts));
  bool fits = true;
  const auto take = [&]<class T>(std::span<const T>& array, std::uint64_t count) {
    fits = fits && count <= bytes.size() / sizeof(T);
    if (!fits) return;
    array = std::span(reinterpret_cast<const T*>(bytes.data()), count);
    bytes.remove_prefix(std::min((count * sizeof(T) + 7) / 8 * 8, bytes.size()));
  };
  Matcher out;
  take(out.nodes_, counts[0]);
  take(out.outputs_, counts[1]);
  take(out.heads_, counts[2]);
  fits = fits && bytes.empty() && (out.empty() || out.heads_.size() == 2 * kHeadWords);
  return fits ? std::optional(std::move(out)) : std::nullopt;
}

std::vector<Matcher::Match> longest_matches(std::vector<Matcher::Match> matches) {
  std::vector<Matcher::Match> kept;
  std::uint32_t covered = 0;
  for (const Matcher::Match& match : matches) {
    const bool same_as_last = !kept.empty() && kept.back().folded == match.folded;
    if (match.folded.begin < covered && !same_as_last) continue;
    covered = match.folded.end;
    kept.push_back(match);
  }
  return kept;
}

}  // namespace gavah::text
