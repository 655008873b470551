#include "extract/page_facts.h"

#include <algorithm>
#include <array>
#include <utility>

#include "extract/class_words.h"
#include "extract/discussion.h"
#include "extract/furniture.h"
#include "extract/page_date.h"
#include "extract/report_set.h"

namespace gavah::extract {
namespace {

using html::Document;
using html::kNoNode;
using html::NodeIndex;
using html::NodeKind;
using html::Tag;

std::string lower_ascii(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return out;
}

class FactsReader {
 public:
  FactsReader(const Document& page, std::string_view url) : page_(page), url_(url) {}

  PageFacts read(std::optional<Instant> latest) {
    gather();
    PageFacts out;
    out.site = first_meta({"og:site_name", "application-name"});
    if (out.site.empty()) out.site = json_ld_.publisher;
    out.url = address();
    out.title = title(out.site);
    out.author = author();
    out.lang = lower_ascii(page_.attribute(0, "lang")).substr(0, 2);
    out.article_body = html::decode_references(json_ld_.article_body);
    out.has_password_field = has_password_field_;
    const std::string_view dated_url = out.url.empty() ? url_ : std::string_view(out.url);
    out.is_discussion = json_ld_.is_discussion || is_discussion(page_, dated_url, first_meta({"generator"}));
    if (out.author.empty() && out.is_discussion) out.author = first_writer();
    PageDates dates = read_page_dates({page_, meta_, json_ld_, dated_url, latest});
    out.published = std::move(dates.published);
    out.modified = std::move(dates.modified);
    return out;
  }

 private:
  void gather() {
    const auto& nodes = page_.nodes();
    for (NodeIndex i = 0; i < nodes.size(); ++i) {
      if (nodes[i].kind != NodeKind::element) continue;
      switch (nodes[i].tag) {
        case Tag::meta:
          take_meta(i);
          break;
        case Tag::link:
          take_link(i);
          break;
        case Tag::script:
          take_script(i);
          break;
        case Tag::input:
          has_password_field_ = has_password_field_ || page_.attribute(i, "type") == "password";
          break;
        default:
          break;
      }
    }
  }

  void take_meta(NodeIndex index) {
    const std::string_view content = trimmed(page_.attribute(index, "content"));
    if (content.empty()) return;
    for (const std::string_view key :
         {std::string_view("property"), std::string_view("name"), std::string_view("itemprop")}) {
      const std::string_view name = page_.attribute(index, key);
      if (!name.empty()) meta_.try_emplace(lower_ascii(trimmed(name)), content);
    }
  }

  void take_link(NodeIndex index) {
    const std::string_view href = page_.attribute(index, "href");
    if (page_.attribute(index, "rel") == "canonical" && href.starts_with("http") && canonical_.empty())
      canonical_ = href;
  }

  void take_script(NodeIndex index) {
    if (page_.attribute(index, "type").find("ld+json") == std::string_view::npos) return;
    const NodeIndex content = page_[index].first_child;
    if (content != kNoNode) read_json_ld(page_.text(content), json_ld_);
  }

  std::string first_meta(std::initializer_list<std::string_view> names) const {
    for (const std::string_view name : names) {
      const auto found = meta_.find(name);
      // Publishers escape twice: "&amp;quot;".
      if (found != meta_.end()) return html::decode_references(found->second);
    }
    return {};
  }

  std::string address() const {
    if (!canonical_.empty()) return canonical_;
    std::string out = first_meta({"og:url"});
    if (out.empty()) out = json_ld_.url;
    return out.starts_with("http") ? out : std::string();
  }

  /// Cuts what names the site: "Headline | Site", "Headline - Site".
  static std::string without_site(std::string title, std::string_view site) {
    constexpr auto kBars = std::to_array<std::string_view>({" | ", " - ", " – ", " — ", " :: ", " » ", " • ", " · "});
    for (const std::string_view bar : kBars) {
      const std::size_t at = title.rfind(bar);
      if (at == std::string::npos || at == 0) continue;
      const std::string tail = folded(std::string_view(title).substr(at + bar.size()));
      const std::string name = folded(site);
      const bool is_site = !name.empty() && (tail == name || tail.find(name) != std::string::npos ||
                                             name.find(tail) != std::string::npos);
      const bool is_short_tail = character_count(tail) * 3 < character_count(title.substr(0, at)) && bar == " | ";
      if (is_site || is_short_tail) title.resize(at);
    }
    return std::string(trimmed(title));
  }

  /// The longest of the first headings that the page's titles repeat: a site's name is a heading too.
  std::string headline(std::string_view known) const {
    constexpr std::size_t kHeadings = 24;
    constexpr std::size_t kHeadlineCharacters = 8;
    std::string out;
    std::size_t headings = 0;
    const auto& nodes = page_.nodes();
    for (NodeIndex i = 0; i < nodes.size() && headings < kHeadings; ++i) {
      if (nodes[i].kind != NodeKind::element || nodes[i].tag < Tag::h1 || nodes[i].tag > Tag::h3) continue;
      ++headings;
      std::string words = page_.words(i);
      const bool is_longer = character_count(words) > std::max(character_count(out), kHeadlineCharacters - 1);
      const bool may_be = out.empty() ? nodes[i].tag == Tag::h1 : nodes[i].tag != Tag::h1 || is_longer;
      if (is_longer && may_be && known.find(folded(words)) != std::string_view::npos) out = std::move(words);
    }
    return out;
  }

  /// The heading that the page's title repeats, in the words of the heading.
  std::string title(std::string_view site) const {
    const NodeIndex node = page_.first(Tag::title);
    const std::string head = node == kNoNode ? std::string() : page_.words(node);
    const std::string open_graph = first_meta({"og:title", "twitter:title"});
    const std::string known = folded(head + "\n" + open_graph + "\n" + json_ld_.headline);
    if (std::string words = headline(known); !words.empty()) return words;
    if (!open_graph.empty()) return without_site(open_graph, site);
    if (!json_ld_.headline.empty()) return json_ld_.headline;
    const NodeIndex heading = page_.first(Tag::h1);
    const std::string words = heading == kNoNode ? std::string() : page_.words(heading);
    if (character_count(words) >= 8) return words;
    return without_site(head, site);
  }

  std::string author() const {
    if (!json_ld_.author.empty()) return json_ld_.author;
    const std::string stated =
        first_meta({"author", "article:author_name", "parsely-author", "dc.creator", "dcterms.creator",
                    "sailthru.author", "byl", "article:author", "twitter:creator"});
    if (!stated.empty() && !stated.starts_with("http")) {
      const std::string from_byline = author_of_byline(stated);
      return from_byline.empty() ? stated : from_byline;
    }
    const auto& nodes = page_.nodes();
    bool is_labelled = false;
    for (NodeIndex i = 0; i < nodes.size(); ++i) {
      if (nodes[i].kind == NodeKind::text) {
        if (std::string name = labelled_author(i, is_labelled); !name.empty()) return name;
      }
      if (nodes[i].kind != NodeKind::element) continue;
      if (std::string name = author_at(i); !name.empty()) return name;
    }
    return {};
  }

  /// Who wrote a discussion's first post.
  std::string first_writer() const {
    constexpr std::size_t kNameCharacters = 40;
    for (NodeIndex i = 0; i < page_.nodes().size(); ++i) {
      if (page_[i].kind != NodeKind::element || !class_signs(page_.attribute(i, "class")).is_writer) continue;
      std::string words = page_.words(i);
      if (!words.empty() && character_count(words) <= kNameCharacters) return words;
    }
    return {};
  }

  /// The name in the text after one that says only "Author:", «خبرنگار:».
  std::string labelled_author(NodeIndex index, bool& is_labelled) const {
    constexpr std::size_t kLabelBytes = 40;
    constexpr std::size_t kNameCharacters = 40;
    constexpr auto kLabels =
        std::to_array<std::string_view>({"author:", "written by:", "reporter:", "نویسنده:", "خبرنگار:", "گزارشگر:",
                                         "الکاتب:", "کاتب:", "بقلم:", "کتب:", "إعداد:"});
    const std::string_view text = trimmed(page_.text(index));
    if (text.empty()) return {};
    const bool was_labelled =
        std::exchange(is_labelled, text.size() <= kLabelBytes && text.ends_with(':') &&
                                       std::find(kLabels.begin(), kLabels.end(), folded(text)) != kLabels.end());
    if (!was_labelled || character_count(text) > kNameCharacters || text.find_first_of("0123456789:") != text.npos)
      return {};
    return std::string(text);
  }

  std::string author_at(NodeIndex index) const {
    constexpr std::size_t kNodes = 16;
    constexpr std::size_t kNameCharacters = 60;
    const html::Node& node = page_[index];
    if (node.past - index > kNodes || node.tag == Tag::body) return {};
    const bool is_marked = page_.attribute(index, "rel") == "author" || page_.attribute(index, "itemprop") == "author";
    const bool is_classed = !is_marked && class_signs(page_.attribute(index, "class")).is_author;
    const bool is_line = node.tag == Tag::p || node.tag == Tag::span || node.tag == Tag::div || node.tag == Tag::li ||
                         node.tag == Tag::b || node.tag == Tag::dd || node.tag == Tag::address || node.tag == Tag::td;
    if (!is_marked && !is_classed && !is_line) return {};
    const std::string words = page_.words(index);
    if (words.empty() || character_count(words) > kNameCharacters * 2) return {};
    std::string name = author_of_byline(words);
    if (!name.empty() && (is_marked || is_classed || character_count(name) < 40)) return name;
    const std::string fold = folded(words);
    if (fold == "by" || fold == "von" || fold == "author" || fold == "نویسنده") return {};
    return (is_marked || is_classed) && character_count(words) <= kNameCharacters &&
                   words.find_first_of("0123456789") == std::string::npos
               ? std::string(trimmed(std::string_view(words).substr(0, words.find(" | "))))
               : std::string();
  }

  const Document& page_;
  std::string_view url_;
  MetaTable meta_;
  JsonLd json_ld_;
  std::string canonical_;
  bool has_password_field_ = false;
};

}  // namespace

PageFacts read_page_facts(const Document& page, std::string_view url, std::optional<Instant> latest) {
  return FactsReader(page, url).read(latest);
}

}  // namespace gavah::extract
