#include "extract/embedded_post.h"

#include <algorithm>
#include <array>

#include "extract/furniture.h"
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

constexpr auto kRootClasses = std::to_array<std::string_view>(
    {"twitter-tweet", "twitter-video", "tweet-embed", "instagram-media", "tiktok-embed", "bluesky-embed",
     "mastodon-embed", "reddit-embed-bq", "fb-post", "fb-video", "tgme_widget_message", "telegram-post"});
constexpr auto kFrameAddresses = std::to_array<std::string_view>(
    {"youtube.com/embed/", "youtube-nocookie.com/embed/", "platform.twitter.com/embed", "facebook.com/plugins/post",
     "facebook.com/plugins/video", "instagram.com/p/", "instagram.com/reel/", "t.me/", "player.vimeo.com/video/",
     "aparat.com/video/", "tiktok.com/embed", "dailymotion.com/embed"});

/// The account in an address of a post: twitter.com/NAME/status/…, t.me/NAME/…, instagram.com/NAME/… .
std::string account_in(std::string_view url) {
  const std::string host = host_of(url);
  const bool names_account = host == "twitter.com" || host == "mobile.twitter.com" || host == "x.com" ||
                             host == "t.me" || host == "tiktok.com" || host == "facebook.com";
  if (!names_account) return {};
  std::string_view path = url.substr(url.find("//") + 2);
  const std::size_t slash = path.find('/');
  if (slash == std::string_view::npos) return {};
  path.remove_prefix(slash + 1);
  if (path.starts_with("s/") && host == "t.me") path.remove_prefix(2);
  if (path.starts_with('@')) path.remove_prefix(1);
  const std::string_view name = path.substr(0, path.find_first_of("/?#"));
  constexpr auto kNoAccounts =
      std::to_array<std::string_view>({"", "i", "intent", "hashtag", "search", "share", "home", "plugins", "watch",
                                       "embed", "photo", "permalink.php", "c", "joinchat"});
  if (std::find(kNoAccounts.begin(), kNoAccounts.end(), name) != kNoAccounts.end()) return {};
  return "@" + std::string(name);
}

bool is_post_address(std::string_view url) {
  return url.find("/status/") != std::string_view::npos || url.find("/statuses/") != std::string_view::npos ||
         url.find("instagram.com/p/") != std::string_view::npos ||
         url.find("instagram.com/reel/") != std::string_view::npos || url.find("/posts/") != std::string_view::npos ||
         url.find("/videos/") != std::string_view::npos ||
         (url.find("//t.me/") != std::string_view::npos && std::count(url.begin(), url.end(), '/') >= 4) ||
         url.find("/video/") != std::string_view::npos;
}

class EmbedReader {
 public:
  EmbedReader(const Document& page, NodeIndex root, const OffsetMap& map) : page_(page), root_(root), map_(map) {}

  void read(Report& report) {
    const Tag tag = page_[root_].tag;
    if (tag == Tag::iframe) {
      read_frame(report);
    } else if (tag == Tag::script) {
      read_telegram_name(report, page_.attribute(root_, "data-telegram-post"));
    } else if (has_word(page_.attribute(root_, "class"), "tgme_widget_message")) {
      read_telegram(report);
    } else {
      read_quote(report);
    }
    report.links = links_of(report);
  }

 private:
  void read_frame(Report& report) {
    std::string src(page_.attribute(root_, "src"));
    if (src.empty()) src = page_.attribute(root_, "data-src");
    if (src.starts_with("//")) src = "https:" + src;
    report.url = post_address(src);
    report.source = account_in(report.url);
    if (report.url.find("/embed/") != std::string::npos || report.url.find("/video/") != std::string::npos) {
      report.media.push_back({std::nullopt, "video", std::string(page_.attribute(root_, "title"))});
    }
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

}  // namespace

bool is_embed_root(const Document& page, NodeIndex index) {
  const Tag tag = page[index].tag;
  if (tag == Tag::script) return page.has_attribute(index, "data-telegram-post");
  if (tag == Tag::iframe) {
    std::string_view src = page.attribute(index, "src");
    if (src.empty()) src = page.attribute(index, "data-src");
    return std::any_of(kFrameAddresses.begin(), kFrameAddresses.end(), [&](std::string_view address) {
      const std::size_t at = src.find(address);
      return at != std::string_view::npos && at <= 20;
    });
  }
  if (tag != Tag::blockquote && tag != Tag::div && tag != Tag::figure) return false;
  const std::string_view words = page.attribute(index, "class");
  if (words.empty()) return false;
  return std::any_of(kRootClasses.begin(), kRootClasses.end(), [&](std::string_view word) {
    // "twitter-tweet-rendered" and "twitter-tweet-wrapper" embed too; longer names of a page's own frame do not.
    return has_word(words, word);
  });
}

Report* read_embedded_post(const Document& page, NodeIndex index, const OffsetMap& map, ReportSet& set) {
  Report* report = set.add(ReportKind::post);
  if (report != nullptr) EmbedReader(page, index, map).read(*report);
  return report;
}

}  // namespace gavah::extract
