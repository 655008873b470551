#include "extract/page_date.h"

#include <array>

#include "extract/class_words.h"
#include "extract/furniture.h"
#include "extract/written_date.h"

namespace gavah::extract {
namespace {

using html::kNoNode;
using html::NodeIndex;
using html::NodeKind;
using html::Tag;

constexpr auto kPublishedNames = std::to_array<std::string_view>({"article:published_time",
                                                                  "article:published",
                                                                  "og:published_time",
                                                                  "og:article:published_time",
                                                                  "bt:pubdate",
                                                                  "datepublished",
                                                                  "date_published",
                                                                  "article.published",
                                                                  "published_time",
                                                                  "published-date",
                                                                  "published_date",
                                                                  "publish-date",
                                                                  "publish_date",
                                                                  "publication_date",
                                                                  "publication-date",
                                                                  "publishdate",
                                                                  "publicationdate",
                                                                  "pubdate",
                                                                  "pub_date",
                                                                  "article_date_original",
                                                                  "article:published_date",
                                                                  "originalpublicationdate",
                                                                  "parsely-pub-date",
                                                                  "sailthru.date",
                                                                  "dc.date.issued",
                                                                  "dcterms.issued",
                                                                  "dcterms.created",
                                                                  "dcterms.date",
                                                                  "dc.date",
                                                                  "dc.date.created",
                                                                  "dc:created",
                                                                  "cxenseparse:recs:publishtime",
                                                                  "cxenseparse:publishtime",
                                                                  "citation_publication_date",
                                                                  "citation_date",
                                                                  "rnews:datepublished",
                                                                  "iso-8601-publish-date",
                                                                  "date",
                                                                  "date.created",
                                                                  "datecreated",
                                                                  "release_date",
                                                                  "creation_date",
                                                                  "created",
                                                                  "og:pubdate",
                                                                  "og:regdate",
                                                                  "timestamp",
                                                                  "vr:published_time",
                                                                  "ptime",
                                                                  "displaydate",
                                                                  "doc_date",
                                                                  "shareaholic:article_published_time",
                                                                  "time",
                                                                  "article.created",
                                                                  "gentime",
                                                                  "video:release_date"});
constexpr auto kModifiedNames = std::to_array<std::string_view>(
    {"article:modified_time", "og:updated_time", "datemodified", "article:modified", "date_modified",
     "dcterms.modified", "dc.modified", "dc.date.modified", "last-modified", "lastmod", "revised", "modified_time",
     "modified", "updated_time", "utime", "og:article:modified_time", "lastmodified",
     "shareaholic:article_modified_time"});
/// A line that carries a date and little else.
constexpr std::size_t kDateLineCharacters = 90;
constexpr std::size_t kHeadLines = 600;

Instant earliest() { return Instant::at_start_of(Day::from_civil(1995, 1, 1)); }

class DateReader {
 public:
  explicit DateReader(const PageDateInput& input) : in_(input) {
    limit_ = in_.latest ? Instant{in_.latest->seconds + 2 * 86400} : Instant::at_start_of(Day::from_civil(2100, 1, 1));
  }

  PageDates read() {
    PageDates out;
    take(out.modified, in_.json_ld.modified);
    for (const std::string_view name : kModifiedNames) take_meta(out.modified, name);
    take(out.published, in_.json_ld.published);
    for (const std::string_view name : kPublishedNames) take_meta(out.published, name);
    if (out.published.is_unknown()) scan(out);
    if (out.published.is_unknown()) out.published = from_address(in_.url);
    take(out.published, in_.json_ld.page_published);
    if (out.published.is_unknown()) out.published = from_lines();
    if (out.published.is_unknown()) out.published = from_sentences();
    if (out.published.is_unknown()) out.published = out.modified;
    return out;
  }

 private:
  bool is_plausible(const WrittenDate& date) const {
    const Instant instant = date.instant.value_or(Instant::at_start_of(date.day));
    return instant >= earliest() && instant <= limit_;
  }

  void take(TimeInterval& slot, std::string_view value) const {
    if (!slot.is_unknown() || value.empty()) return;
    const auto date = read_machine_date(value);
    if (date && is_plausible(*date)) slot = interval_of(*date, value);
  }
  void take_meta(TimeInterval& slot, std::string_view name) const {
    if (!slot.is_unknown()) return;
    const auto found = in_.meta.find(name);
    if (found != in_.meta.end()) take(slot, found->second);
  }

  /// itemprop, <time>, elements that class words call dates; the first of each kind.
  void scan(PageDates& out) const {
    TimeInterval marked;
    TimeInterval timed;
    TimeInterval classed;
    const auto& nodes = in_.page.nodes();
    for (NodeIndex i = 0; i < nodes.size() && marked.is_unknown(); ++i) {
      if (nodes[i].kind != NodeKind::element || nodes[i].tag == Tag::meta || nodes[i].tag == Tag::body ||
          nodes[i].tag == Tag::html)
        continue;
      const std::string_view prop = in_.page.attribute(i, "itemprop");
      if (prop == "datePublished" || prop == "dateCreated") take_element(marked, i);
      if (prop == "dateModified") take_element(out.modified, i);
      if (nodes[i].tag == Tag::time && prop != "dateModified") take_time(timed, i);
      if (nodes[i].tag == Tag::abbr) take(classed, in_.page.attribute(i, "title"));
      if (classed.is_unknown() && is_dated(i)) {
        take(classed, in_.page.attribute(i, "title"));
        take_line(classed, i);
      }
    }
    out.published = !marked.is_unknown() ? marked : !timed.is_unknown() ? timed : TimeInterval{};
    if (out.published.is_unknown()) out.published = from_address(in_.url);
    if (out.published.is_unknown()) out.published = classed;
  }

  bool is_dated(NodeIndex index) const {
    const std::string_view words = in_.page.attribute(index, "class");
    const std::string_view id = in_.page.attribute(index, "id");
    if (words.empty() && id.empty()) return false;
    const ClassSigns signs = class_signs(words);
    if (signs.is_comments) return false;
    return signs.is_date || (!id.empty() && class_signs(id).is_date);
  }

  void take_element(TimeInterval& slot, NodeIndex index) const {
    for (const std::string_view name :
         {std::string_view("content"), std::string_view("datetime"), std::string_view("title")}) {
      take(slot, in_.page.attribute(index, name));
    }
    if (slot.is_unknown()) take_line(slot, index);
  }

  void take_time(TimeInterval& slot, NodeIndex index) const {
    if (!slot.is_unknown()) return;
    if (class_signs(in_.page.attribute(index, "class")).is_comments) return;
    take(slot, in_.page.attribute(index, "datetime"));
    if (slot.is_unknown()) take_line(slot, index);
  }

  void take_line(TimeInterval& slot, NodeIndex index) const {
    constexpr std::size_t kNodes = 24;
    if (!slot.is_unknown() || in_.page[index].past - index > kNodes) return;
    const std::string words = in_.page.words(index);
    if (words.size() < 6 || character_count(words) > kDateLineCharacters * 2) return;
    const auto date = find_date(words);
    if (date && is_plausible(*date)) slot = interval_of(*date, words);
  }

  /// /2020/05/12/, /2020-05-12-, /20200512/.
  TimeInterval from_address(std::string_view url) const {
    const std::size_t path = url.find('/', url.find("//") == std::string_view::npos ? 0 : url.find("//") + 2);
    if (path == std::string_view::npos) return {};
    const std::string_view text = url.substr(path);
    const auto date = find_date(text);
    TimeInterval out;
    if (date && is_plausible(*date))
      out = interval_of(WrittenDate{date->day, std::nullopt, date->calendar, date->span}, text);
    return out;
  }

  /// The first short line with a date that is no part of a comment.
  TimeInterval from_lines() const {
    const auto& nodes = in_.page.nodes();
    const NodeIndex heading = in_.page.first(Tag::h1);
    std::size_t lines = 0;
    for (NodeIndex i = heading == kNoNode ? 0 : heading; i < nodes.size() && lines < kHeadLines; ++i) {
      if (nodes[i].kind != NodeKind::text) continue;
      const std::string_view text = trimmed(in_.page.text(i));
      if (text.size() < 8) continue;
      ++lines;
      if (character_count(text) > kDateLineCharacters) continue;
      const auto date = find_date(text);
      if (date && is_plausible(*date)) return interval_of(*date, text);
    }
    return {};
  }

  /// "This entry was published on Saturday, 3 May 2031 at noon and is filed under …".
  TimeInterval from_sentences() const {
    constexpr auto kVerbs =
        std::to_array<std::string_view>({"published", "posted", "updated", "written on", "veröffentlicht", "erstellt",
                                         "publié", "publicado", "geschrieben", "منتشر", "نشر", "تاریخ"});
    constexpr std::size_t kSentenceBytes = 400;
    const auto& nodes = in_.page.nodes();
    for (NodeIndex i = 0; i < nodes.size(); ++i) {
      if (nodes[i].kind != NodeKind::text || in_.page.text(i).size() > kSentenceBytes || in_.page.text(i).size() < 12)
        continue;
      const std::string fold = folded(in_.page.text(i));
      for (const std::string_view verb : kVerbs) {
        const std::size_t at = fold.find(verb);
        if (at == std::string::npos) continue;
        const auto date = find_date(std::string_view(fold).substr(at));
        if (date && is_plausible(*date)) return interval_of(*date, std::string_view(fold).substr(at));
      }
    }
    return {};
  }

  const PageDateInput& in_;
  Instant limit_;
};

}  // namespace

PageDates read_page_dates(const PageDateInput& input) { return DateReader(input).read(); }

}  // namespace gavah::extract
