#include "extract/plain_text.h"

#include <algorithm>

#include "extract/furniture.h"
#include "extract/hollow.h"
#include "extract/mapped_text.h"
#include "extract/text_post.h"
#include "extract/written_date.h"

namespace gavah::extract {
namespace {

/// Title, byline and date stand in the first lines.
constexpr std::size_t kHeadLines = 6;
constexpr std::size_t kDatelineBytes = 120;
/// Typewriter widths: lines that were broken at a column end between these.
constexpr std::size_t kWrapLow = 45;
constexpr std::size_t kWrapHigh = 100;

struct Line {
  Span span;  ///< in the text, trimmed
  bool starts_paragraph = false;
};

std::vector<Line> lines_of(std::string_view text) {
  // Lines end with \n or \r\n; a text without any \n may end them with \r.
  const char ending = text.find('\n') == std::string_view::npos ? '\r' : '\n';
  std::vector<Line> out;
  bool after_blank = true;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find(ending, begin), text.size());
    const std::string_view line = trimmed(text.substr(begin, end - begin));
    if (!line.empty()) {
      const auto at = static_cast<std::uint32_t>(line.data() - text.data());
      out.push_back({{at, at + static_cast<std::uint32_t>(line.size())}, after_blank});
    }
    after_blank = line.empty();
    begin = end + 1;
  }
  return out;
}

class PlainReader {
 public:
  PlainReader(ReportSet& set, const Transcoded& page) : set_(set), page_(page), lines_(lines_of(page.text)) {}

  void read() {
    Report& article = *set_.add(ReportKind::article);
    if (lines_.empty()) {
      article.hollow = "empty body";
      return;
    }
    drop_furniture();
    read_head(article);
    MappedText whole(page_.map);
    const std::vector<std::uint32_t> paragraphs = write_lines(whole);
    split_posts(whole, paragraphs, {}, page_.map, article, set_);
    article.links = links_in(article.text);
    article.hollow = hollow_reason({article.title, article.text, {}});
  }

 private:
  std::string_view text_of(const Line& line) const {
    return std::string_view(page_.text).substr(line.span.begin, line.span.size());
  }

  void drop_furniture() {
    bool carried = false;
    std::vector<Line> kept;
    for (Line line : lines_) {
      if (is_furniture(text_of(line))) {
        carried = carried || line.starts_paragraph;
        continue;
      }
      line.starts_paragraph = line.starts_paragraph || carried;
      carried = false;
      kept.push_back(line);
    }
    lines_ = std::move(kept);
  }

  /// Takes title, byline and date lines off the head.
  void read_head(Report& article) {
    const bool has_title = lines_.size() > 1 && is_title_like(text_of(lines_[0])) && !is_dateline(text_of(lines_[0])) &&
                           author_of_byline(text_of(lines_[0])).empty() && body_follows();
    if (has_title) {
      article.title = std::string(text_of(lines_[0]));
      lines_.erase(lines_.begin());
    }
    for (std::size_t i = 0; i < std::min(kHeadLines, lines_.size());) {
      const std::string_view line = text_of(lines_[i]);
      const std::string author = author_of_byline(line);
      const bool is_date = is_dateline(line);
      if (!author.empty() && article.author.empty()) article.author = author;
      if (is_date && article.published.is_unknown()) article.published = interval_of(*find_date(line), line);
      if (author.empty() && !is_date) {
        // A byline stands above the first paragraph, not inside the text.
        if (character_count(line) > 120) break;
        ++i;
        continue;
      }
      const bool carried = lines_[i].starts_paragraph;
      lines_.erase(lines_.begin() + static_cast<std::ptrdiff_t>(i));
      if (i < lines_.size()) lines_[i].starts_paragraph = lines_[i].starts_paragraph || carried;
    }
  }

  /// A line that says a date and hardly more ("Published: 3 May 2031", "Harbor Gazette, 3 May 2031").
  static bool is_dateline(std::string_view line) {
    if (line.size() > kDatelineBytes || line.find("(@") != std::string_view::npos) return false;
    const auto date = find_date(line);
    if (!date) return false;
    const std::size_t rest = character_count(line) - character_count(line.substr(date->span.begin, date->span.size()));
    const std::string_view after = trimmed(line.substr(date->span.end));
    return rest <= 40 && !line.ends_with('.') && character_count(after) <= 20;
  }

  /// True when the lines after the first are longer prose, so that the first is no line of a list or poem.
  bool body_follows() const {
    const std::size_t first = character_count(text_of(lines_[0]));
    for (std::size_t i = 1; i < std::min(kHeadLines, lines_.size()); ++i) {
      if (character_count(text_of(lines_[i])) > first || lines_[1].starts_paragraph) return true;
    }
    return false;
  }

  bool is_hard_wrapped() const {
    std::size_t inner = 0;
    std::size_t in_width = 0;
    bool has_paragraphs = false;
    for (std::size_t i = 0; i + 1 < lines_.size(); ++i) {
      if (lines_[i + 1].starts_paragraph) {
        has_paragraphs = true;
        continue;
      }
      ++inner;
      const std::size_t width = character_count(text_of(lines_[i]));
      if (width >= kWrapLow && width <= kWrapHigh) ++in_width;
    }
    return has_paragraphs && inner >= 4 && in_width * 10 >= inner * 8;
  }

  std::vector<std::uint32_t> write_lines(MappedText& whole) const {
    std::vector<std::uint32_t> paragraphs;
    const bool joins = is_hard_wrapped();
    for (std::size_t i = 0; i < lines_.size(); ++i) {
      const Line& line = lines_[i];
      if (i > 0) whole.insert(joins && !line.starts_paragraph ? ' ' : '\n');
      if (i > 0 && line.starts_paragraph) paragraphs.push_back(whole.size());
      whole.copy(text_of(line), line.span.begin);
    }
    return paragraphs;
  }

  ReportSet& set_;
  const Transcoded& page_;
  std::vector<Line> lines_;
};

}  // namespace

void read_plain_text(ReportSet& set) {
  const Transcoded page = to_utf8(set.input().bytes, set.input().part.charset);
  PlainReader(set, page).read();
}

}  // namespace gavah::extract
