#include "extract/main_text.h"

#include <algorithm>
#include <array>
#include <unordered_set>

#include "base/utf8.h"
#include "extract/furniture.h"
#include "extract/page_thread.h"
#include "extract/written_date.h"

namespace gavah::extract {
namespace {

using html::Document;
using html::kNoNode;
using html::NodeIndex;
using html::Tag;

/// Running text: long enough for a sentence, and hardly linked.
constexpr std::uint32_t kProseCharacters = 60;
constexpr std::uint32_t kShortProseCharacters = 25;
constexpr std::uint32_t kLinkedPercent = 40;
/// A candidate must hold this share of the page's running text, and this many characters.
constexpr std::size_t kCandidatePercent = 35;
constexpr std::size_t kCandidateCharacters = 140;
/// Going down to a child may lose this share of it.
constexpr std::size_t kDescentPercent = 92;

constexpr std::uint32_t kLeadCharacters = 55;
/// So much of the text stands above a heading of comments.
constexpr std::size_t kBeforeCommentsCharacters = 400;
/// A paragraph of a discussion that is this long and stands in it twice is quoted, not said again.
constexpr std::uint32_t kQuotedCharacters = 40;

bool is_heading(Tag tag) { return tag >= Tag::h1 && tag <= Tag::h6; }

/// "Comments", "12 comments", "3 thoughts on “…”", "Leave a reply", «دیدگاه‌ها»: below it readers
/// write.
bool heads_comments(std::string_view heading) {
  constexpr std::size_t kHeadingBytes = 200;
  constexpr auto kBeginnings = std::to_array<std::string_view>({"comments",
                                                                "comment on",
                                                                "thoughts on",
                                                                "thought on",
                                                                "responses to",
                                                                "response to",
                                                                "replies to",
                                                                "leave a reply",
                                                                "leave a comment",
                                                                "post a comment",
                                                                "add a comment",
                                                                "write a comment",
                                                                "join the conversation",
                                                                "join the discussion",
                                                                "what do you think",
                                                                "kommentare",
                                                                "kommentar schreiben",
                                                                "kommentar verfassen",
                                                                "schreibe einen kommentar",
                                                                "schreiben sie einen kommentar",
                                                                "commentaires",
                                                                "laisser un commentaire",
                                                                "comentarios",
                                                                "deja un comentario",
                                                                "deja una respuesta",
                                                                "comentários",
                                                                "deixe um comentário",
                                                                "commenti",
                                                                "lascia un commento",
                                                                "reacties",
                                                                "geef een reactie",
                                                                "نظرات",
                                                                "نظر شما",
                                                                "نظر دهید",
                                                                "ارسال نظر",
                                                                "دیدگاهها",
                                                                "دیدگاه خود",
                                                                "دیدگاه شما",
                                                                "ثبت دیدگاه",
                                                                "دیدگاهتان را",
                                                                "التعلیقات",
                                                                "تعلیقات",
                                                                "اترک تعلیق",
                                                                "أضف تعلیق",
                                                                "شارک برأیک"});
  constexpr auto kWhole =
      std::to_array<std::string_view>({"comment", "responses", "replies", "discussion", "kommentar", "دیدگاه", "نظر"});
  if (heading.size() > kHeadingBytes) return false;
  std::string fold = folded(trimmed(heading));
  const std::size_t begin = fold.find_first_not_of("0123456789() ");
  if (begin == std::string::npos) return false;
  fold.erase(0, begin);
  const bool is_begun = std::any_of(kBeginnings.begin(), kBeginnings.end(),
                                    [&](std::string_view beginning) { return fold.starts_with(beginning); });
  fold.resize(fold.find_last_not_of("0123456789(): ") + 1);
  return is_begun || std::find(kWhole.begin(), kWhole.end(), fold) != kWhole.end();
}

class Finder {
 public:
  Finder(const Document& page, const ClassTable& table, const PageBlocks& cut, const PageNames& names, Writers writers)
      : page_(page), table_(table), cut_(cut), title_(folded(names.title)), author_(names.author), writers_(writers) {}

  MainText find() {
    weigh();
    MainText out;
    if (writers_ == Writers::many) {
      const std::vector<NodeIndex> posts = find_posts(page_, cut_);
      if (!posts.empty()) {
        keep_thread(posts, out);
        return out;
      }
    }
    out.container = container();
    keep(out);
    return out;
  }

 private:
  bool is_dropped(const Block& block) const {
    return (block.signs & (kSkipped | kFurniture | kInComments | kInFigure | kInSmallPrint)) != 0;
  }
  bool is_linked(const Block& block) const { return block.linked * 100 > block.size * kLinkedPercent; }

  std::size_t weight(const Block& block) const {
    if (is_dropped(block) || is_linked(block)) return 0;
    if (block.size >= kProseCharacters && block.stops > 0) return block.size;
    if (block.size >= kShortProseCharacters && block.stops > 0) return block.size / 2;
    return block.tag == Tag::p ? block.size / 4 : 0;
  }

  void weigh() {
    weights_.resize(cut_.blocks.size() + 1, 0);
    for (std::size_t i = 0; i < cut_.blocks.size(); ++i) weights_[i + 1] = weights_[i] + weight(cut_.blocks[i]);
  }

  std::size_t weight_of(NodeIndex index) const {
    return weights_[cut_.first_block[page_[index].past]] - weights_[cut_.first_block[index]];
  }
  bool is_enough(std::size_t weight) const {
    return weight >= kCandidateCharacters && weight * 100 >= weights_.back() * kCandidatePercent;
  }

  NodeIndex container() const {
    if (const NodeIndex body = best_body(); body != kNoNode) return body;
    const NodeIndex article = writers_ == Writers::one ? best_of(Tag::article) : kNoNode;
    if (article != kNoNode) return descend(article);
    if (const NodeIndex main = best_of(Tag::main); main != kNoNode) return descend(main);
    const NodeIndex body = page_.first(Tag::body);
    return descend(body == kNoNode ? 0 : body);
  }

  /// The element that says it holds the article; where several do (one a page of the article), what holds them all.
  NodeIndex best_body() const {
    constexpr std::size_t kMarkedTrust = 3;
    const auto trust_of = [&](NodeIndex index) {
      return page_.attribute(index, "itemprop") == "articleBody" ? kMarkedTrust : std::size_t{1};
    };
    NodeIndex best = kNoNode;
    for (const NodeIndex index : cut_.bodies) {
      if ((cut_.signs[index] & (kSkipped | kInComments)) != 0) continue;
      if (best == kNoNode || weight_of(index) * trust_of(index) > weight_of(best) * trust_of(best)) best = index;
    }
    if (best == kNoNode) return kNoNode;
    std::size_t total = 0;
    NodeIndex past = 0;
    for (const NodeIndex index : cut_.bodies) {
      if ((cut_.signs[index] & (kSkipped | kInComments)) != 0 || index < past || trust_of(index) < trust_of(best))
        continue;
      total += weight_of(index);
      past = page_[index].past;
    }
    if (total * 10 > weight_of(best) * 12) {
      NodeIndex common = best;
      while (page_[common].parent != kNoNode && weight_of(common) * 10 < total * 9) common = page_[common].parent;
      if (writers_ == Writers::many || weight_of(common) * 10 <= total * 12) best = common;
    }
    return is_enough(weight_of(best) * trust_of(best)) ? best : kNoNode;
  }

  bool has_role_main(NodeIndex index) const {
    return table_.has(index, ClassTable::kRole) && page_.attribute(index, "role") == "main";
  }

  NodeIndex best_of(Tag tag) const {
    NodeIndex best = kNoNode;
    for (NodeIndex i = 0; i < page_.nodes().size(); ++i) {
      const bool is_it = page_.is_element(i, tag) || (tag == Tag::main && has_role_main(i));
      if (is_it && (best == kNoNode || weight_of(i) > weight_of(best))) best = i;
    }
    return best != kNoNode && is_enough(weight_of(best)) ? best : kNoNode;
  }

  NodeIndex descend(NodeIndex index) const {
    const std::size_t all = weight_of(index);
    for (;;) {
      NodeIndex heaviest = kNoNode;
      for (NodeIndex child = page_[index].first_child; child != kNoNode; child = page_[child].next_sibling) {
        if (page_[child].kind != html::NodeKind::element) continue;
        if (heaviest == kNoNode || weight_of(child) > weight_of(heaviest)) heaviest = child;
      }
      if (heaviest == kNoNode || weight_of(heaviest) * 100 < all * kDescentPercent || weight_of(heaviest) == 0)
        return index;
      // A single paragraph is no frame: what stands beside it belongs to it.
      const Tag tag = page_[heaviest].tag;
      if (tag == Tag::p || tag == Tag::ul || tag == Tag::ol || tag == Tag::blockquote || tag == Tag::span ||
          tag == Tag::b)
        return index;
      index = heaviest;
    }
  }

  bool is_kept(const Block& block) const {
    if (is_dropped(block)) return false;
    const bool is_item = block.tag == Tag::li || block.tag == Tag::td || block.tag == Tag::dd;
    if (block.linked == block.size && (is_item || block.size < 200)) {
      // A linked heading or sentence of the article stays; a list of links goes.
      return !is_item && block.stops > 0 && block.size > kProseCharacters;
    }
    return block.linked * 100 <= block.size * 70 || block.size > 300;
  }

  void keep(MainText& out) const {
    const std::uint32_t begin = cut_.first_block[out.container];
    const std::uint32_t end = cut_.first_block[page_[out.container].past];
    keep_lead(begin, out);
    const std::uint32_t prose = first_prose(begin, end);
    const std::uint32_t headline = first_headline(begin, prose);
    // Where class words do not say which words are comments, their heading does.
    const bool names_comments = std::any_of(cut_.blocks.begin(), cut_.blocks.end(),
                                            [](const Block& block) { return (block.signs & kInComments) != 0; });
    std::size_t size = 0;
    for (std::uint32_t i = begin; i < end; ++i) {
      const Block& block = cut_.blocks[i];
      if (!names_comments && size >= kBeforeCommentsCharacters && is_heading(block.tag) &&
          heads_comments(words_of(block)))
        break;
      if (!is_kept(block)) continue;
      size += block.size;
      const bool is_short = block.size <= 200;
      if (is_short && is_noise(block)) continue;
      if (i < prose && block.size <= kProseCharacters && (i < headline || repeats_title(block) || is_dated(block)))
        continue;
      out.blocks.push_back(i);
    }
    drop_empty_headings(out);
    for (const std::uint32_t i : out.blocks) out.size += cut_.blocks[i].size;
  }

  std::uint32_t first_prose(std::uint32_t begin, std::uint32_t end) const {
    while (begin < end && (cut_.blocks[begin].size < kProseCharacters || cut_.blocks[begin].stops == 0)) ++begin;
    return begin;
  }
  /// The headline before the first paragraph, else `begin`: what stands above it heads it.
  std::uint32_t first_headline(std::uint32_t begin, std::uint32_t prose) const {
    for (std::uint32_t i = begin; i < prose; ++i) {
      if (is_headline(cut_.blocks[i])) return i;
    }
    return begin;
  }
  bool repeats_title(const Block& block) const { return folded(trimmed(words_of(block))) == title_; }
  bool is_dated(const Block& block) const { return find_date(words_of(block)).has_value(); }

  /// The posts with their writers' names and dates, and what stands above them under the page's heading: the question.
  void keep_thread(const std::vector<NodeIndex>& posts, MainText& out) const {
    const NodeIndex frame = page_[posts.front()].parent;
    out.container = frame;
    keep_opening(posts.front(), out);
    if (out.blocks.empty()) out.opening_post = posts.front();
    for (const NodeIndex post : posts) keep_post(post, out);
    for (const std::uint32_t i : out.blocks) out.size += cut_.blocks[i].size;
    drop_repeated(out);
  }

  /// What posts quote of the posts above them is said once.
  void drop_repeated(MainText& out) const {
    std::unordered_set<std::uint64_t> said;
    std::erase_if(out.blocks, [&](std::uint32_t i) {
      return cut_.blocks[i].size >= kQuotedCharacters && !said.insert(hash_of(cut_.blocks[i])).second;
    });
  }

  /// Of a block's letters; white space and marks that quotes add do not count.
  std::uint64_t hash_of(const Block& block) const {
    std::uint64_t hash = 14695981039346656037ULL;  // FNV-1a
    for (NodeIndex i = block.first; i < block.past; ++i) {
      if (page_[i].kind != html::NodeKind::text || (cut_.signs[i] & (kSkipped | kInPanel)) != 0) continue;
      for (const char c : page_.text(i)) {
        if (static_cast<unsigned char>(c) > ' ') hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
      }
    }
    return hash;
  }

  void keep_opening(NodeIndex first_post, MainText& out) const {
    NodeIndex heading = kNoNode;
    for (NodeIndex i = 0; i < first_post; ++i) {
      if (page_[i].tag == Tag::h1 && page_[i].kind == html::NodeKind::element) heading = i;
    }
    if (heading == kNoNode || !holds_post(heading, first_post)) return;
    for (std::uint32_t i = cut_.first_block[heading]; i < cut_.first_block[first_post]; ++i) {
      const Block& block = cut_.blocks[i];
      const bool is_prose = block.size >= kShortProseCharacters && block.stops > 0 && !is_linked(block);
      if (is_prose && is_kept(block) && !(block.size <= 200 && is_noise(block))) out.blocks.push_back(i);
    }
    while (!out.blocks.empty() && out.container != 0 && cut_.blocks[out.blocks.front()].first < out.container)
      out.container = page_[out.container].parent;
  }

  /// A writer's name, a date or an element that says it holds the text.
  bool holds_post(NodeIndex first, NodeIndex past) const {
    for (NodeIndex i = first; i < past; ++i) {
      if ((cut_.signs[i] & (kWriterName | kInSmallPrint)) != 0) return true;
    }
    return std::any_of(cut_.bodies.begin(), cut_.bodies.end(), [&](NodeIndex i) { return i >= first && i < past; });
  }

  void keep_post(NodeIndex post, MainText& out) const {
    constexpr std::uint32_t kNameCharacters = 40;
    std::string name;
    bool has_name = false;
    bool has_date = false;
    for (std::uint32_t i = cut_.first_block[post]; i < cut_.first_block[page_[post].past]; ++i) {
      const Block& block = cut_.blocks[i];
      if ((block.signs & (kSkipped | kFurniture)) != 0 && (block.signs & kWriterName) == 0) continue;
      std::string words = block.size <= 200 ? words_of(block) : std::string();
      const bool is_furniture = block.size <= 200 && is_post_furniture(words);
      const bool is_link_first = i == cut_.first_block[post] && block.linked > 0 && block.size <= kNameCharacters;
      if ((block.signs & (kWriterName | kInSmallPrint)) != 0 || is_link_first) {
        const bool is_name = ((block.signs & kWriterName) != 0 || (is_link_first && !has_year(words))) && !has_name;
        const bool is_date = !has_date && !is_furniture && has_year(words);
        if ((is_name && words != name) || is_date) out.blocks.push_back(i);
        has_name = has_name || is_name;
        has_date = has_date || is_date;
        if (is_name) name = std::move(words);
      } else if (is_kept(block) && !is_furniture && !(block.size <= 200 && is_noise(block))) {
        out.blocks.push_back(i);
        has_name = false;
        has_date = false;
      }
    }
  }

  /// Four digits, ASCII or not: what dates have and ages and numbers of posts have not.
  static bool has_year(std::string_view words) {
    int run = 0;
    for (std::size_t at = 0; at < words.size() && run < 4;) {
      const CodePoint point = decode_utf8(words, at);
      at += point.size_bytes;
      const char32_t c = point.value;
      const bool is_digit = (c >= '0' && c <= '9') || (c >= 0x660 && c <= 0x669) || (c >= 0x6F0 && c <= 0x6F9);
      run = is_digit ? run + 1 : 0;
    }
    return run == 4;
  }

  /// The lead: sentences between the heading and the element that holds the article.
  void keep_lead(std::uint32_t begin, MainText& out) const {
    constexpr std::uint32_t kBlocks = 24;
    const std::uint32_t farthest = begin < kBlocks ? 0 : begin - kBlocks;
    std::uint32_t heading = begin;
    while (heading > farthest && !is_headline(cut_.blocks[heading - 1])) --heading;
    if (heading == farthest) return;
    for (std::uint32_t i = heading; i < begin; ++i) {
      const Block& block = cut_.blocks[i];
      const bool is_item = block.tag == Tag::li || block.tag == Tag::td || block.tag == Tag::dd;
      const bool is_sentence = block.size >= kLeadCharacters && block.stops > 0 && !is_item && !is_linked(block);
      const bool is_lead = is_sentence && !is_dropped(block) && !is_caption(block, cut_.blocks[heading - 1].past);
      if (is_lead && !(block.size <= 200 && is_noise(block))) out.blocks.push_back(i);
    }
  }

  bool is_headline(const Block& block) const {
    constexpr int kUp = 3;
    constexpr std::uint32_t kShortestHeadline = 10;
    NodeIndex up = block.container;
    for (int i = 0; i < kUp && up != kNoNode; ++i, up = page_[up].parent) {
      if (page_[up].tag == Tag::h1) return true;
    }
    if (!is_heading(block.tag) || block.size < kShortestHeadline || block.size > 200) return false;
    return title_.starts_with(folded(trimmed(words_of(block))));
  }

  /// Words that share a frame with a picture, and not with what stands before `first`.
  bool is_caption(const Block& block, NodeIndex first) const {
    constexpr int kFrames = 2;
    NodeIndex frame = block.container;
    for (int i = 0; i < kFrames && frame != kNoNode && frame >= first; ++i, frame = page_[frame].parent) {
      if (page_.first(Tag::img, frame) != kNoNode || page_.first(Tag::picture, frame) != kNoNode) return true;
    }
    return false;
  }

  std::string words_of(const Block& block) const {
    std::string words;
    for (NodeIndex i = block.first; i < block.past; ++i) {
      if (page_[i].kind == html::NodeKind::text && (cut_.signs[i] & (kSkipped | kInPanel)) == 0)
        words.append(page_.text(i)).push_back(' ');
    }
    return words;
  }

  bool is_noise(const Block& block) const {
    const std::string words = words_of(block);
    if (is_furniture(words)) return true;
    if (!author_.empty() && (trimmed(words) == author_ || author_of_byline(words) == author_)) return true;
    const bool is_title = is_heading(block.tag) && !title_.empty() && folded(trimmed(words)) == title_;
    return is_title || block.tag == Tag::h1;
  }

  /// A heading with nothing under it headed something that was dropped.
  void drop_empty_headings(MainText& out) const {
    std::vector<std::uint32_t> kept;
    for (std::size_t i = 0; i < out.blocks.size(); ++i) {
      const Tag tag = cut_.blocks[out.blocks[i]].tag;
      const bool is_last = i + 1 == out.blocks.size();
      const bool is_followed =
          !is_last && !(is_heading(cut_.blocks[out.blocks[i + 1]].tag) && cut_.blocks[out.blocks[i + 1]].tag <= tag);
      const Block& block = cut_.blocks[out.blocks[i]];
      // Leads and pulled quotes are set as headings too.
      const bool is_prose = block.size >= kProseCharacters && block.stops > 0;
      if (!is_heading(tag) || is_followed || is_prose) kept.push_back(out.blocks[i]);
    }
    out.blocks = std::move(kept);
  }

  const Document& page_;
  const ClassTable& table_;
  const PageBlocks& cut_;
  std::string title_;
  std::string_view author_;
  Writers writers_;
  std::vector<std::size_t> weights_;
};

}  // namespace

MainText find_main_text(const Document& page, const ClassTable& table, const PageBlocks& cut, const PageNames& names,
                        Writers writers) {
  return Finder(page, table, cut, names, writers).find();
}

}  // namespace gavah::extract
