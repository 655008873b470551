#include "html/nesting.h"

#include <algorithm>
#include <array>

#include "html/tag_scan.h"
#include "html/tags.h"

namespace gavah::html {
namespace {

constexpr auto kFormatting = std::to_array<std::string_view>(
    {"a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"});
/// Drawing elements that close themselves inside svg; anything else there is counted as an HTML element would be.
constexpr auto kDrawing = std::to_array<std::string_view>(
    {"path",    "circle",   "rect",        "line",           "g",        "use",     "polygon",        "polyline",
     "ellipse", "stop",     "image",       "animate",        "symbol",   "defs",    "lineargradient", "radialgradient",
     "mask",    "clippath", "filter",      "fegaussianblur", "feoffset", "femerge", "femergenode",    "fecolormatrix",
     "feblend", "feflood",  "fecomposite", "text",           "tspan",    "title",   "desc",           "metadata",
     "style"});

template <std::size_t N>
std::size_t index_in(const std::array<std::string_view, N>& names, std::string_view name) {
  return static_cast<std::size_t>(std::find(names.begin(), names.end(), name) - names.begin());
}

class NestingScan {
 public:
  explicit NestingScan(const NestingLimits& limits) : limits_(limits) {}

  /// False once a limit is passed.
  bool take(const ScannedTag& tag) {
    if (tag.name == "svg") in_drawing_ = !tag.is_end && !tag.is_closed;
    const bool is_drawing = in_drawing_ && index_in(kDrawing, tag.name) < kDrawing.size();
    if (in_drawing_ && !is_drawing && tag.name != "svg") in_drawing_ = false;
    if (tag.attributes.size() > limits_.attributes_per_tag && is_crowded(tag.attributes)) return false;
    if (!tag.is_end && (tag.name == "html" || tag.name == "body") && ++root_tags_ > limits_.root_tags) return false;
    const bool is_leaf = is_void(tag.name) || (is_drawing && tag.is_closed);
    if (is_leaf) return true;
    if (const std::size_t kind = index_in(kFormatting, tag.name); kind < kFormatting.size()) return format(kind, tag);
    if (!tag.is_end) reopened_ += formatting_;
    if (!has_optional_end(tag.name)) {
      if (!tag.is_end) {
        ++depth_;
      } else if (depth_ > 0) {
        --depth_;
      }
    }
    return depth_ <= limits_.depth && reopened_ <= limits_.reopened;
  }

 private:
  bool is_crowded(std::string_view attributes) const {
    std::size_t separators = 0;
    char quote = '\0';
    for (const char c : attributes) {
      if (quote != '\0') {
        if (c == quote) {
          quote = '\0';
          ++separators;
        }
      } else if (c == '"' || c == '\'') {
        quote = c;
      } else if (c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '/' || c == '\f') {
        ++separators;
      }
    }
    return separators > limits_.attributes_per_tag * 4;
  }

  bool format(std::size_t kind, const ScannedTag& tag) {
    std::size_t& open = open_[kind];
    if (!tag.is_end) {
      // A second <a> closes the first.
      if (kind != 0 || open == 0) {
        ++open;
        ++formatting_;
      }
    } else if (open > 0) {
      --open;
      --formatting_;
    }
    return formatting_ <= limits_.open_formatting;
  }

  const NestingLimits& limits_;
  std::size_t depth_ = 0;
  std::size_t formatting_ = 0;
  std::size_t reopened_ = 0;
  std::size_t root_tags_ = 0;
  std::array<std::size_t, kFormatting.size()> open_{};
  bool in_drawing_ = false;
};

}  // namespace

bool is_gentle(std::string_view page, const NestingLimits& limits) {
  if (page.size() > limits.page_bytes) return false;
  NestingScan nesting(limits);
  TagScan scan(page);
  while (const auto tag = scan.next()) {
    if (!nesting.take(*tag)) return false;
  }
  return true;
}

}  // namespace gavah::html
