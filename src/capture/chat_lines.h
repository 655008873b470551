#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace gavah::capture {

/// How a chat that is exported line by line (WhatsApp, Signal) writes the start of a message:
/// "[03/05/31, 20:49:10] " (iOS, Signal) or "03/05/2031, 8:49 PM - " (Android), in digits of three scripts, with the
/// marks of direction and the narrow spaces that phones put in between.
struct ChatHead {
  std::uint32_t first = 0;  ///< the three numbers of the date, as written
  std::uint32_t second = 0;
  std::uint32_t third = 0;
  bool is_year_first = false;  ///< the first has four digits
  bool is_year_short = false;  ///< the year has not four digits
  std::string_view phrase;     ///< date and time as written
  std::size_t rest = 0;        ///< offset in the line after the head
};
std::optional<ChatHead> read_chat_head(std::string_view line);

/// Which order the numbers of a chat's dates have, as far as the file proves it: a number above 12 is no month.
class ChatDateOrder {
 public:
  void note(const ChatHead& head);
  /// "YYYY-MM-DD" in the calendar as written; empty while the order is not proven, or when there is no such day.
  std::string day_of(const ChatHead& head) const;

 private:
  bool has_first_above_12_ = false;
  bool has_second_above_12_ = false;
};

/// True when a text is a chat exported line by line: of its first lines two (or the only one) begin as a message does.
[[nodiscard]] bool is_chat_export(std::string_view head);

/// Who speaks, and where the words begin in the line; nothing for a notice of the program ("… was added").
struct ChatSpeaker {
  std::string author;
  std::size_t words = 0;
};
std::optional<ChatSpeaker> read_chat_speaker(std::string_view line, const ChatHead& head);

}  // namespace gavah::capture
