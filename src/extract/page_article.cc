#include "extract/page_article.h"

#include <algorithm>

#include "extract/embedded_post.h"
#include "extract/furniture.h"
#include "extract/hollow.h"
#include "extract/json_record.h"
#include "extract/main_text.h"
#include "extract/page_date.h"
#include "extract/page_facts.h"
#include "extract/page_text.h"
#include "extract/text_post.h"

namespace gavah::extract {
namespace {

using html::Document;
using html::kNoNode;
using html::NodeIndex;
using html::NodeKind;
using html::Tag;

/// A main text shorter than this may have lost its best part to class words: the page is read again without them.
constexpr std::size_t kShortCharacters = 250;
/// The article body that JSON-LD states is taken when it is this long and the page shows less than this share of it.
constexpr std::size_t kStatedCharacters = 400;
constexpr std::size_t kShownPercent = 45;
constexpr std::size_t kLinks = 500;
constexpr std::size_t kPictures = 100;

/// A page in UTF-8, and the way back to its bytes.
struct PageBytes {
  std::string_view text;
  const OffsetMap& map;
};

class PageReader {
 public:
  PageReader(ReportSet& set, const PageBytes& bytes)
      : set_(set), bytes_(bytes), page_(html::parse(bytes.text)), table_(page_) {}

  void read() {
    Report& article = *set_.add(ReportKind::article);
    const Part& part = set_.input().part;
    const std::string_view url = part.url.empty() ? std::string_view(set_.input().capture.about.url) : part.url;
    facts_ = read_page_facts(page_, table_, url, set_.captured());
    fill_facts(article);
    cut_ = cut_blocks(page_, table_, facts_.is_discussion ? Trust::discussion : Trust::class_words);
    main_ = find_main_text(page_, table_, cut_, {article.title, article.author},
                           facts_.is_discussion ? Writers::many : Writers::one);
    if (main_.opening_post != kNoNode) take_opening_post(article);
    if (main_.size < kShortCharacters) look_again(article);
    if (!write_stated_body(article)) write_text(article);
    add_placeless_posts(article);
    find_links(article);
    find_pictures(article);
    judge(article);
  }

 private:
  void fill_facts(Report& article) const {
    article.title = facts_.title;
    article.author = facts_.author;
    article.url = facts_.url;
    article.published = facts_.published;
    if (set_.input().capture.about.source.empty()) article.source = host_of(facts_.url);
  }

  /// A discussion is its first writer's, and of the day of its first post, unless it states another.
  void take_opening_post(Report& article) const {
    constexpr std::size_t kNameCharacters = 40;
    for (NodeIndex i = main_.opening_post; i < page_[main_.opening_post].past && !facts_.is_author_stated; ++i) {
      if (page_[i].kind != NodeKind::element || (cut_.signs[i] & kWriterName) == 0) continue;
      std::string name = name_alone(page_.words(i));
      if (name.empty() || character_count(name) > kNameCharacters) continue;
      article.author = std::move(name);
      break;
    }
    if (facts_.is_published_stated) return;
    TimeInterval published = read_post_date(page_, table_, main_.opening_post, set_.captured());
    if (!published.is_unknown()) article.published = std::move(published);
  }

  void look_again(const Report& article) {
    PageBlocks again = cut_blocks(page_, table_, Trust::tags_only);
    MainText other = find_main_text(page_, table_, again, {article.title, article.author}, Writers::one);
    if (other.size > main_.size * 2 && other.size > kShortCharacters) {
      cut_ = std::move(again);
      main_ = std::move(other);
    }
  }

  /// The words that the page gives to machines only (JSON-LD), where it shows readers much less: scripts put them
  /// there.
  bool write_stated_body(Report& article) const {
    const std::size_t stated = character_count(facts_.article_body);
    if (stated < kStatedCharacters || main_.size * 100 > stated * kShownPercent) return false;
    for (NodeIndex i = page_.next_raw(0); i != kNoNode; i = page_.next_raw(i + 1)) {
      const Span source = page_[i].source;
      const auto record = JsonRecord::read(bytes_.text.substr(source.begin, source.size()), source.begin);
      if (!record) continue;
      const JsonRecord::Index body = record->find_anywhere("articleBody");
      if (body == JsonRecord::kNone || record->text(body).find("</") != std::string::npos) continue;
      MappedText words(bytes_.map);
      record->write(body, words);
      words.trim_end();
      words.give(article);
      return true;
    }
    return false;
  }

  void write_text(Report& article) {
    MappedText whole(bytes_.map);
    PageText writer(page_, whole);
    std::vector<Embed> embeds;
    auto next_embed = cut_.embeds.begin();
    const auto take_embeds = [&](NodeIndex until) {
      for (; next_embed != cut_.embeds.end() && *next_embed < until; ++next_embed) {
        if (!is_in_article(*next_embed)) continue;
        for (const Report* post : read_embedded_posts(page_, bytes_.text, *next_embed, bytes_.map, set_)) {
          writer.end_line();
          embeds.push_back({whole.size(), post->id.hex()});
        }
      }
    };
    for (const std::uint32_t index : main_.blocks) {
      const Block& block = cut_.blocks[index];
      take_embeds(block.first);
      const bool is_cell = block.tag == Tag::td || block.tag == Tag::th;
      if (!is_cell || !continues_row(block) || block.container == cell_)
        writer.end_line();
      else if (!whole.empty() && whole.text().back() != '\n')
        whole.insert(' ');
      writer.write(block.first, block.past, [&](NodeIndex i) { return (cut_.signs[i] & (kSkipped | kInEmbed)) == 0; });
      row_ = is_cell ? page_[block.container].parent : kNoNode;
      cell_ = block.container;
    }
    take_embeds(kNoNode);
    whole.trim_end();
    split_posts(whole, {}, std::move(embeds), bytes_.map, article, set_);
  }

  /// Posts that the page shows readers, or states for scripts only, beside a text that it states for machines: their
  /// place in that text is not known.
  void add_placeless_posts(Report& article) {
    if (set_.reports().size() > 1) return;
    std::vector<const Report*> posts;
    for (const NodeIndex embed : cut_.embeds) {
      if (!is_in_article(embed)) continue;
      for (const Report* post : read_embedded_posts(page_, bytes_.text, embed, bytes_.map, set_)) posts.push_back(post);
    }
    if (posts.empty()) posts = read_stated_posts(page_, bytes_.text, bytes_.map, set_);
    for (const Report* post : posts) article.relations.push_back({RelationKind::embeds, post->id.hex(), std::nullopt});
  }

  /// In the main text's element, but for comments and furniture; or right beside it.
  bool is_in_article(NodeIndex embed) const {
    constexpr std::uint16_t kOutside = kFurniture | kSkipped | kInComments;
    constexpr std::size_t kBesideCharacters = 300;
    const std::uint16_t signs = cut_.signs[page_[embed].parent];
    const NodeIndex past = page_[main_.container].past;
    const bool is_inside = embed >= main_.container && embed < past;
    if (is_inside && (signs & kOutside) != 0) return (signs & kInComments) == 0 && is_only_wrapped(embed);
    if (is_inside) return true;
    if ((signs & kOutside) != 0) return false;
    return embed < main_.container ? words_between(page_[embed].past, main_.container) <= kBesideCharacters
                                   : words_between(past, embed) <= kBesideCharacters;
  }

  /// True when the furniture around an embed holds nothing but the embed: "article-widget", <noscript>.
  bool is_only_wrapped(NodeIndex embed) const {
    constexpr std::size_t kLabelCharacters = 80;
    constexpr std::uint16_t kOutside = kFurniture | kSkipped;
    NodeIndex top = page_[embed].parent;
    for (NodeIndex up = page_[top].parent; up > main_.container && (cut_.signs[up] & kOutside) != 0;
         up = page_[up].parent)
      top = up;
    return words_between(top, embed) + words_between(page_[embed].past, page_[top].past) <= kLabelCharacters;
  }

  /// Characters of text between two nodes, counted to a little more than what any rule asks for.
  std::size_t words_between(NodeIndex begin, NodeIndex end) const {
    constexpr std::size_t kEnough = 1000;
    constexpr NodeIndex kNear = 4000;  // nodes: further apart is not beside
    std::size_t out = 0;
    if (end > begin + kNear) return kEnough;
    for (NodeIndex i = begin; i < end && out < kEnough; ++i) {
      if (page_[i].kind == NodeKind::text) out += character_count(trimmed(page_.text(i)));
    }
    return out;
  }

  bool continues_row(const Block& block) const { return row_ != kNoNode && page_[block.container].parent == row_; }

  void find_links(Report& article) const {
    const NodeIndex past = page_[main_.container].past;
    for (NodeIndex i = page_.next(Tag::a, main_.container, past); i != kNoNode && article.links.size() < kLinks;
         i = page_.next(Tag::a, i + 1, past)) {
      if ((cut_.signs[i] & (kSkipped | kFurniture | kInComments | kInEmbed)) != 0) continue;
      const std::string_view href = trimmed(page_.attribute(i, "href"));
      if (!href.starts_with("http") && !href.starts_with("//")) continue;
      if (std::find(article.links.begin(), article.links.end(), href) == article.links.end())
        article.links.emplace_back(href);
    }
  }

  void find_pictures(Report& article) const {
    for (NodeIndex i = main_.container; i < page_[main_.container].past && article.media.size() < kPictures; ++i) {
      if ((cut_.signs[i] & (kFurniture | kInComments | kInEmbed)) != 0) continue;
      if (page_.is_element(i, Tag::img)) article.media.push_back({std::nullopt, "image", caption_of(i)});
      if (page_.is_element(i, Tag::video)) article.media.push_back({std::nullopt, "video", caption_of(i)});
      if (page_.is_element(i, Tag::audio)) article.media.push_back({std::nullopt, "audio", caption_of(i)});
    }
  }

  /// The figcaption beside a picture, else its alt text.
  std::string caption_of(NodeIndex picture) const {
    constexpr int kUp = 5;
    NodeIndex figure = page_[picture].parent;
    for (int up = 0; up < kUp && figure != kNoNode && page_[figure].tag != Tag::figure; ++up)
      figure = page_[figure].parent;
    if (figure != kNoNode && page_[figure].tag == Tag::figure) {
      const NodeIndex caption = page_.first(Tag::figcaption, figure);
      if (caption != kNoNode) return page_.words(caption);
    }
    return std::string(trimmed(page_.attribute(picture, "alt")));
  }

  /// What else a page without words shows: up to so many bytes of it, scripts, frames.
  void look_around(HollowInput& input, std::string& shown) const {
    constexpr std::size_t kShownBytes = 4000;
    for (NodeIndex i = 0; i < page_.nodes().size(); ++i) {
      const html::Node& node = page_[i];
      input.has_scripts = input.has_scripts || node.tag == Tag::script;
      const bool is_private_frame = node.kind == NodeKind::element && node.tag == Tag::iframe &&
                                    host_of(page_.attribute(i, "src")).starts_with("10.");
      input.frames_private_address = input.frames_private_address || is_private_frame;
      const bool is_words = (node.kind == NodeKind::text && page_[node.parent].tag != Tag::title) ||
                            (node.kind == NodeKind::raw && page_[node.parent].tag == Tag::iframe);
      if (is_words && shown.size() < kShownBytes)
        shown += std::string(trimmed(page_.text(i)).substr(0, kShownBytes)) + "\n";
    }
    input.shown = shown;
  }

  void judge(Report& article) {
    const auto status = set_.input().part.hints.find("http_status");
    HollowInput input;
    input.title = article.title;
    input.text = article.text;
    if (status != set_.input().part.hints.end()) input.http_status = status->second;
    input.has_password_field = facts_.has_password_field;
    input.is_dated = !facts_.published.is_unknown();
    std::string shown;
    if (article.text.empty()) look_around(input, shown);
    article.hollow = hollow_reason(input);
    // Templates declare languages that their words are not in: letters decide, the declaration only where there are
    // none.
    if (article.text.empty() && article.title.empty()) article.lang = facts_.lang;
    // A page that only frames posts (a channel's web view) says nothing of its own.
    const bool is_wordless = article.hollow == "empty body" || article.hollow == "needs scripts";
    if (is_wordless && set_.reports().size() > 1) article.hollow = "no words of its own";
  }

  ReportSet& set_;
  const PageBytes& bytes_;
  Document page_;
  ClassTable table_;
  PageFacts facts_;
  PageBlocks cut_;
  MainText main_;
  NodeIndex row_ = kNoNode;   ///< of the cell that was written last
  NodeIndex cell_ = kNoNode;  ///< the block that was written last stands in it
};

}  // namespace

void read_page(ReportSet& set) {
  const auto other = to_other_utf8(set.input().bytes, set.input().part.charset);
  const OffsetMap as_it_stands = OffsetMap::identity();
  const PageBytes bytes = other ? PageBytes{other->text, other->map} : PageBytes{set.input().bytes, as_it_stands};
  PageReader(set, bytes).read();
}

}  // namespace gavah::extract
