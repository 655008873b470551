#include "base/json_scanner.h"

#include <algorithm>
#include <array>
#include <bit>
#include <optional>

#include "base/check.h"
#include "base/format.h"
#include "base/json.h"

namespace gavah {
namespace {

using Next = JsonScanner::Next;
using PathSet = std::uint64_t;  // bit i: path i

bool is_space(char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; }

/// Bytes that end a scalar.
bool ends_scalar(char c) { return c == ',' || c == ']' || c == '}' || c == ':' || is_space(c); }

constexpr std::array<bool, 256> kStructure = [] {
  std::array<bool, 256> table{};
  for (const char c : {'"', '{', '}', '[', ']'}) table[static_cast<unsigned char>(c)] = true;
  return table;
}();

/// One scan: the window, and how far the value being measured reaches into its view.
class Scan {
 public:
  Scan(const std::vector<JsonPath>& paths, std::uint64_t max_value_bytes, ByteWindow& window,
       const JsonScanner::Visit& visit)
      : paths_(paths), max_value_bytes_(max_value_bytes), window_(window), visit_(visit) {}

  /// The value at the window; `matched` are the paths whose first `level` steps lead here.
  Result<Next> value(std::size_t level, PathSet matched, std::string_view name) {
    GAVAH_ASSIGN(const char first, skip_space());
    PathSet deeper = 0;
    std::optional<std::size_t> here;
    for (PathSet rest = matched; rest != 0; rest &= rest - 1) {
      const auto path = static_cast<std::size_t>(std::countr_zero(rest));
      if (paths_[path].steps.size() > level) {
        deeper |= PathSet{1} << path;
      } else if (!here) {
        here = path;
      }
    }
    if (here && paths_[*here].give == JsonPath::Give::value) return give(*here, name);
    if (here) {
      const JsonMatch match{*here, {window_.offset(), window_.offset()}, window_.view().substr(0, 1), name, &indices_};
      GAVAH_ASSIGN(const Next next, visit_(match));
      if (next == Next::stop) return next;
    }
    if (deeper != 0 && first == '{') return object(level, deeper);
    if (deeper != 0 && first == '[') return array(level, deeper);
    GAVAH_TRY(skip_value());
    return Next::go_on;
  }

 private:
  enum class Hold { yes, no };

  std::unexpected<Error> broken(std::string_view what) const {
    return fail(ErrorCode::invalid_input, format("the JSON is broken at byte {}: {}", window_.offset() + at_, what));
  }
  std::unexpected<Error> cut() const {
    return fail(ErrorCode::invalid_input, format("the JSON ends early, at byte {}", window_.end()));
  }

  /// Makes a byte stand at `at_`; false at the end. Without hold what lies before is dropped.
  Result<bool> refill(Hold hold) {
    if (at_ < window_.view().size()) return true;
    if (hold == Hold::no) {
      window_.consume(at_);
      at_ = 0;
    } else if (window_.view().size() > max_value_bytes_) {
      return broken(format("a value is larger than {} bytes", max_value_bytes_));
    }
    return window_.grow();
  }

  Result<char> skip_space() {
    for (;;) {
      GAVAH_ASSIGN(const bool more, refill(Hold::no));
      if (!more) return cut();
      const std::string_view view = window_.view();
      while (at_ < view.size() && is_space(view[at_])) ++at_;
      if (at_ == view.size()) continue;
      window_.consume(at_);
      at_ = 0;
      return window_.view()[0];
    }
  }

  /// Where the next quote stands at or after the cursor in what is buffered; its end when there is none.
  std::size_t next_quote() const {
    const std::string_view view = window_.view();
    return std::min(view.find('"', at_), view.size());
  }

  /// Moves past the rest of a string whose opening quote is behind. Linear: a quote is looked for once, not again
  /// after each escape before it.
  Result<void> skip_string(Hold hold) {
    std::size_t quote = 0;
    bool is_known = false;
    for (;;) {
      const bool had = at_ < window_.view().size();
      GAVAH_ASSIGN(const bool more, refill(hold));
      if (!more) return cut();
      if (!had || !is_known || quote < at_) quote = next_quote();
      is_known = true;
      const std::size_t escape = window_.view().substr(0, quote).find('\\', at_);
      if (escape != std::string_view::npos) {
        at_ = escape + 1;
        is_known = at_ < window_.view().size();
        GAVAH_ASSIGN(const bool escaped, refill(hold));
        if (!escaped) return cut();
        ++at_;
        continue;
      }
      at_ = quote;
      if (quote == window_.view().size()) continue;
      ++at_;
      return {};
    }
  }

  Result<void> skip_scalar(Hold hold) {
    std::uint64_t length = 0;
    for (;;) {
      GAVAH_ASSIGN(const bool more, refill(hold));
      const std::string_view view = window_.view();
      const std::size_t begin = at_;
      while (at_ < view.size() && !ends_scalar(view[at_])) ++at_;
      length += at_ - begin;
      if (more && at_ == view.size()) continue;
      if (length == 0) return broken("a value is missing");
      return {};
    }
  }

  Result<void> open(char bracket) {
    if (depth_ == JsonScanner::kMaxDepth) return broken(format("deeper than {} levels", JsonScanner::kMaxDepth));
    brackets_[depth_++] = bracket;
    return {};
  }
  Result<void> close(char bracket) {
    if (depth_ == 0 || brackets_[depth_ - 1] != (bracket == '}' ? '{' : '[')) return broken("brackets do not match");
    --depth_;
    return {};
  }

  /// Moves past the object or array that opens at the cursor.
  Result<void> skip_container(Hold hold) {
    const std::size_t outside = depth_;
    do {
      GAVAH_ASSIGN(const bool more, refill(hold));
      if (!more) return cut();
      const std::string_view view = window_.view();
      while (at_ < view.size() && !kStructure[static_cast<unsigned char>(view[at_])]) ++at_;
      if (at_ == view.size()) continue;
      const char c = view[at_++];
      if (c == '"') {
        GAVAH_TRY(skip_string(hold));
      } else if (c == '{' || c == '[') {
        GAVAH_TRY(open(c));
      } else {
        GAVAH_TRY(close(c));
      }
    } while (depth_ > outside);
    return {};
  }

  Result<void> measure(Hold hold) {
    const char first = window_.view()[at_];
    if (first == '{' || first == '[') return skip_container(hold);
    if (first != '"') return skip_scalar(hold);
    ++at_;
    return skip_string(hold);
  }

  Result<void> skip_value() {
    GAVAH_TRY(measure(Hold::no));
    window_.consume(at_);
    at_ = 0;
    return {};
  }

  Result<Next> give(std::size_t path, std::string_view name) {
    GAVAH_TRY(measure(Hold::yes));
    if (at_ > max_value_bytes_) return broken(format("a value is larger than {} bytes", max_value_bytes_));
    const std::uint64_t begin = window_.offset();
    const JsonMatch match{path, {begin, begin + at_}, window_.view().substr(0, at_), name, &indices_};
    GAVAH_ASSIGN(const Next next, visit_(match));
    window_.consume(at_);
    at_ = 0;
    return next;
  }

  PathSet step(PathSet paths, std::size_t level, std::optional<std::string_view> name) const {
    PathSet out = 0;
    for (PathSet rest = paths; rest != 0; rest &= rest - 1) {
      const auto path = static_cast<std::size_t>(std::countr_zero(rest));
      const std::string& wanted = paths_[path].steps[level];
      if (wanted == "*" || (name && wanted == *name)) out |= PathSet{1} << path;
    }
    return out;
  }

  Result<std::string> member_name() {
    GAVAH_ASSIGN(const char quote, skip_space());
    if (quote != '"') return broken("a member's name is missing");
    GAVAH_TRY(measure(Hold::yes));
    std::string name(window_.view().substr(1, at_ - 2));
    if (name.find('\\') != std::string::npos) {
      GAVAH_ASSIGN(const Json text, Json::parse(window_.view().substr(0, at_)));
      if (text.string() != nullptr) name = *text.string();
    }
    window_.consume(at_);
    at_ = 0;
    GAVAH_ASSIGN(const char colon, skip_space());
    if (colon != ':') return broken("a colon is missing");
    window_.consume(1);
    return name;
  }

  /// After a value: true when another follows, false when the bracket closed.
  Result<bool> another(char closing) {
    GAVAH_ASSIGN(const char c, skip_space());
    if (c != ',' && c != closing) return broken("a comma or a closing bracket is missing");
    window_.consume(1);
    if (c == closing) GAVAH_TRY(close(closing));
    return c == ',';
  }

  /// Consumes the opening bracket; false when the closing one follows at once.
  Result<bool> enter(char opening, char closing) {
    GAVAH_TRY(open(opening));
    window_.consume(1);
    GAVAH_ASSIGN(const char c, skip_space());
    if (c != closing) return true;
    window_.consume(1);
    GAVAH_TRY(close(closing));
    return false;
  }

  Result<Next> object(std::size_t level, PathSet paths) {
    GAVAH_ASSIGN(bool more, enter('{', '}'));
    indices_.push_back(0);
    while (more) {
      GAVAH_ASSIGN(const std::string name, member_name());
      GAVAH_ASSIGN(const Next next, value(level + 1, step(paths, level, name), name));
      if (next == Next::stop) return next;
      GAVAH_ASSIGN(more, another('}'));
      ++indices_.back();
    }
    indices_.pop_back();
    return Next::go_on;
  }

  Result<Next> array(std::size_t level, PathSet paths) {
    GAVAH_ASSIGN(bool more, enter('[', ']'));
    indices_.push_back(0);
    while (more) {
      GAVAH_ASSIGN(const Next next, value(level + 1, step(paths, level, std::nullopt), {}));
      if (next == Next::stop) return next;
      GAVAH_ASSIGN(more, another(']'));
      ++indices_.back();
    }
    indices_.pop_back();
    return Next::go_on;
  }

  const std::vector<JsonPath>& paths_;
  std::uint64_t max_value_bytes_;
  ByteWindow& window_;
  const JsonScanner::Visit& visit_;
  std::size_t at_ = 0;  // into the window's view
  std::array<char, JsonScanner::kMaxDepth> brackets_{};
  std::size_t depth_ = 0;
  std::vector<std::uint64_t> indices_;
};

}  // namespace

Result<Next> JsonScanner::scan(ByteWindow& window, const Visit& visit) const {
  GAVAH_CHECK(paths_.size() <= 64);
  const PathSet all = paths_.size() == 64 ? ~PathSet{0} : (PathSet{1} << paths_.size()) - 1;
  return Scan(paths_, max_value_bytes_, window, visit).value(0, all, {});
}

Result<void> JsonScanner::each(ByteWindow& window, const std::function<Result<void>(const JsonMatch&)>& visit) const {
  GAVAH_TRY(scan(window, [&](const JsonMatch& match) -> Result<Next> {
    auto done = visit(match);
    if (!done) return fail_with(std::move(done), {});
    return Next::go_on;
  }));
  return {};
}

Result<Next> JsonScanner::scan(std::string_view document, const Visit& visit) const {
  const MemorySource source(document);
  ByteWindow window(source);
  GAVAH_ASSIGN(const Next next, scan(window, visit));
  if (next == Next::stop) return next;
  GAVAH_TRY(window.grow_to(window.end() - window.offset()));
  for (const char c : window.view()) {
    if (!is_space(c)) return fail(ErrorCode::invalid_input, "bytes follow the JSON document");
  }
  return next;
}

}  // namespace gavah
