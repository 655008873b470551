#include "extract/telegram_page.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "base/format.h"
#include "extract/furniture.h"
#include "extract/page_text.h"
#include "extract/text_post.h"
#include "extract/written_date.h"
#include "html/html.h"

namespace gavah::extract {
namespace {

using html::Document;
using html::kNoNode;
using html::NodeIndex;
using html::NodeKind;

/// True when the attribute class of a node holds that word.
bool has_class(const Document& page, NodeIndex node, std::string_view word) {
  std::string_view classes = page.attribute(node, "class");
  while (!classes.empty()) {
    const std::size_t end = std::min(classes.find(' '), classes.size());
    if (classes.substr(0, end) == word) return true;
    classes.remove_prefix(std::min(end + 1, classes.size()));
  }
  return false;
}

struct MediaClass {
  std::string_view name;
  std::string_view media_type;
};
constexpr std::array kMediaClasses{MediaClass{"photo_wrap", "image"},
                                   MediaClass{"sticker_wrap", "image"},
                                   MediaClass{"video_file_wrap", "video"},
                                   MediaClass{"animated_wrap", "video"},
                                   MediaClass{"media_photo", "image"},
                                   MediaClass{"media_video", "video"},
                                   MediaClass{"media_voice_message", "audio"},
                                   MediaClass{"media_audio_file", "audio"},
                                   MediaClass{"media_file", "file"}};

/// "03.05.2031 12:00:00 UTC+03:30"; nothing when it is no date. Without a zone the day alone is known.
std::optional<WrittenDate> date_of(std::string_view title) {
  const auto number = [&](std::size_t at, std::size_t size) {
    int value = 0;
    for (const char c : title.substr(at, size)) value = c >= '0' && c <= '9' && value >= 0 ? value * 10 + c - '0' : -1;
    return value;
  };
  constexpr std::size_t kClockEnd = 19;
  if (title.size() < kClockEnd || title[2] != '.' || title[5] != '.') return std::nullopt;
  const auto day = Day::make(number(6, 4), number(3, 2), number(0, 2));
  if (!day) return std::nullopt;
  WrittenDate out{*day, std::nullopt, Calendar::gregorian, {0, static_cast<std::uint32_t>(title.size())}};
  const std::size_t zone = title.find("UTC");
  if (zone == std::string_view::npos) return out;
  std::string_view offset = trimmed(title.substr(zone + 3));
  if (offset.empty()) offset = "Z";
  const auto instant = Instant::parse(format("{}T{}{}", day->text(), title.substr(11, 8), offset));
  if (!instant) return out;
  out.instant = *instant;
  out.day = instant->day();
  return out;
}

class PageMessage {
 public:
  PageMessage(ReportSet& set, const Transcoded& bytes) : set_(set), bytes_(bytes), page_(html::parse(bytes.text)) {}

  void read() {
    Report& report = *set_.add(ReportKind::message);
    MappedText words(bytes_.map);
    for (NodeIndex i = 0; i < page_.nodes().size(); ++i) {
      if (page_[i].kind == NodeKind::element && page_[i].tag != html::Tag::html) look_at(i, report, words);
    }
    words.trim_end();
    words.give(report);
    add_written_links(report);
    fill_account(report);
    relate(report);
    if (report.text.empty() && report.media.empty()) report.hollow = "empty body";
  }

 private:
  std::string hint(const std::string& name) const {
    const auto found = set_.input().part.hints.find(name);
    return found == set_.input().part.hints.end() ? std::string() : found->second;
  }

  void look_at(NodeIndex node, Report& report, MappedText& words) {
    if (has_class(page_, node, "forwarded") && has_class(page_, node, "body")) {
      is_forward_ = true;
      past_forwarded_ = page_[node].past;
    }
    if (has_class(page_, node, "from_name")) name_at(node);
    if (has_class(page_, node, "date") && has_class(page_, node, "details") && !is_forward_) {
      const std::string_view title = page_.attribute(node, "title");
      if (const auto date = date_of(title)) report.published = interval_of(*date, title);
    }
    if (has_class(page_, node, "signature")) signature_ = page_.words(node);
    if (has_class(page_, node, "reply_to")) reply_at(node);
    const bool is_poll = has_class(page_, node, "media_poll");
    const bool is_text = has_class(page_, node, "text") && !has_class(page_, node, "bold");
    if (is_poll || is_text) write(node, report, words);
    for (const MediaClass& each : kMediaClasses) {
      if (has_class(page_, node, each.name)) report.media.push_back({std::nullopt, std::string(each.media_type), ""});
    }
  }

  /// The node's own words: of a forward its date stands beside the name.
  void name_at(NodeIndex node) {
    std::string name;
    for (NodeIndex i = page_[node].first_child; i != kNoNode; i = page_[i].next_sibling) {
      if (page_[i].kind == NodeKind::text) name += page_.text(i);
    }
    name = std::string(trimmed(name));
    if (const std::size_t via = name.rfind(" via @"); via != std::string::npos) name.resize(via);
    (is_forward_ && node < past_forwarded_ ? origin_ : author_) = name;
  }

  /// "#go_to_message11", "messages2.html#go_to_message11".
  void reply_at(NodeIndex node) {
    is_reply_ = true;
    for (NodeIndex i = node; i < page_[node].past; ++i) {
      constexpr std::string_view kMark = "#go_to_message";
      const std::string_view href = page_.attribute(i, "href");
      const std::size_t at = href.find(kMark);
      if (page_[i].kind == NodeKind::element && at != std::string_view::npos) {
        replied_ = std::string(href.substr(at + kMark.size()));
      }
    }
  }

  void write(NodeIndex node, Report& report, MappedText& words) {
    PageText writer(page_, words);
    writer.end_line();
    writer.write(node, page_[node].past, [](NodeIndex) { return true; });
    writer.end_line();
    for (NodeIndex i = node; i < page_[node].past; ++i) {
      if (page_[i].kind != NodeKind::element || page_[i].tag != html::Tag::a) continue;
      const std::string_view href = page_.attribute(i, "href");
      if (href.starts_with("http")) add_link(report, std::string(href));
    }
  }

  static void add_link(Report& report, std::string link) {
    const bool is_known = std::find(report.links.begin(), report.links.end(), link) != report.links.end();
    if (!is_known) report.links.push_back(std::move(link));
  }

  /// An address that the text writes out is mostly a link as well; "https://a" and "https://a/" are one.
  static void add_written_links(Report& report) {
    for (std::string& link : links_in(report.text)) {
      const bool is_known = std::any_of(report.links.begin(), report.links.end(), [&](const std::string& each) {
        return each == link || each == link + "/" || each + "/" == link;
      });
      if (!is_known) report.links.push_back(std::move(link));
    }
  }

  /// In a channel the channel speaks, whoever signed; in a group each member does.
  void fill_account(Report& report) const {
    const std::string author = author_.empty() ? hint("author") : author_;
    report.source = author.empty() ? hint("chat_title") : author;
    report.author = signature_.empty() ? author : signature_;
  }

  void relate(Report& report) const {
    const std::string origin = origin_.empty() ? hint("forwarded_from") : origin_;
    if (is_forward_) report.relations.push_back({RelationKind::forwards, origin, std::nullopt});
    if (const std::string album = hint("album"); !album.empty()) {
      report.relations.push_back({RelationKind::album, hint("chat_title") + "#message" + album, std::nullopt});
    }
    if (!is_reply_) return;
    const std::string target = replied_.empty() ? std::string() : hint("chat_title") + "#message" + replied_;
    report.relations.push_back({RelationKind::replies, target, std::nullopt});
  }

  ReportSet& set_;
  const Transcoded& bytes_;
  Document page_;
  bool is_forward_ = false;
  bool is_reply_ = false;
  NodeIndex past_forwarded_ = 0;
  std::string author_;
  std::string origin_;
  std::string signature_;
  std::string replied_;
};

}  // namespace

void read_telegram_page(ReportSet& set) {
  const Transcoded bytes = to_utf8(set.input().bytes, "utf-8");
  PageMessage(set, bytes).read();
}

}  // namespace gavah::extract
