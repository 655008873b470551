// Chats exported as text, one message after another (WhatsApp, Signal).
#include <utility>

#include "base/byte_window.h"
#include "base/format.h"
#include "base/utf8.h"
#include "capture/chat_lines.h"
#include "capture/intake.h"

namespace gavah::capture {
namespace {

struct Line {
  std::uint64_t begin = 0;
  std::string_view text;    ///< without its end; lives until the next is asked for
  std::string_view ending;  ///< "\n", "\r\n", or nothing at the end of the file
};

/// The lines of a document, one at a time.
class Lines {
 public:
  Lines(const ByteSource& bytes, std::uint64_t max_bytes) : window_(bytes), max_bytes_(max_bytes) {}

  Result<std::optional<Line>> next() {
    window_.consume(taken_);
    taken_ = 0;
    std::size_t end = window_.view().find('\n');
    while (end == std::string_view::npos && !window_.is_last()) {
      const std::size_t seen = window_.view().size();
      if (seen > max_bytes_) return fail(ErrorCode::invalid_input, format("a line has more than {} bytes", seen));
      GAVAH_TRY(window_.grow());
      end = window_.view().find('\n', seen);
    }
    if (window_.view().empty()) return std::optional<Line>();
    std::string_view text = window_.view().substr(0, end);
    taken_ = end == std::string_view::npos ? text.size() : end + 1;
    if (text.ends_with('\r')) text.remove_suffix(1);
    const std::string_view ending = window_.view().substr(text.size(), taken_ - text.size());
    return std::optional(Line{window_.offset(), text, ending});
  }

 private:
  ByteWindow window_;
  std::uint64_t max_bytes_;
  std::size_t taken_ = 0;
};

class ChatReader {
 public:
  ChatReader(const Document& document, Intake& intake) : document_(document), intake_(intake) {}

  Result<void> read() {
    GAVAH_TRY(find_order());
    const std::uint32_t count_before = intake_.container().part_count;
    Lines lines(document_.bytes, intake_.limits().max_part_bytes);
    for (;;) {
      GAVAH_ASSIGN(const std::optional<Line> line, lines.next());
      if (!line) break;
      GAVAH_TRY(take_line(*line));
    }
    GAVAH_TRY(end_message());
    if (intake_.container().part_count == count_before && !intake_.has_losses()) {
      return fail(ErrorCode::invalid_input, "lines with dates and times as chats have them, but nobody speaks in them");
    }
    return {};
  }

 private:
  /// A first pass: a date late in the file may prove how the first is meant.
  Result<void> find_order() {
    Lines lines(document_.bytes, intake_.limits().max_part_bytes);
    for (;;) {
      GAVAH_ASSIGN(const std::optional<Line> line, lines.next());
      if (!line) return {};
      if (const auto head = read_chat_head(line->text)) order_.note(*head);
    }
  }

  Result<void> take_line(const Line& line) {
    const auto head = read_chat_head(line.text);
    if (!head) {
      if (!is_open_) {
        if (!line.text.empty()) intake_.pass_over(has_notice_ ? "line of a notice" : "line before the first message");
        return {};
      }
      const std::uint64_t end = line.begin + line.text.size();
      if (end - begin_ > intake_.limits().max_part_bytes) {
        return fail(ErrorCode::invalid_input, "a message is larger than a document may be");
      }
      message_ += line.text;
      message_ += line.ending;
      return {};
    }
    GAVAH_TRY(end_message());
    const auto speaker = read_chat_speaker(line.text, *head);
    has_notice_ = !speaker.has_value();
    if (!speaker) {
      intake_.pass_over("notice of the chat program");
      return {};
    }
    is_open_ = true;
    begin_ = line.begin;
    message_ = line.text;
    message_ += line.ending;
    part_ = Part();
    part_.hints["author"] = speaker->author;
    part_.hints["words"] = std::to_string(speaker->words);
    part_.hints["date"] = std::string(head->phrase);
    if (std::string day = order_.day_of(*head); !day.empty()) part_.hints["day"] = std::move(day);
    return {};
  }

  /// Hands the message over, without the blank lines behind it.
  Result<void> end_message() {
    if (!is_open_) return {};
    is_open_ = false;
    const std::size_t last = message_.find_last_not_of(" \r\n");
    message_.resize(last + 1);
    const std::string where = inner_path(document_.path, format("message {}", ++count_));
    if (!is_utf8(message_)) {
      intake_.add_problem("message", where, "it is not UTF-8");
      return {};
    }
    part_.chain = chain_to(document_, {begin_, begin_ + message_.size()}, "none");
    part_.format = "chat-line";
    part_.media_type = "text/plain";
    part_.charset = "utf-8";
    part_.path = where;
    return intake_.take(std::move(part_), message_);
  }

  const Document& document_;
  Intake& intake_;
  ChatDateOrder order_;
  bool is_open_ = false;
  bool has_notice_ = false;
  std::uint64_t begin_ = 0;
  std::string message_;
  Part part_;
  std::uint64_t count_ = 0;
};

}  // namespace

Result<void> read_chat(const Document& document, Intake& intake) {
  intake.set_format(document, "chat");
  return ChatReader(document, intake).read();
}

}  // namespace gavah::capture
