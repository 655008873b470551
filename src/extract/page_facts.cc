#include "extract/page_facts.h"

#include <algorithm>
#include <array>
#include <utility>

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
  FactsReader(const Document& page, const ClassTable& table, std::string_view url)
      : page_(page), table_(table), url_(url) {}

  PageFacts read(std::optional<Instant> latest) {
    gather();
    PageFacts out;
    out.site = first_meta({"og:site_name", "application-name"});
    if (out.site.empty()) out.site = json_ld_.publisher;
    out.url = address();
    out.title = title(out.site);
    out.lang = lower_ascii(page_.attribute(0, "lang")).substr(0, 2);
    out.article_body = html::decode_references(json_ld_.article_body);
    out.has_password_field = has_password_field_;
    const std::string_view dated_url = out.url.empty() ? url_ : std::string_view(out.url);
    out.is_discussion = json_ld_.is_discussion || is_discussion(page_, dated_url, first_meta({"generator"}));
    out.author = stated_author();
    out.is_author_stated = !out.author.empty();
    if (out.author.empty()) out.author = shown_author();
    if (out.author.empty() && out.is_discussion) out.author = first_writer();
    if (out.author.empty()) out.author = first_meta({"twitter:creator"});
    out.author = name_alone(std::move(out.author));
    PageDates dates = read_page_dates({page_, table_, meta_, json_ld_, dated_url, latest});
    out.published = std::move(dates.published);
    out.is_published_stated = dates.is_stated;
    out.modified = std::move(dates.modified);
    return out;
  }

 private:
  void gather() {
    for_each(Tag::meta, [this](NodeIndex i) { take_meta(i); });
    for_each(Tag::link, [this](NodeIndex i) { take_link(i); });
    for_each(Tag::script, [this](NodeIndex i) { take_script(i); });
    for_each(Tag::input, [this](NodeIndex i) {
      has_password_field_ = has_password_field_ || page_.attribute(i, "type") == "password";
    });
  }

  template <class Take>
  void for_each(Tag tag, Take take) const {
    const auto past = static_cast<NodeIndex>(page_.nodes().size());
    for (NodeIndex i = page_.next(tag, 0, past); i != kNoNode; i = page_.next(tag, i + 1, past)) take(i);
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
  /// The site's name, not the article's: it links to the first page.
  bool leads_home(NodeIndex heading) const {
    const NodeIndex link = page_.first(Tag::a, heading);
    if (link == kNoNode) return false;
    std::string_view href = trimmed(page_.attribute(link, "href"));
    if (const std::size_t scheme = href.find("//"); scheme != std::string_view::npos) {
      href.remove_prefix(std::min(href.find('/', scheme + 2), href.size()));
      if (href.empty()) return true;
    }
    return href == "/";
  }

  /// The page's one heading of the first level, where most of its longer words stand in what metadata call the page:
  /// they may say it shorter or for search engines.
  std::string only_heading(std::string_view known) const {
    constexpr std::size_t kCharacters = 200;
    const NodeIndex heading = page_.first(Tag::h1);
    if (heading == kNoNode || leads_home(heading)) return {};
    const std::string words = page_.words(heading);
    const auto past = static_cast<NodeIndex>(page_.nodes().size());
    for (NodeIndex i = page_.next(Tag::h1, page_[heading].past, past); i != kNoNode;
         i = page_.next(Tag::h1, i + 1, past)) {
      if (!page_.words(i).empty()) return {};
    }
    const bool is_title = character_count(words) <= kCharacters && shares_words(folded(words), known);
    return is_title ? words : std::string();
  }

  /// At least three words, and two thirds of those with more than three bytes stand in `known`.
  static bool shares_words(std::string_view words, std::string_view known) {
    constexpr std::string_view kBetween = " .,:;!?()[]|\"'-";
    constexpr std::size_t kShortBytes = 3;
    constexpr std::size_t kLeastWords = 3;
    std::size_t all = 0;
    std::size_t longer = 0;
    std::size_t shared = 0;
    for (std::size_t begin = words.find_first_not_of(kBetween); begin != std::string_view::npos;) {
      const std::size_t end = std::min(words.find_first_of(kBetween, begin), words.size());
      const std::string_view word = words.substr(begin, end - begin);
      ++all;
      longer += word.size() > kShortBytes ? 1U : 0U;
      shared += word.size() > kShortBytes && known.find(word) != std::string_view::npos ? 1U : 0U;
      begin = words.find_first_not_of(kBetween, end);
    }
    return all >= kLeastWords && longer > 0 && shared * 3 >= longer * 2;
  }

  /// "Harbour Board Forum" of forum.harbourboard.example.
  bool names_host(std::string_view folded_name) const {
    const std::string host = host_of(canonical_.empty() ? url_ : std::string_view(canonical_));
    constexpr std::string_view kBetween = " .,:'-";
    bool is_named = false;
    for (std::size_t begin = folded_name.find_first_not_of(kBetween); begin != std::string_view::npos;) {
      const std::size_t end = std::min(folded_name.find_first_of(kBetween, begin), folded_name.size());
      const std::string_view word = folded_name.substr(begin, end - begin);
      const bool is_in_host = host.find(word) != std::string::npos;
      if (word.size() > 2 && !is_in_host && word != "forum" && word != "forums" && word != "the") return false;
      is_named = is_named || (word.size() > 3 && is_in_host && word != "forum" && word != "forums");
      begin = folded_name.find_first_not_of(kBetween, end);
    }
    return is_named;
  }

  std::string without_site(std::string title, std::string_view site) const {
    constexpr auto kBars = std::to_array<std::string_view>({" | ", " - ", " – ", " — ", " :: ", " » ", " • ", " · "});
    for (const std::string_view bar : kBars) {
      const std::size_t at = title.rfind(bar);
      if (at == std::string::npos || at == 0) continue;
      const std::string tail = folded(std::string_view(title).substr(at + bar.size()));
      const std::string name = folded(site);
      const bool is_site =
          names_host(tail) || (!name.empty() && (tail == name || tail.find(name) != std::string::npos ||
                                                 name.find(tail) != std::string::npos));
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
    bool names_site = false;
    const auto& nodes = page_.nodes();
    for (NodeIndex i = 0; i < nodes.size() && headings < kHeadings; ++i) {
      const bool is_heading =
          page_.is_element(i, Tag::h1) || page_.is_element(i, Tag::h2) || page_.is_element(i, Tag::h3);
      if (!is_heading) continue;
      ++headings;
      const bool is_home = nodes[i].tag == Tag::h1 && leads_home(i);
      names_site = names_site || is_home;
      if (is_home) continue;
      std::string words = page_.words(i);
      const bool is_longer = character_count(words) > std::max(character_count(out), kHeadlineCharacters - 1);
      const bool may_be = out.empty() ? names_site || nodes[i].tag == Tag::h1 : nodes[i].tag != Tag::h1 || is_longer;
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
    if (std::string words = only_heading(known); !words.empty()) return words;
    if (!open_graph.empty()) return without_site(open_graph, site);
    if (!json_ld_.headline.empty()) return json_ld_.headline;
    const NodeIndex heading = page_.first(Tag::h1);
    const std::string words = heading == kNoNode || leads_home(heading) ? std::string() : page_.words(heading);
    if (character_count(words) >= 8) return words;
    return without_site(head, site);
  }

  std::string stated_author() const {
    if (!json_ld_.author.empty()) return json_ld_.author;
    const std::string stated = first_meta({"author", "article:author_name", "parsely-author", "dc.creator",
                                           "dcterms.creator", "sailthru.author", "byl", "article:author"});
    if (stated.empty() || stated.starts_with("http")) return {};
    const std::string from_byline = author_of_byline(stated);
    return from_byline.empty() ? stated : from_byline;
  }

  std::string shown_author() const {
    const auto& nodes = page_.nodes();
    bool is_labelled = false;
    for (NodeIndex i = 0; i < nodes.size(); ++i) {
      if (page_.is_text(i)) {
        if (std::string name = labelled_author(i, is_labelled); !name.empty()) return name;
      }
      if (!page_.is_element(i)) continue;
      if (std::string name = author_at(i); !name.empty()) return name;
    }
    return {};
  }

  /// Who wrote a discussion's first post.
  std::string first_writer() const {
    constexpr std::size_t kNameCharacters = 40;
    for (NodeIndex i = 0; i < page_.nodes().size(); ++i) {
      if (!table_.of_class(i).is_writer()) continue;
      std::string words = page_.words(i);
      if (!words.empty() && character_count(words) <= kNameCharacters) return words;
    }
    return {};
  }

  /// The last byte that is no white space or control character; a space where there is none.
  static char last_letter(std::string_view text) {
    for (std::size_t at = text.size(); at > 0; --at) {
      const char c = text[at - 1];
      if (c > ' ' || static_cast<unsigned char>(c) >= 0x80) return c;
    }
    return ' ';
  }

  /// The name in the text after one that says only "Author:", «خبرنگار:».
  std::string labelled_author(NodeIndex index, bool& is_labelled) const {
    constexpr std::size_t kLabelBytes = 40;
    constexpr std::size_t kNameCharacters = 40;
    constexpr auto kLabels =
        std::to_array<std::string_view>({"author:", "written by:", "reporter:", "نویسنده:", "خبرنگار:", "گزارشگر:",
                                         "الکاتب:", "کاتب:", "بقلم:", "کتب:", "إعداد:"});
    const std::string_view whole = page_.text(index);
    const char last = last_letter(whole);
    if (last == ' ') return {};
    if (!is_labelled && last != ':' && static_cast<unsigned char>(last) < 0x80) return {};
    const std::string_view text = trimmed(whole);
    if (text.empty()) return {};
    const bool was_labelled =
        std::exchange(is_labelled, text.size() <= kLabelBytes && text.ends_with(':') &&
                                       std::find(kLabels.begin(), kLabels.end(), folded(text)) != kLabels.end());
    if (!was_labelled || character_count(text) > kNameCharacters || text.find_first_of("0123456789:") != text.npos)
      return {};
    return std::string(text);
  }

  /// By the first byte of its words; where that is no ASCII, they are read.
  bool may_hold_byline(NodeIndex index) const {
    for (NodeIndex i = index; i < page_[index].past; ++i) {
      if (page_[i].kind != NodeKind::text) continue;
      for (const char c : page_.text(i)) {
        if (static_cast<unsigned char>(c) >= 0x80) return true;
        if (c > ' ') return may_begin_byline(c);
      }
    }
    return false;
  }

  std::string author_at(NodeIndex index) const {
    constexpr std::size_t kNodes = 16;
    constexpr std::size_t kNameCharacters = 60;
    const html::Node& node = page_[index];
    if (node.past - index > kNodes || node.tag == Tag::body) return {};
    const bool is_marked = (table_.has(index, ClassTable::kRel) && page_.attribute(index, "rel") == "author") ||
                           (table_.has(index, ClassTable::kItemprop) && page_.attribute(index, "itemprop") == "author");
    const bool is_classed = !is_marked && table_.of_class(index).is_author();
    const bool is_line = node.tag == Tag::p || node.tag == Tag::span || node.tag == Tag::div || node.tag == Tag::li ||
                         node.tag == Tag::b || node.tag == Tag::dd || node.tag == Tag::address || node.tag == Tag::td;
    if (!is_marked && !is_classed && (!is_line || !may_hold_byline(index))) return {};
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
  const ClassTable& table_;
  std::string_view url_;
  MetaTable meta_;
  JsonLd json_ld_;
  std::string canonical_;
  bool has_password_field_ = false;
};

}  // namespace

PageFacts read_page_facts(const Document& page, const ClassTable& table, std::string_view url,
                          std::optional<Instant> latest) {
  return FactsReader(page, table, url).read(latest);
}

}  // namespace gavah::extract
