#include "extract/chat_line.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "extract/mapped_text.h"
#include "extract/media_name.h"
#include "extract/text_post.h"
#include "extract/written_date.h"

namespace gavah::extract {
namespace {

using namespace std::string_view_literals;

struct Stand {
  std::string_view words;
  std::string_view media_type;
};
/// What programs write in place of a file, as the whole message.
constexpr auto kStands = std::to_array<Stand>({{"<Media omitted>", "file"},
                                               {"image omitted", "image"},
                                               {"video omitted", "video"},
                                               {"audio omitted", "audio"},
                                               {"sticker omitted", "image"},
                                               {"GIF omitted", "video"},
                                               {"document omitted", "file"},
                                               {"<رسانه حذف شد>", "file"},
                                               {"<پیوست نادیده گرفته شد>", "file"},
                                               {"<تم استبعاد الوسائط>", "file"}});
constexpr std::array kDeleted{"This message was deleted"sv, "You deleted this message"sv, "این پیام حذف شد"sv,
                              "تم حذف هذه الرسالة"sv};
constexpr std::string_view kEdited = "<This message was edited>";

std::string_view without_marks(std::string_view text) {
  constexpr int kMarks = 4;
  for (int i = 0; i < kMarks; ++i) {
    if (text.starts_with("\u200E") || text.starts_with("\u200F")) text.remove_prefix(3);
    if (text.ends_with("\u200E") || text.ends_with("\u200F")) text.remove_suffix(3);
    while (text.starts_with(' ')) text.remove_prefix(1);
    while (text.ends_with(' ')) text.remove_suffix(1);
  }
  return text;
}

/// "IMG-1.jpg (file attached)", "<attached: 00000012-PHOTO.jpg>": the name, or empty.
std::string_view attached_name(std::string_view line) {
  constexpr std::string_view kAndroid = " (file attached)";
  constexpr std::string_view kApple = "<attached: ";
  if (line.ends_with(kAndroid)) return line.substr(0, line.size() - kAndroid.size());
  if (line.starts_with(kApple) && line.ends_with('>'))
    return line.substr(kApple.size(), line.size() - kApple.size() - 1);
  return {};
}

class ChatLineReader {
 public:
  ChatLineReader(const Transcoded& bytes, ReportSet& set) : bytes_(bytes), set_(set) {}

  void read() {
    Report& report = *set_.add(ReportKind::message);
    report.source = hint("author");
    report.author = report.source;
    report.published.phrase = hint("date");
    if (const auto day = read_machine_date(hint("day"))) {
      report.published =
          interval_of(WrittenDate{day->day, std::nullopt, day->calendar, day->span}, report.published.phrase);
      report.published.phrase = hint("date");
    }
    write_words(report);
    report.links = links_in(report.text);
    if (std::find(kDeleted.begin(), kDeleted.end(), without_marks(report.text).substr(0, without_end(report.text))) !=
        kDeleted.end()) {
      report.hollow = "post not available";
    }
    if (report.text.empty() && report.media.empty()) report.hollow = "empty body";
  }

 private:
  std::string hint(const std::string& name) const {
    const auto found = set_.input().part.hints.find(name);
    return found == set_.input().part.hints.end() ? std::string() : found->second;
  }

  /// The size without a full stop at the end.
  static std::size_t without_end(std::string_view text) {
    const std::string_view words = without_marks(text);
    return words.ends_with('.') ? words.size() - 1 : words.size();
  }

  std::size_t words_begin() const {
    const std::string written = hint("words");
    std::size_t at = 0;
    std::from_chars(written.data(), written.data() + written.size(), at);
    at = std::min(at, bytes_.text.size());
    // The hint counts bytes as they stand; where they were no UTF-8 the text is another, and letters stay whole.
    while (at < bytes_.text.size() && (static_cast<unsigned char>(bytes_.text[at]) & 0xC0U) == 0x80U) ++at;
    return at;
  }

  /// True when the line stands for a file.
  static bool take_media(std::string_view line, Report& report) {
    for (const Stand& stand : kStands) {
      if (line != stand.words) continue;
      report.media.push_back({std::nullopt, std::string(stand.media_type), ""});
      return true;
    }
    const std::string_view name = attached_name(line);
    if (name.empty()) return false;
    report.media.push_back({std::nullopt, std::string(media_type_of(name)), ""});
    return true;
  }

  void write_words(Report& report) const {
    MappedText words(bytes_.map);
    const std::string_view text = bytes_.text;
    bool is_first = true;
    for (std::size_t begin = words_begin(); begin < text.size();) {
      const std::size_t end = std::min(text.find('\n', begin), text.size());
      std::string_view line = text.substr(begin, end - begin);
      if (line.ends_with('\r')) line.remove_suffix(1);
      std::string_view shown = without_marks(line);
      if (shown.ends_with(kEdited)) shown = without_marks(shown.substr(0, shown.size() - kEdited.size()));
      if (!is_first && !words.empty()) words.insert('\n');
      if (!(is_first && take_media(shown, report)) && !shown.empty()) {
        words.copy(shown, static_cast<std::uint32_t>(shown.data() - text.data()));
      }
      is_first = false;
      begin = end + 1;
    }
    words.trim_end();
    words.give(report);
  }

  const Transcoded& bytes_;
  ReportSet& set_;
};

}  // namespace

void read_chat_line(ReportSet& set) {
  const Transcoded bytes = to_utf8(set.input().bytes, "utf-8");
  ChatLineReader(bytes, set).read();
}

}  // namespace gavah::extract
