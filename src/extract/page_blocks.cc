#include "extract/page_blocks.h"

#include <algorithm>
#include <array>
#include <bit>

#include "base/byte_search.h"
#include "extract/embedded_post.h"
#include "extract/furniture.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace gavah::extract {
namespace {

using html::Document;
using html::kNoNode;
using html::Node;
using html::NodeIndex;
using html::NodeKind;
using html::Tag;

/// An element with more than this share of the page's words is its frame, whatever its class says.
constexpr std::size_t kFramePercent = 50;
/// So is one with this share that holds an <article>.
constexpr std::size_t kArticleFramePercent = 15;
constexpr std::size_t kSmallPrintCharacters = 160;
constexpr std::uint32_t kNameCharacters = 40;

bool is_never_words(Tag tag) {
  switch (tag) {
    case Tag::script:
    case Tag::style:
    case Tag::template_:
    case Tag::head:
    case Tag::iframe:
    case Tag::object:
    case Tag::button:
    case Tag::select:
    case Tag::option:
    case Tag::textarea:
    case Tag::svg:
    case Tag::canvas:
    case Tag::video:
    case Tag::audio:
    case Tag::dialog:
    case Tag::legend:
      return true;
    default:
      return false;
  }
}

bool is_frame_tag(Tag tag) {
  return tag == Tag::nav || tag == Tag::footer || tag == Tag::aside || tag == Tag::form || tag == Tag::fieldset ||
         tag == Tag::label;
}

bool is_letter_byte(char c) { return static_cast<unsigned char>(c) > ' '; }
std::uint32_t size_of(std::string_view text) { return static_cast<std::uint32_t>(count_visible_characters(text)); }

/// ، ؟ ۔ 。 ， ！ ？ ।
bool is_foreign_stop(std::string_view text) {
  if (text[0] == '\xD8') return text.starts_with("،") || text.starts_with("؟");
  if (text[0] == '\xE3') return text.starts_with("。");
  if (text[0] == '\xEF') return text.starts_with("，") || text.starts_with("！") || text.starts_with("？");
  return (text[0] == '\xDB' && text.starts_with("۔")) || (text[0] == '\xE0' && text.starts_with("।"));
}

enum class StopByte : std::uint8_t { none, ascii, foreign };
constexpr std::array<StopByte, 256> kStopBytes = [] {
  std::array<StopByte, 256> out{};
  for (const char c : std::string_view(".,!?")) out[static_cast<unsigned char>(c)] = StopByte::ascii;
  for (const char c : std::string_view("\xD8\xDB\xE0\xE3\xEF")) out[static_cast<unsigned char>(c)] = StopByte::foreign;
  return out;
}();

#ifdef __SSE2__
/// Where among the sixteen bytes at `at`, which the byte behind them follows, stops of ASCII end a word; and whether
/// some of the sixteen are not ASCII.
struct StopLanes {
  unsigned stops = 0;
  bool has_foreign = false;
};
StopLanes stop_lanes(const char* at) {
  const __m128i space = _mm_set1_epi8(' ');
  const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(at));
  const __m128i next = _mm_loadu_si128(reinterpret_cast<const __m128i*>(at + 1));
  const auto is = [&](char c) { return _mm_cmpeq_epi8(bytes, _mm_set1_epi8(c)); };
  const __m128i stops = _mm_or_si128(_mm_or_si128(is('.'), is(',')), _mm_or_si128(is('!'), is('?')));
  const __m128i ends = _mm_and_si128(stops, _mm_cmpeq_epi8(_mm_min_epu8(next, space), next));
  return {static_cast<unsigned>(_mm_movemask_epi8(ends)), _mm_movemask_epi8(bytes) != 0};
}
#endif

/// Sentence ends and commas.
std::uint32_t count_stops(std::string_view text) {
  std::uint32_t out = 0;
  std::size_t i = 0;
  const auto count_to = [&](std::size_t past) {
    for (; i < past; ++i) {
      const StopByte kind = kStopBytes[static_cast<unsigned char>(text[i])];
      if (kind == StopByte::none) continue;
      const bool ends_word = i + 1 == text.size() || !is_letter_byte(text[i + 1]);
      out += kind == StopByte::ascii ? (ends_word ? 1U : 0U) : (is_foreign_stop(text.substr(i)) ? 1U : 0U);
    }
  };
#ifdef __SSE2__
  constexpr std::size_t kLanes = 16;
  while (i + kLanes < text.size()) {
    const StopLanes lanes = stop_lanes(text.data() + i);
    if (lanes.has_foreign) {
      count_to(i + kLanes);
      continue;
    }
    out += static_cast<std::uint32_t>(std::popcount(lanes.stops));
    i += kLanes;
  }
#endif
  count_to(text.size());
  return out;
}

class Cutter {
 public:
  Cutter(const Document& page, const ClassTable& table, Trust trust) : page_(page), table_(table), trust_(trust) {}

  PageBlocks cut() {
    weigh_unscripted();
    count_words();
    sign_nodes();
    cut_nodes();
    return std::move(out_);
  }

 private:
  /// <noscript> repeats what scripts do, unless it holds most of the page's words.
  void weigh_unscripted() {
    takes_unscripted_ = trust_ == Trust::tags_only;
    if (takes_unscripted_ || page_.first(Tag::noscript) == kNoNode) return;
    const auto& nodes = page_.nodes();
    std::size_t scripted = 0;
    std::size_t unscripted = 0;
    NodeIndex past = 0;
    for (NodeIndex i = 0; i < nodes.size(); ++i) {
      if (nodes[i].tag == Tag::noscript) past = std::max(past, nodes[i].past);
      if (nodes[i].kind == NodeKind::text) (i < past ? unscripted : scripted) += page_.text(i).size();
    }
    takes_unscripted_ = unscripted > scripted;
  }
  bool is_wordless(Tag tag) const { return is_never_words(tag) || (tag == Tag::noscript && !takes_unscripted_); }

  void count_words() {
    const auto& nodes = page_.nodes();
    words_.resize(nodes.size() + 1, 0);
    articles_.resize(nodes.size() + 1, 0);
    all_words_.resize(nodes.size() + 1, 0);
    std::vector<char> in_link_or_script(nodes.size(), 0);
    for (NodeIndex i = 0; i < nodes.size(); ++i) {
      const Node& node = nodes[i];
      const bool inherited = node.parent != kNoNode && in_link_or_script[node.parent] != 0;
      in_link_or_script[i] = inherited || node.tag == Tag::a || is_wordless(node.tag) ? 1 : 0;
      const bool is_words = node.kind == NodeKind::text && !inherited;
      articles_[i + 1] = articles_[i] + (node.tag == Tag::article ? 1U : 0U);
      const std::uint32_t size = node.kind == NodeKind::text ? size_of(page_.text(i)) : 0;
      words_[i + 1] = words_[i] + (is_words ? size : 0);
      all_words_[i + 1] = all_words_[i] + size;
    }
  }

  std::size_t words_in(NodeIndex index) const { return words_[page_[index].past] - words_[index]; }
  bool is_frame(NodeIndex index) const {
    const std::size_t share = words_in(index) * 100;
    if (share > words_.back() * kFramePercent) return true;
    return share > words_.back() * kArticleFramePercent && articles_[page_[index].past] > articles_[index];
  }

  void sign_nodes() {
    const auto& nodes = page_.nodes();
    out_.signs.resize(nodes.size(), 0);
    for (NodeIndex i = 0; i < nodes.size(); ++i) {
      const Node& node = nodes[i];
      std::uint16_t signs = node.parent == kNoNode ? std::uint16_t{0} : out_.signs[node.parent];
      if (node.kind == NodeKind::element) {
        const std::uint16_t own = own_signs(i, signs);
        // The name of a post's writer stands in the panel about them.
        if ((own & kWriterName) != 0) signs = static_cast<std::uint16_t>(signs & ~kInPanel);
        signs = static_cast<std::uint16_t>(signs | own);
      } else if (trust_ == Trust::discussion && (signs & kInSmallPrint) != 0 && is_post_furniture(page_.text(i))) {
        signs |= kInPanel;
      }
      out_.signs[i] = signs;
    }
  }

  std::uint16_t own_signs(NodeIndex index, std::uint16_t inherited) {
    const Tag tag = page_[index].tag;
    if (is_wordless(tag)) {
      if ((inherited & kInEmbed) == 0 && is_embed_root(page_, table_, index)) out_.embeds.push_back(index);
      return kSkipped;
    }
    std::uint16_t out = tag_signs(tag);
    const bool holds_posts = trust_ == Trust::discussion && tag == Tag::form;
    if (is_frame_tag(tag) && !holds_posts && !is_frame(index)) out |= kSkipped;
    const bool is_site_header = tag == Tag::header && (inherited & (kInArticle | kInMain)) == 0 && !is_frame(index);
    if (is_site_header && !is_article_header(index)) out |= kSkipped;
    if (tag == Tag::html || tag == Tag::body) return out;
    if ((inherited & kInEmbed) == 0 && is_embed_root(page_, table_, index)) {
      out_.embeds.push_back(index);
      return static_cast<std::uint16_t>(out | kInEmbed);
    }
    return static_cast<std::uint16_t>(out | attribute_signs(index));
  }

  /// The heading of the article and its lead, outside of <article>; a header with navigation is the site's.
  bool is_article_header(NodeIndex index) const {
    return page_.first(Tag::h1, index) != kNoNode && page_.first(Tag::nav, index) == kNoNode &&
           page_.first(Tag::ul, index) == kNoNode;
  }

  static std::uint16_t tag_signs(Tag tag) {
    switch (tag) {
      case Tag::a:
        return kInLink;
      case Tag::article:
        return kInArticle;
      case Tag::main:
        return kInMain;
      case Tag::aside:
        return kInAside;
      case Tag::header:
        return kInHeader;
      case Tag::figcaption:
      case Tag::figure:
        return kInFigure;
      case Tag::time:
        return kInSmallPrint;
      default:
        return 0;
    }
  }

  std::uint16_t attribute_signs(NodeIndex index) {
    std::uint16_t out = 0;
    if (!table_.says_anything(index)) return out;
    for (const auto& attribute : page_.attributes(index)) {
      if (attribute.name == "class") {
        out |= word_signs(index, table_.of_class(index));
      } else if (attribute.name == "id") {
        out |= word_signs(index, table_.of_id(index));
      } else if (attribute.name == "role") {
        if (attribute.value == "main") out |= kInMain;
        const bool is_frame_role = attribute.value == "navigation" || attribute.value == "complementary" ||
                                   attribute.value == "contentinfo" || attribute.value == "search" ||
                                   attribute.value == "dialog" || attribute.value == "banner";
        if (is_frame_role && !is_frame(index)) out |= kSkipped;
      } else if (attribute.name == "itemprop" && attribute.value == "articleBody") {
        out_.bodies.push_back(index);
      } else if (attribute.name == "hidden" || (attribute.name == "aria-hidden" && attribute.value == "true") ||
                 (attribute.name == "style" && hides(attribute.value))) {
        if (!is_frame(index)) out |= kSkipped;
      }
    }
    return out;
  }

  static bool hides(std::string_view style) {
    return states(style, "display", "none") || states(style, "visibility", "hidden");
  }
  static bool states(std::string_view style, std::string_view property, std::string_view wanted) {
    const std::size_t at = style.find(property);
    if (at == std::string_view::npos) return false;
    const std::size_t value = style.find_first_not_of(" :", at + property.size());
    return value != std::string_view::npos && style.substr(value).starts_with(wanted);
  }

  std::uint16_t word_signs(NodeIndex index, ClassSigns signs) {
    if (signs.is_none()) return 0;
    if (signs.is_body() && (out_.bodies.empty() || out_.bodies.back() != index)) out_.bodies.push_back(index);
    if (trust_ == Trust::tags_only) return 0;
    std::uint16_t out = 0;
    // What asks for consent may hold more words than the article.
    const bool is_consent = signs.is_consent() && page_.first(Tag::h1, index) == kNoNode &&
                            articles_[page_[index].past] == articles_[index];
    if (signs.is_furniture() && !signs.is_body() && (is_consent || !is_frame(index))) out |= kFurniture;
    if (trust_ == Trust::discussion) {
      const std::uint32_t size = all_words_[page_[index].past] - all_words_[index];
      const bool is_name = (signs.is_writer() || signs.is_author()) && size > 0 && size <= kNameCharacters;
      if (is_name) {
        out |= kWriterName;
      } else if (signs.is_panel() && !is_frame(index)) {
        out |= kInPanel;
      }
    } else if (signs.is_comments() && !signs.is_body() && words_in(index) * 100 <= words_.back() * 80) {
      out |= kInComments;
    }
    if (signs.is_hidden() && !is_frame(index)) out |= kSkipped;
    const bool is_small = (signs.is_author() || signs.is_date()) && words_in(index) <= kSmallPrintCharacters;
    if (is_small) out |= kInSmallPrint;
    return out;
  }

  void cut_nodes() {
    const auto& nodes = page_.nodes();
    out_.first_block.resize(nodes.size() + 1, 0);
    std::vector<NodeIndex> ends;  // where open block elements end
    for (NodeIndex i = 0; i < nodes.size(); ++i) {
      while (!ends.empty() && ends.back() <= i) {
        ends.pop_back();
        close();
      }
      const Node& node = nodes[i];
      if (node.kind == NodeKind::element) {
        const bool is_break = node.tag == Tag::br && next_is_break(i);
        if (is_break) close();
        if (html::is_block(node.tag)) {
          close();
          ends.push_back(node.past);
        }
      }
      out_.first_block[i] = static_cast<std::uint32_t>(out_.blocks.size() + (is_open_ ? 1 : 0));
      if (node.kind == NodeKind::text && (out_.signs[i] & (kSkipped | kInEmbed | kInPanel)) == 0) take(i);
    }
    close();
    out_.first_block[nodes.size()] = static_cast<std::uint32_t>(out_.blocks.size());
  }

  /// Two line breaks with nothing between them end a paragraph.
  bool next_is_break(NodeIndex index) const {
    for (NodeIndex i = page_[index].next_sibling; i != kNoNode; i = page_[i].next_sibling) {
      if (page_[i].kind == NodeKind::text && size_of(page_.text(i)) == 0) continue;
      return page_[i].tag == Tag::br && page_[i].kind == NodeKind::element;
    }
    return false;
  }

  void take(NodeIndex index) {
    const std::uint32_t size = all_words_[index + 1] - all_words_[index];
    if (size == 0) return;
    if (!is_open_) start(index);
    current_.past = index + 1;
    current_.size += size;
    current_.stops += count_stops(page_.text(index));
    if ((out_.signs[index] & kInLink) != 0) current_.linked += size;
    const auto shared = static_cast<std::uint16_t>(out_.signs[index] | kInLink);
    current_.signs = static_cast<std::uint16_t>(current_.signs & shared);
  }

  void start(NodeIndex index) {
    is_open_ = true;
    current_ = {};
    current_.first = index;
    current_.signs = 0xFFFF & ~kInLink;
    NodeIndex element = page_[index].parent;
    while (element != kNoNode && !html::is_block(page_[element].tag)) element = page_[element].parent;
    current_.container = element == kNoNode ? 0 : element;
    current_.tag = page_[current_.container].tag;
  }

  void close() {
    if (!is_open_) return;
    is_open_ = false;
    out_.blocks.push_back(current_);
  }

  const Document& page_;
  const ClassTable& table_;
  Trust trust_;
  PageBlocks out_;
  std::vector<std::uint32_t> articles_;   ///< <article> elements before each node
  std::vector<std::uint32_t> words_;      ///< characters outside of links before each node
  std::vector<std::uint32_t> all_words_;  ///< characters before each node
  bool takes_unscripted_ = false;
  bool is_open_ = false;
  Block current_;
};

}  // namespace

PageBlocks cut_blocks(const Document& page, const ClassTable& table, Trust trust) {
  return Cutter(page, table, trust).cut();
}

}  // namespace gavah::extract
