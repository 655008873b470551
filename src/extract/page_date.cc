#include "extract/page_date.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <utility>

#include "extract/date_line.h"
#include "extract/furniture.h"
#include "extract/written_date.h"

namespace gavah::extract {
namespace {

using html::kNoNode;
using html::NodeIndex;
using html::NodeKind;
using html::Tag;

/// They say that the article was published then.
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
                                                                  "cxenseparse:recs:publishtime",
                                                                  "cxenseparse:publishtime",
                                                                  "citation_publication_date",
                                                                  "citation_date",
                                                                  "rnews:datepublished",
                                                                  "iso-8601-publish-date",
                                                                  "og:pubdate",
                                                                  "og:regdate",
                                                                  "vr:published_time",
                                                                  "shareaholic:article_published_time"});
/// They say "date" and not of what.
constexpr auto kDateNames = std::to_array<std::string_view>(
    {"dcterms.created", "dcterms.date", "dc.date", "dc.date.created", "dc:created", "date", "date.created",
     "datecreated", "release_date", "creation_date", "created", "timestamp", "ptime", "displaydate", "doc_date", "time",
     "article.created", "gentime", "video:release_date"});
constexpr auto kModifiedNames = std::to_array<std::string_view>(
    {"article:modified_time", "og:updated_time", "datemodified", "article:modified", "date_modified",
     "dcterms.modified", "dc.modified", "dc.date.modified", "last-modified", "lastmod", "revised", "modified_time",
     "modified", "updated_time", "utime", "og:article:modified_time", "lastmodified",
     "shareaholic:article_modified_time"});
/// A line that carries a date and little else.
constexpr std::size_t kDateLineCharacters = 90;
constexpr std::size_t kHeadLines = 600;
/// A date above the heading is at most so many nodes away.
constexpr NodeIndex kAboveNodes = 40;
/// So few lines below the heading say more than metadata that do not say what their date is of.
constexpr std::size_t kNearLines = 8;

/// An ASCII digit, or the first byte of an Arabic or Persian one.
bool may_be_digit(char c) { return (c >= '0' && c <= '9') || c == '\xD9' || c == '\xDB'; }

Instant earliest() { return Instant::at_start_of(Day::from_civil(1995, 1, 1)); }

class DateReader {
 public:
  explicit DateReader(const PageDateInput& input) : in_(input) {
    const std::string_view lang = in_.page.attribute(0, "lang");
    const bool is_english = lang.starts_with("en") || lang.starts_with("EN");
    const bool is_american = is_english && (lang.size() == 2 || folded(lang).ends_with("us"));
    // Who writes 05/03 for the third of May: the United States, and templates that do not say their language.
    machine_order_ = lang.empty() || is_american ? DayOrder::month_first : DayOrder::day_first;
    line_order_ = is_american ? DayOrder::month_first : DayOrder::day_first;
    limit_ = in_.latest ? Instant{in_.latest->seconds + 2 * 86400} : Instant::at_start_of(Day::from_civil(2100, 1, 1));
  }

  PageDates read() {
    PageDates out;
    take(out.modified, in_.json_ld.modified);
    for (const std::string_view name : kModifiedNames) take_meta(out.modified, name);
    bool is_of_utc = false;
    for (const std::string_view name : kPublishedNames) {
      if (!out.published.is_unknown()) break;
      take_meta(out.published, name);
      const auto found = in_.meta.find(name);
      is_of_utc = found != in_.meta.end() && is_utc(found->second);
    }
    if (out.published.is_unknown()) is_of_utc = is_utc(in_.json_ld.published);
    take(out.published, in_.json_ld.published);
    out.is_stated = !out.published.is_unknown();
    if (out.published.is_unknown()) {
      scan(out);
    } else if (is_of_utc) {
      write_locally(out.published);
    }
    if (out.published.is_unknown()) {
      const NodeIndex heading = in_.page.first(Tag::h1);
      if (heading != kNoNode) out.published = from_lines_after(heading, Years::four_digits, kNearLines);
    }
    for (const std::string_view name : kDateNames) take_meta(out.published, name);
    if (out.published.is_unknown()) out.published = from_address(in_.url);
    take(out.published, in_.json_ld.page_published);
    if (out.published.is_unknown()) out.published = from_lines(Years::four_digits);
    if (out.published.is_unknown()) out.published = from_sentences();
    if (out.published.is_unknown()) out.published = from_scripts();
    if (out.published.is_unknown()) out.published = out.modified;
    if (out.published.is_unknown()) out.published = from_lines(Years::two_digits);
    return out;
  }

  TimeInterval read_post(NodeIndex post) const {
    TimeInterval out;
    const NodeIndex past = in_.page[post].past;
    for (NodeIndex i = post; i < past && out.is_unknown(); ++i) {
      if (in_.page[i].kind != NodeKind::element) continue;
      if (itemprop(i) == "datePublished") take_element(out, i);
      if (in_.page[i].tag == Tag::time) take_time(out, i);
    }
    if (out.is_unknown()) out = from_lines_after(post, Years::four_digits, kHeadLines, past);
    if (out.is_unknown()) out = from_lines_after(post, Years::two_digits, kHeadLines, past);
    return out;
  }

 private:
  bool is_plausible(const WrittenDate& date) const {
    const Instant instant = date.instant.value_or(Instant::at_start_of(date.day));
    return instant >= earliest() && instant <= limit_;
  }

  void take(TimeInterval& slot, std::string_view value) const {
    if (!slot.is_unknown() || value.empty()) return;
    const auto date = read_machine_date(value, machine_order_);
    if (date && is_plausible(*date)) slot = interval_of(*date, value);
  }
  void take_meta(TimeInterval& slot, std::string_view name) const {
    if (!slot.is_unknown()) return;
    const auto found = in_.meta.find(name);
    if (found != in_.meta.end()) take(slot, found->second);
  }

  static bool is_utc(std::string_view phrase) {
    return phrase.ends_with('Z') || phrase.ends_with("+00:00") || phrase.ends_with("+0000");
  }

  /// The day of a moment that metadata state in UTC is the day that readers are shown, where some zone has that day
  /// at that moment: the phrase becomes the shown one.
  void write_locally(TimeInterval& published) const {
    if (!published.start) return;
    TimeInterval zoned;
    if (!is_utc(in_.json_ld.published)) take(zoned, in_.json_ld.published);
    const std::int64_t minute = published.start->seconds / 60;
    if (has_clock(zoned) && std::abs(zoned.start->seconds / 60 - minute) <= 1) {
      published.phrase = zoned.phrase;
      return;
    }
    // Without a zone the shown clock is read as UTC: it is the same moment when a zone lies between the two.
    constexpr std::int64_t kQuarterMinutes = 15;
    constexpr std::int64_t kWestMinutes = -12 * 60;
    constexpr std::int64_t kEastMinutes = 14 * 60;
    // Addresses are made of the editors' day.
    const TimeInterval addressed = from_address(in_.url);
    if (addressed.start && std::abs(addressed.start->day().number - published.start->day().number) == 1) {
      published.phrase = addressed.phrase;
      return;
    }
    const TimeInterval shown = shown_date();
    if (!has_clock(shown)) return;
    const std::int64_t shift = shown.start->seconds / 60 - minute;
    const bool is_zone = shift % kQuarterMinutes == 0 && shift >= kWestMinutes && shift <= kEastMinutes;
    if (is_zone && shown.start->day() != published.start->day()) published.phrase = shown.phrase;
  }
  static bool has_clock(const TimeInterval& time) { return time.start && time.precision == TimePrecision::clock; }

  /// The first date that readers are shown in an element for dates, else in a short line below the heading.
  TimeInterval shown_date() const {
    TimeInterval out;
    for (NodeIndex i = 0; i < in_.page.nodes().size() && out.is_unknown(); ++i) {
      if (!is_frame(i) && (in_.page.is_element(i, Tag::time) || is_dated(i))) take_line(out, i);
    }
    return out.is_unknown() ? from_lines(Years::four_digits) : out;
  }

  /// itemprop, <time>, elements that class words call dates; the first of each kind.
  void scan(PageDates& out) const {
    TimeInterval marked;
    TimeInterval timed;
    TimeInterval classed;
    NodeIndex classed_at = 0;
    const html::Document& page = in_.page;
    for (NodeIndex i = 0; i < page.nodes().size() && marked.is_unknown(); ++i) {
      if (!page.is_element(i) || page.is_element(i, Tag::meta) || is_frame(i)) continue;
      const std::string_view prop = itemprop(i);
      if (prop == "datePublished" || prop == "dateCreated") take_element(marked, i);
      if (prop == "dateModified") take_element(out.modified, i);
      if (page.is_element(i, Tag::time) && prop != "dateModified") take_time(timed, i);
      if (page.is_element(i, Tag::abbr)) take(classed, in_.page.attribute(i, "title"));
      if (classed.is_unknown() && is_dated(i)) {
        classed_at = i;
        take(classed, in_.page.attribute(i, "title"));
        take_line(classed, i);
      }
    }
    out.published = !marked.is_unknown() ? marked : !timed.is_unknown() ? timed : TimeInterval{};
    if (out.published.is_unknown()) out.published = from_address(in_.url);
    if (out.published.is_unknown() && !classed.is_unknown()) {
      // What stands nearer to the heading is the page's own; the rest are clocks above it and teasers below.
      const NodeIndex heading = in_.page.first(Tag::h1);
      if (heading != kNoNode && classed_at > heading)
        out.published = from_lines_after(heading, Years::four_digits, kNearLines, classed_at);
      if (out.published.is_unknown()) out.published = classed;
    }
  }

  /// What holds the whole page.
  bool is_frame(NodeIndex index) const {
    return in_.page.is_element(index, Tag::body) || in_.page.is_element(index, Tag::html);
  }

  std::string_view itemprop(NodeIndex index) const {
    return in_.table.has(index, ClassTable::kItemprop) ? in_.page.attribute(index, "itemprop") : std::string_view();
  }

  bool is_dated(NodeIndex index) const {
    const ClassSigns signs = in_.table.of_class(index);
    return !signs.is_comments() && (signs.is_date() || in_.table.of_id(index).is_date());
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
    if (in_.table.of_class(index).is_comments()) return;
    if (is_said_published(index)) take_line(slot, index);
    take(slot, in_.page.attribute(index, "datetime"));
    if (slot.is_unknown()) take_line(slot, index);
  }

  /// "Published on 29 June 2031" in an element whose attribute may have the date of the last change.
  bool is_said_published(NodeIndex index) const {
    constexpr std::size_t kNodes = 4;
    return in_.page[index].past - index <= kNodes && role_of_date(in_.page.words(index)) == DateRole::published;
  }

  void take_line(TimeInterval& slot, NodeIndex index) const {
    constexpr std::size_t kNodes = 24;
    if (!slot.is_unknown() || in_.page[index].past - index > kNodes) return;
    const std::string words = in_.page.words(index);
    if (words.size() < 6 || character_count(words) > kDateLineCharacters * 2) return;
    if (role_of_date(words) == DateRole::other) return;
    const auto date = find_date(words, line_order_);
    if (date && is_plausible(*date)) slot = interval_of(*date, words);
  }

  /// /2020/05/12/, /2020-05-12-, /20200512/.
  TimeInterval from_address(std::string_view url) const {
    const std::size_t path = url.find('/', url.find("//") == std::string_view::npos ? 0 : url.find("//") + 2);
    if (path == std::string_view::npos) return {};
    const std::string_view text = url.substr(path);
    const auto date = find_date(text, line_order_);
    TimeInterval out;
    if (date && is_plausible(*date))
      out = interval_of(WrittenDate{date->day, std::nullopt, date->calendar, date->span}, text);
    return out;
  }

  enum class Years { four_digits, two_digits };

  /// The first short line with a date that is no part of a comment: below the first heading, else of the whole page.
  TimeInterval from_lines(Years years) const {
    const NodeIndex heading = in_.page.first(Tag::h1);
    if (heading != kNoNode) {
      TimeInterval out = from_lines_after(heading, years);
      const NodeIndex farthest = heading < kAboveNodes ? 0 : heading - kAboveNodes;
      for (NodeIndex i = heading; i > farthest && out.is_unknown(); --i) {
        if (in_.page[i - 1].kind == NodeKind::text) out = from_lines_after(i - 1, years, 1, i);
      }
      if (!out.is_unknown()) return out;
    }
    return from_lines_after(0, years);
  }

  TimeInterval from_lines_after(NodeIndex first, Years years, std::size_t limit = kHeadLines,
                                NodeIndex past = kNoNode) const {
    const auto& nodes = in_.page.nodes();
    TimeInterval modified;
    DateRole label = DateRole::plain;  // of the line before, where it ends with a colon
    std::size_t lines = 0;
    for (NodeIndex i = first; i < std::min<std::size_t>(nodes.size(), past) && lines < limit; ++i) {
      if (!in_.page.is_text(i)) continue;
      const std::string_view text = trimmed(in_.page.text(i));
      if (text.size() < 4) continue;
      const DateRole before = std::exchange(label, DateRole::plain);
      const bool is_short = character_count(text) <= kDateLineCharacters;
      if (is_short && text.ends_with(':')) label = role_of_date(text);
      if (text.size() < 8) continue;
      ++lines;
      const auto date = is_short && years == Years::two_digits ? find_short_date(text)
                        : is_short                             ? find_date(text, line_order_)
                                                               : date_at_start(text, line_order_);
      if (!date || !is_plausible(*date)) continue;
      const DateRole own = is_short ? role_of_date(text) : DateRole::plain;
      const DateRole role = own == DateRole::plain ? before : own;
      if (role == DateRole::other) continue;
      if (role != DateRole::modified) return interval_of(*date, text);
      if (modified.is_unknown()) modified = interval_of(*date, text);
    }
    return modified;
  }

  /// "This entry was published on Saturday, 3 May 2031 at noon and is filed under …".
  TimeInterval from_sentences() const {
    constexpr std::size_t kSentenceBytes = 400;
    const auto& nodes = in_.page.nodes();
    for (NodeIndex i = 0; i < nodes.size(); ++i) {
      if (!in_.page.is_text(i) || in_.page.text(i).size() > kSentenceBytes || in_.page.text(i).size() < 12) continue;
      const std::string_view text = in_.page.text(i);
      if (std::none_of(text.begin(), text.end(), may_be_digit)) continue;
      const DateRole role = role_of_date(text);
      if (role != DateRole::published && role != DateRole::modified) continue;
      const auto date = find_date(text, line_order_);
      if (date && is_plausible(*date)) return interval_of(*date, text);
    }
    return {};
  }

  /// "datePublished": "2031-05-03T…" and its kind in the data of scripts, for pages that scripts write.
  TimeInterval from_scripts() const {
    constexpr auto kKeys = std::to_array<std::string_view>(
        {"datePublished", "publishedDate", "publishDate", "published_at", "publishedAt", "publicationDate",
         "publication_date", "published_date", "publish_date", "publishdate", "pubDate", "pub_date", "datePublication",
         "PublishingDate", "first_published", "firstPublished", "dateCreated", "createdAt", "created_at"});
    constexpr std::size_t kValueBytes = 48;
    for (const std::string_view key : kKeys) {
      for (NodeIndex i = in_.page.next_raw(0); i != kNoNode; i = in_.page.next_raw(i + 1)) {
        const std::string_view text = in_.page.text(i);
        // glibc's memmem reads scripts many times as fast as string_view::find.
        const void* met = memmem(text.data(), text.size(), key.data(), key.size());
        if (met == nullptr) continue;
        const auto at = static_cast<std::size_t>(static_cast<const char*>(met) - text.data());
        const std::string_view value = text.substr(at + key.size(), kValueBytes);
        const std::size_t begin = value.find_first_not_of("\\\"': =");
        if (begin == std::string_view::npos || begin == 0) continue;
        const auto date = date_at_start(value.substr(begin));
        if (date && is_plausible(*date)) return interval_of(*date, value.substr(begin));
      }
    }
    return {};
  }

  const PageDateInput& in_;
  Instant limit_;
  DayOrder machine_order_ = DayOrder::month_first;
  DayOrder line_order_ = DayOrder::day_first;
};

}  // namespace

PageDates read_page_dates(const PageDateInput& input) { return DateReader(input).read(); }

TimeInterval read_post_date(const html::Document& page, const ClassTable& table, NodeIndex post,
                            std::optional<Instant> latest) {
  const MetaTable meta;
  const JsonLd json_ld;
  return DateReader({page, table, meta, json_ld, {}, latest}).read_post(post);
}

}  // namespace gavah::extract
