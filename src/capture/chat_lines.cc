#include "capture/chat_lines.h"

namespace gavah::capture {
namespace {

constexpr int kLinesLookedAt = 20;

/// Takes 1 to `most` digits off the front; false when there is none.
bool take_digits(std::string_view& text, std::size_t most) {
  std::size_t count = 0;
  while (count < most && count < text.size() && text[count] >= '0' && text[count] <= '9') ++count;
  text.remove_prefix(count);
  return count > 0;
}

bool take_any(std::string_view& text, std::string_view choices) {
  if (text.empty() || choices.find(text[0]) == std::string_view::npos) return false;
  text.remove_prefix(1);
  return true;
}

/// "[01/01/19 11:25", "2019/01/01, 11:25", "30.1.2019, 9:05".
bool begins_with_date_and_time(std::string_view line) {
  if (line.starts_with("\xE2\x80\x8E"))
    line.remove_prefix(3);  // a left-to-right mark, which iOS puts before attachments
  take_any(line, "[");
  if (!take_digits(line, 4) || !take_any(line, "/.-") || !take_digits(line, 2) || !take_any(line, "/.-") ||
      !take_digits(line, 4)) {
    return false;
  }
  take_any(line, ",");
  return take_any(line, " ") && take_digits(line, 2) && take_any(line, ":") && take_digits(line, 2);
}

}  // namespace

bool is_chat_export(std::string_view head) {
  int dated = 0;
  int lines = 0;
  while (!head.empty() && lines < kLinesLookedAt) {
    const std::size_t end = head.find('\n');
    const std::string_view line = head.substr(0, end);
    head = end == std::string_view::npos ? std::string_view() : head.substr(end + 1);
    if (line.empty() || line == "\r") continue;
    ++lines;
    if (begins_with_date_and_time(line)) ++dated;
  }
  return dated >= 2 || (dated == 1 && lines == 1);
}

}  // namespace gavah::capture
