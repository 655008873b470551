// One JSON value a line (JSON Lines, NDJSON): posts, or pages of posts.
#include "base/byte_window.h"
#include "base/format.h"
#include "base/json.h"
#include "capture/http_message.h"
#include "capture/json_export.h"
#include "capture/pass_over.h"

namespace gavah::capture {
namespace {

/// When so many lines hold no post, the file is something else.
constexpr std::uint64_t kUnknownLinesBeforeGivingUp = 1000;

class LineReader {
 public:
  LineReader(const Document& document, Intake& intake)
      : document_(document), intake_(intake), window_(document.bytes) {}

  Result<void> read() {
    for (;;) {
      GAVAH_ASSIGN(const bool found, next_line());
      if (!found) break;
      GAVAH_TRY(take_line());
    }
    if (intake_.container().part_count == 0 && unknown_ > 0) return fail(ErrorCode::invalid_input, first_unknown_);
    return {};
  }

 private:
  /// Moves to the next line that is not blank and looks at it; false at the end.
  Result<bool> next_line() {
    for (;;) {
      window_.consume(taken_);
      taken_ = 0;
      if (window_.view().empty()) {
        GAVAH_ASSIGN(const bool more, window_.grow());
        if (!more) return false;
      }
      std::size_t end = window_.view().find('\n');
      while (end == std::string_view::npos && !window_.is_last()) {
        const std::size_t seen = window_.view().size();
        if (seen > intake_.limits().max_part_bytes) {
          return fail(ErrorCode::invalid_input, format("line {} has more than {} bytes", number_ + 1, seen));
        }
        GAVAH_TRY(window_.grow());
        end = window_.view().find('\n', seen);
      }
      ++number_;
      const std::string_view whole = window_.view().substr(0, end);
      taken_ = end == std::string_view::npos ? whole.size() : end + 1;
      line_ = trim(whole);
      line_begin_ = window_.offset() + static_cast<std::uint64_t>(line_.data() - whole.data());
      if (number_ == 1 && line_.starts_with("\xEF\xBB\xBF")) {
        line_.remove_prefix(3);
        line_begin_ += 3;
      }
      if (!line_.empty()) return true;
    }
  }

  Result<void> take_line() {
    const std::string where = format("line {}", number_);
    GAVAH_ASSIGN(const bool passed, is_passed_over("post", where, document_, intake_));
    if (passed) return {};
    const MemberNames names = member_names(line_);
    const ObjectKind kind = object_kind(names);
    const JsonValue value{line_begin_, line_, where};
    if (kind == ObjectKind::post_v1 || kind == ObjectKind::post_v2) {
      return take_post(document_, value, kind, {}, intake_);
    }
    const auto sound = Json::check(line_);
    if (!sound && !intake_.owns(sound.error())) return sound;
    if (kind == ObjectKind::page_v2) return take_page(where);
    if (!sound) {
      tell(where, sound.error().message);
      return {};
    }
    GAVAH_ASSIGN(const bool is_known, take_known(document_, value, kind, intake_));
    if (is_known) return {};
    if (SignalFrames::is_frame(names)) return signal_.take(document_, value, intake_);
    if (names.contains("errors")) {
      intake_.pass_over("error entry of the API");
    } else if (names.contains("delete") || names.contains("limit")) {
      intake_.pass_over("notice of the stream");
    } else {
      return take_unknown(names, where);
    }
    return {};
  }

  void tell(const std::string& where, std::string reason) {
    intake_.add_problem("line", inner_path(document_.path, where), std::move(reason));
  }

  Result<void> take_page(const std::string& where) {
    const MemorySource page(line_);
    auto done = take_v2_page(document_, page, line_begin_, where, intake_);
    if (done || !intake_.owns(done.error())) return done;
    tell(where, done.error().message);
    return {};
  }

  Result<void> take_unknown(const MemberNames& names, const std::string& where) {
    if (unknown_ == 0) first_unknown_ = unread_json(names);
    if (++unknown_ == kUnknownLinesBeforeGivingUp && intake_.container().part_count == 0) {
      return fail(ErrorCode::invalid_input, first_unknown_);
    }
    tell(where, "it is no post of a known form");
    return {};
  }

  const Document& document_;
  Intake& intake_;
  ByteWindow window_;
  std::uint64_t number_ = 0;
  std::string_view line_;
  std::uint64_t line_begin_ = 0;
  std::size_t taken_ = 0;  // bytes of the line and its end, still in the window
  SignalFrames signal_;
  std::uint64_t unknown_ = 0;
  std::string first_unknown_;
};

}  // namespace

Result<void> read_json_lines(const Document& document, Intake& intake) {
  intake.set_format(document, "jsonl");
  return LineReader(document, intake).read();
}

}  // namespace gavah::capture
