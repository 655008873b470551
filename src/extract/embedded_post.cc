#include "extract/embedded_post.h"

#include <algorithm>
#include <array>

#include "base/byte_search.h"
#include "extract/embed_address.h"
#include "extract/furniture.h"
#include "extract/json_record.h"
#include "extract/markup_text.h"
#include "extract/page_text.h"
#include "extract/post_address.h"
#include "extract/text_post.h"
#include "extract/written_date.h"

namespace gavah::extract {
namespace {

using html::Document;
using html::kNoNode;
using html::NodeIndex;
using html::NodeKind;
using html::Tag;

bool has_word(std::string_view words, std::string_view word) {
  for (std::size_t at = words.find(word); at != std::string_view::npos; at = words.find(word, at + 1)) {
    const std::size_t past = at + word.size();
    const bool starts = at == 0 || words[at - 1] == ' ';
    const bool ends = past == words.size() || words[past] == ' ' || words[past] == '-';
    if (starts && ends) return true;
  }
  return false;
}

constexpr auto kRootClasses =
    std::to_array<std::string_view>({"twitter-tweet", "twitter-video", "tweet-embed", "instagram-media", "tiktok-embed",
                                     "bluesky-embed", "mastodon-embed", "reddit-embed-bq", "fb-post", "fb-video",
                                     "tgme_widget_message", "telegram-post", "text-post-media", "embedly-card"});
/// An element that only waits for its frame or post has little in it.
constexpr NodeIndex kWaitingNodes = 60;
constexpr std::size_t kStatedPosts = 20;

/// How an element embeds.
enum class Form { none, frame, quote, telegram_name, telegram, numbered, link, markup };

bool has_root_class(std::string_view words) {
  // "twitter-tweet-rendered" and "twitter-tweet-wrapper" embed too; longer names of a page's own frame do not.
  return class_signs(words).may_embed() && std::any_of(kRootClasses.begin(), kRootClasses.end(),
                                                       [&](std::string_view word) { return has_word(words, word); });
}

bool holds_markup(std::string_view text) { return holds_bytes(text, "<iframe") || holds_bytes(text, "<blockquote"); }

bool is_number(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

/// The address of what a frame shows, in whatever attribute it waits.
std::string frame_address(const Document& page, NodeIndex index) {
  for (const auto& attribute : page.attributes(index)) {
    const bool may_hold = attribute.name == "src" || attribute.name.starts_with("data-");
    if (!may_hold || attribute.value.size() < 16) continue;
    if (std::string address = framed_post(attribute.value); !address.empty()) return address;
  }
  return {};
}

/// The address of a post that an element of AMP or of a script names by its number.
std::string numbered_address(const Document& page, NodeIndex index) {
  for (const auto& [name, value, source] : page.attributes(index)) {
    const bool is_video = name == "data-videoid" || name == "videoid" || name == "video-id";
    if ((name == "data-tweetid" || name == "tweet-id") && is_number(value)) return x_address(value);
    if (name == "data-shortcode" && !value.empty()) return "https://www.instagram.com/p/" + std::string(value) + "/";
    if (is_video && is_number(value)) return "https://vimeo.com/" + std::string(value);
    if (is_video && value.size() == 11) return "https://www.youtube.com/watch?v=" + std::string(value);
    if (name == "data-href" && is_platform_post(value)) return post_address(value);
  }
  return {};
}

/// The one address that is all of an element's words.
std::string_view only_address(std::string_view words) {
  const std::string_view address = trimmed(words);
  return address.find_first_of(" \n") == std::string_view::npos && is_platform_post(address) ? address
                                                                                             : std::string_view();
}

bool holds_root(const Document& page, NodeIndex index) {
  for (NodeIndex i = index + 1; i < page[index].past; ++i) {
    const bool is_root = (page[i].tag == Tag::blockquote && has_root_class(page.attribute(i, "class"))) ||
                         (page[i].tag == Tag::iframe && !frame_address(page, i).empty());
    if (page[i].kind == NodeKind::element && is_root) return true;
  }
  return false;
}

Form form_of_script(const Document& page, NodeIndex index) {
  if (page.has_attribute(index, "data-telegram-post")) return Form::telegram_name;
  const std::string_view type = page.attribute(index, "type");
  const NodeIndex content = page[index].first_child;
  const bool waits = type == "text/plain" || type == "text/html" || type.ends_with("template");
  return waits && content != kNoNode && holds_markup(page.text(content)) ? Form::markup : Form::none;
}

/// An element in the place of a frame that a reader has not consented to, or that comes into sight later.
Form form_of_waiting(const Document& page, NodeIndex index) {
  if (page[index].past - index > kWaitingNodes) return Form::none;
  if (page[index].tag == Tag::other && !numbered_address(page, index).empty()) return Form::numbered;
  for (const auto& [name, value, source] : page.attributes(index)) {
    if (!name.starts_with("data-") || value.size() < ClassTable::kDataBytes) continue;
    const bool may_frame =
        holds_bytes(value, "/embed") || holds_bytes(value, "/plugins/") || holds_bytes(value, "player.");
    if (may_frame && !framed_post(value).empty()) return holds_root(page, index) ? Form::none : Form::frame;
    if (holds_markup(value)) return holds_root(page, index) ? Form::none : Form::markup;
  }
  return Form::none;
}

Form form_of(const Document& page, NodeIndex index) {
  const html::Node& node = page[index];
  const std::string_view words = page.attribute(index, "class");
  switch (node.tag) {
    case Tag::script:
      return form_of_script(page, index);
    case Tag::iframe:
      return frame_address(page, index).empty() ? Form::none : Form::frame;
    case Tag::blockquote:
      return has_root_class(words) || is_platform_post(page.attribute(index, "cite")) ? Form::quote : Form::none;
    case Tag::div:
    case Tag::figure:
      if (!class_signs(words).may_embed()) return form_of_waiting(page, index);
      if (has_word(words, "tgme_widget_message")) return Form::telegram;
      if (has_root_class(words)) return holds_root(page, index) ? Form::none : Form::quote;
      if (has_word(words, "wp-block-embed") && node.past - index <= kWaitingNodes &&
          !only_address(page.words(index)).empty())
        return Form::link;
      return form_of_waiting(page, index);
    case Tag::other:
    case Tag::span:
    case Tag::section:
    case Tag::p:
      return form_of_waiting(page, index);
    default:
      return Form::none;
  }
}

/// False where form_of() gives none whatever the attributes hold.
bool may_be_root(const Document& page, const ClassTable& table, NodeIndex index) {
  switch (page[index].tag) {
    case Tag::script:
    case Tag::iframe:
    case Tag::blockquote:
    case Tag::other:
      return true;
    case Tag::div:
    case Tag::figure:
      return table.of_class(index).may_embed() || table.has(index, ClassTable::kData);
    case Tag::span:
    case Tag::section:
    case Tag::p:
      return table.has(index, ClassTable::kData);
    default:
      return false;
  }
}

class EmbedReader {
 public:
  EmbedReader(const Document& page, NodeIndex root, const OffsetMap& map) : page_(page), root_(root), map_(map) {}

  void read(Report& report, Form form) {
    if (form == Form::frame) {
      read_frame(report, frame_address(page_, root_));
      return;
    }
    if (form == Form::link) {
      read_frame(report, post_address(only_address(page_.words(root_))));
      return;
    }
    if (form == Form::telegram_name) {
      read_telegram_name(report, page_.attribute(root_, "data-telegram-post"));
    } else if (form == Form::telegram) {
      read_telegram(report);
    } else {
      read_quote(report);
    }
    if (form == Form::numbered) read_frame(report, numbered_address(page_, root_));
    report.links = links_of(report);
  }

 private:
  void read_frame(Report& report, std::string address) const {
    report.url = std::move(address);
    if (report.source.empty()) report.source = account_in(report.url);
    const std::string host = host_of(report.url);
    const bool is_post = host == "x.com" || host == "t.me" || host == "instagram.com" || host == "bsky.app" ||
                         (host == "facebook.com" && report.url.find("/videos/") == std::string::npos);
    if (!is_post) report.media.push_back({std::nullopt, "video", std::string(page_.attribute(root_, "title"))});
  }

  void read_telegram_name(Report& report, std::string_view post) {
    report.url = "https://t.me/" + std::string(post);
    report.source = account_in(report.url);
  }

  void read_telegram(Report& report) {
    read_telegram_name(report, page_.attribute(root_, "data-post"));
    for (NodeIndex i = root_; i < page_[root_].past; ++i) {
      if (page_[i].kind != NodeKind::element) continue;
      const std::string_view words = page_.attribute(i, "class");
      if (has_word(words, "tgme_widget_message_text") && report.text.empty()) write(i, report);
      if (has_word(words, "tgme_widget_message_owner_name")) report.author = page_.words(i);
      if (has_word(words, "tgme_widget_message_forwarded_from_name")) {
        const std::string_view href = page_.attribute(i, "href");
        report.relations.push_back(
            {RelationKind::forwards, href.empty() ? page_.words(i) : std::string(href), std::nullopt});
      }
      if (has_word(words, "tgme_widget_message_photo_wrap")) report.media.push_back({std::nullopt, "image", ""});
      if (has_word(words, "tgme_widget_message_video_wrap")) report.media.push_back({std::nullopt, "video", ""});
      if (page_[i].tag == Tag::time) take_date(report, page_.attribute(i, "datetime"));
    }
  }

  void write(NodeIndex from, Report& report) {
    MappedText text(map_);
    PageText(page_, text).write(from, page_[from].past, [](NodeIndex) { return true; });
    text.trim_end();
    text.give(report);
  }

  void take_date(Report& report, std::string_view value) {
    if (!report.published.is_unknown()) return;
    if (const auto date = read_machine_date(value)) report.published = interval_of(*date, value);
  }

  void read_quote(Report& report) {
    MappedText text(map_);
    PageText(page_, text).write(root_, page_[root_].past, [](NodeIndex) { return true; });
    text.trim_end();
    find_address(report);
    const std::string whole = text.text();
    const std::size_t last_line = whole.rfind('\n') == std::string::npos ? 0 : whole.rfind('\n') + 1;
    auto closing = find_post_closing(std::string_view(whole).substr(last_line), static_cast<std::uint32_t>(last_line));
    if (closing) {
      report.source = "@" + closing->handle;
      report.author = closing->name;
      report.published = interval_of(closing->date, whole);
      text.truncate(closing->dash);
    } else {
      cut_credit(report, text);
    }
    text.trim_end();
    text.give(report);
    if (report.source.empty()) report.source = account_in(address_);
  }

  /// Instagram and others close with "A post shared by Name (@handle) on Jan 20, 2025 at 10:00am PST".
  void cut_credit(Report& report, MappedText& text) {
    const std::string whole = text.text();
    const std::size_t line = whole.rfind('\n') == std::string::npos ? 0 : whole.rfind('\n') + 1;
    const std::string_view last = std::string_view(whole).substr(line);
    const std::size_t at = last.find("(@");
    if (at != std::string_view::npos) {
      const std::size_t close = last.find(')', at);
      if (close != std::string_view::npos) report.source = std::string(last.substr(at + 1, close - at - 1));
    }
    const bool is_credit = last.find("shared by") != std::string_view::npos ||
                           last.find("Posted by") != std::string_view::npos ||
                           last.find("View this post") != std::string_view::npos || at != std::string_view::npos;
    if (const auto date = find_date(last.substr(0, 300), DayOrder::month_first);
        date && (is_credit || trimmed(last).size() <= 40)) {
      report.published = interval_of(*date, last);
      text.truncate(static_cast<std::uint32_t>(line));
    } else if (is_credit) {
      text.truncate(static_cast<std::uint32_t>(line));
    }
    for (NodeIndex i = root_; i < page_[root_].past; ++i) {
      if (page_[i].kind == NodeKind::element && page_[i].tag == Tag::time)
        take_date(report, page_.attribute(i, "datetime"));
    }
  }

  void find_address(Report& report) {
    for (const std::string_view name :
         {std::string_view("cite"), std::string_view("data-instgrm-permalink"), std::string_view("data-href")}) {
      const std::string_view value = page_.attribute(root_, name);
      if (is_post_address(value)) address_ = value;
    }
    // The link of the date comes last; links inside of the words come before it.
    for (NodeIndex i = root_; i < page_[root_].past; ++i) {
      if (page_[i].kind != NodeKind::element || page_[i].tag != Tag::a) continue;
      const std::string_view href = page_.attribute(i, "href");
      if (is_post_address(href)) address_ = href;
    }
    report.url = post_address(address_);
  }

  std::vector<std::string> links_of(const Report& report) const {
    std::vector<std::string> out;
    for (NodeIndex i = root_; i < page_[root_].past; ++i) {
      if (page_[i].kind != NodeKind::element || page_[i].tag != Tag::a) continue;
      std::string href(page_.attribute(i, "href"));
      const bool is_own = post_address(href) == report.url || !href.starts_with("http");
      if (!is_own && std::find(out.begin(), out.end(), href) == out.end()) out.push_back(std::move(href));
    }
    return out;
  }

  const Document& page_;
  NodeIndex root_;
  const OffsetMap& map_;
  std::string address_;  ///< of the post, as written
};

/// Takes over what was read, unless the set has it already.
const Report* take(Report draft, ReportSet& set) {
  if (draft.url.empty() && draft.text.empty()) return nullptr;
  for (const Report& known : set.reports()) {
    const bool is_same = known.kind == ReportKind::post && known.url == draft.url && !draft.url.empty();
    if (is_same && (draft.text.empty() || draft.text == known.text)) return nullptr;
  }
  Report* report = set.add(ReportKind::post);
  if (report == nullptr) return nullptr;
  report->source = std::move(draft.source);
  report->url = std::move(draft.url);
  report->author = std::move(draft.author);
  report->published = draft.published;
  report->text = std::move(draft.text);
  report->map = std::move(draft.map);
  report->relations = std::move(draft.relations);
  report->links = std::move(draft.links);
  report->media = std::move(draft.media);
  return report;
}

/// Reads the embeds of a page within the page: markup that was decoded from an attribute or a script.
void read_markup(const MappedText& markup, const OffsetMap& map, ReportSet& set, std::vector<const Report*>& out) {
  const Document inner = html::parse(markup.text());
  const OffsetMap as_it_stands = OffsetMap::identity();
  for (NodeIndex i = 0; i < inner.nodes().size();) {
    const Form form = inner[i].kind == NodeKind::element ? form_of(inner, i) : Form::none;
    if (form == Form::none || form == Form::markup) {
      ++i;
      continue;
    }
    Report draft;
    EmbedReader(inner, i, as_it_stands).read(draft, form);
    MappedText words(map);
    write_through(draft.text, draft.map, markup, words);
    words.give(draft);
    if (const Report* report = take(std::move(draft), set)) out.push_back(report);
    i = inner[i].past;
  }
}

/// An attribute's value decoded, each reference led back to its bytes.
void write_attribute(std::string_view bytes, Span source, MappedText& out) {
  for (std::uint32_t at = source.begin; at < source.end;) {
    const bool is_reference = bytes[at] == '&';
    const std::size_t stop = is_reference ? bytes.find(';', at) : bytes.find('&', at);
    const auto end = static_cast<std::uint32_t>(
        std::min<std::size_t>(stop == std::string_view::npos ? source.end : stop + (is_reference ? 1 : 0), source.end));
    const std::string_view slice = bytes.substr(at, end - at);
    const std::string decoded = is_reference ? html::decode_references(slice) : std::string(slice);
    // "&" that begins no reference: one letter, and what follows is read again.
    const bool is_plain = decoded == slice;
    const std::uint32_t past = is_reference && is_plain ? at + 1 : end;
    if (is_plain)
      out.copy(bytes.substr(at, past - at), at);
    else
      out.decode(decoded, {at, past});
    at = past;
  }
}

/// The value without its quotes.
Span inside_quotes(std::string_view bytes, Span source) {
  const bool is_quoted = source.size() >= 2 && (bytes[source.begin] == '"' || bytes[source.begin] == '\'');
  return is_quoted ? Span{source.begin + 1, source.end - 1} : source;
}

void read_waiting_markup(const Document& page, std::string_view bytes, NodeIndex index, const OffsetMap& map,
                         ReportSet& set, std::vector<const Report*>& out) {
  if (page[index].tag == Tag::script) {
    const Span source = page[page[index].first_child].source;
    MappedText markup(map);
    markup.copy(bytes.substr(source.begin, source.size()), source.begin);
    read_markup(markup, map, set, out);
    return;
  }
  for (const auto& [name, value, source] : page.attributes(index)) {
    if (!name.starts_with("data-") || !holds_markup(value)) continue;
    MappedText markup(map);
    write_attribute(bytes, inside_quotes(bytes, source), markup);
    read_markup(markup, map, set, out);
  }
}

/// Where the string of JSON that `at` stands in ends: its closing quote, or nothing.
std::optional<std::size_t> closing_quote(std::string_view text, std::size_t at) {
  for (; at < text.size() && text[at] != '\n'; ++at) {
    if (text[at] == '"') return at;
    if (text[at] == '\\') ++at;
  }
  return std::nullopt;
}

/// Where a string of JSON begins that holds the markup of a post: its quotation mark, at or after `from`.
std::size_t stated_post(std::string_view script, std::size_t from) {
  static constexpr std::string_view kTag = R"(blockquote class=\")";
  static constexpr auto kBefore = std::to_array<std::string_view>({R"("<)", R"("\u003c)", R"("\u003C)"});
  static constexpr auto kAfter = std::to_array<std::string_view>({R"(twitter-tweet\")", R"(instagram-media\")"});
  for (std::size_t tag = find_bytes(script, kTag, from); tag != std::string_view::npos;
       tag = find_bytes(script, kTag, tag + 1)) {
    const std::string_view after = script.substr(tag + kTag.size());
    const std::string_view before = script.substr(from, tag - from);
    if (std::ranges::none_of(kAfter, [&](std::string_view name) { return after.starts_with(name); })) continue;
    for (const std::string_view opening : kBefore) {
      if (before.ends_with(opening)) return tag - opening.size();
    }
  }
  return std::string_view::npos;
}

}  // namespace

bool is_embed_root(const Document& page, const ClassTable& table, NodeIndex index) {
  return may_be_root(page, table, index) && form_of(page, index) != Form::none;
}

std::vector<const Report*> read_embedded_posts(const Document& page, std::string_view bytes, NodeIndex index,
                                               const OffsetMap& map, ReportSet& set) {
  std::vector<const Report*> out;
  const Form form = form_of(page, index);
  if (form == Form::markup) {
    read_waiting_markup(page, bytes, index, map, set, out);
    return out;
  }
  Report draft;
  EmbedReader(page, index, map).read(draft, form);
  if (const Report* report = take(std::move(draft), set)) out.push_back(report);
  return out;
}

std::vector<const Report*> read_stated_posts(const Document& page, std::string_view bytes, const OffsetMap& map,
                                             ReportSet& set) {
  std::vector<const Report*> out;
  for (NodeIndex i = page.next_raw(0); i != kNoNode; i = page.next_raw(i + 1)) {
    const Span source = page[i].source;
    const std::string_view script = bytes.substr(source.begin, source.size());
    for (std::size_t at = stated_post(script, 0); at != std::string_view::npos && out.size() < kStatedPosts;
         at = stated_post(script, at + 1)) {
      const auto end = closing_quote(script, at + 1);
      if (!end) break;
      const auto place = source.begin + static_cast<std::uint32_t>(at);
      const auto string = JsonRecord::read(script.substr(at, *end + 1 - at), place);
      if (!string) continue;
      MappedText markup(map);
      string->write(string->root(), markup);
      read_markup(markup, map, set, out);
    }
  }
  return out;
}

std::vector<const Report*> read_posts_in(const MappedText& markup, const OffsetMap& map, ReportSet& set) {
  std::vector<const Report*> out;
  read_markup(markup, map, set, out);
  return out;
}

}  // namespace gavah::extract
