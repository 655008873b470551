#include "extract/page_thread.h"

#include <algorithm>
#include <string_view>
#include <utility>

namespace gavah::extract {
namespace {

using html::Document;
using html::kNoNode;
using html::NodeIndex;
using html::NodeKind;
using html::Tag;

/// The posts hold this share of the page's words outside of links, or more.
constexpr std::size_t kThreadPercent = 30;
/// So many of the siblings, or of their words, carry a name or a date.
constexpr std::size_t kStampedPercent = 60;
/// Siblings inside of one of so few that hold more than this share of what those hold are the posts.
constexpr std::size_t kFrames = 3;
constexpr std::size_t kInnerPercent = 70;

struct Sibling {
  std::uint64_t shape = 0;
  NodeIndex index = 0;
  std::size_t words = 0;
  bool is_stamped = false;  ///< holds a name, a date or an anchor
  bool is_named = false;    ///< holds a name or a date
};

class Finder {
 public:
  Finder(const Document& page, const PageBlocks& cut) : page_(page), cut_(cut) {}

  std::vector<NodeIndex> find() {
    weigh();
    std::vector<Sibling> siblings;
    for (NodeIndex i = 0; i < page_.nodes().size(); ++i) {
      if (page_[i].kind != NodeKind::element || (cut_.signs[i] & kSkipped) != 0) continue;
      if (words_in(i) * 100 < words_.back() * kThreadPercent || words_in(i) * 100 <= most_ * kInnerPercent) continue;
      gather(i, siblings);
      judge(siblings);
    }
    return std::move(posts_);
  }

 private:
  void weigh() {
    const std::size_t count = page_.nodes().size();
    stamps_.resize(count + 1, 0);
    numbers_.resize(count + 1, 0);
    words_.resize(count + 1, 0);
    std::vector<std::size_t> until(cut_.blocks.size() + 1, 0);
    for (std::size_t i = 0; i < cut_.blocks.size(); ++i) {
      const Block& block = cut_.blocks[i];
      const bool is_counted = (block.signs & (kSkipped | kFurniture)) == 0;
      until[i + 1] = until[i] + (is_counted ? block.size - block.linked : 0);
    }
    for (NodeIndex i = 0; i < count; ++i) {
      stamps_[i + 1] = stamps_[i] + (is_stamp(i) ? 1U : 0U);
      numbers_[i + 1] = numbers_[i] + (is_numbered(page_.attribute(i, "id")) ? 1U : 0U);
      words_[i] = until[cut_.first_block[i]];
    }
    words_[count] = until.back();
  }

  bool is_stamp(NodeIndex index) const {
    constexpr std::uint16_t kStamp = kWriterName | kInSmallPrint;
    if (page_[index].kind != NodeKind::element || (cut_.signs[index] & kSkipped) != 0) return false;
    return (cut_.signs[index] & kStamp) != 0;
  }
  /// id="post2017066": what links to a post need.
  static bool is_numbered(std::string_view id) {
    constexpr std::size_t kDigits = 3;
    if (id.size() <= kDigits || (id[0] >= '0' && id[0] <= '9')) return false;
    return id.find_last_not_of("0123456789") + kDigits < id.size();
  }
  std::size_t words_in(NodeIndex index) const { return words_[page_[index].past] - words_[index]; }

  void gather(NodeIndex parent, std::vector<Sibling>& out) const {
    out.clear();
    for (NodeIndex i = page_[parent].first_child; i != kNoNode; i = page_[i].next_sibling) {
      const Tag tag = page_[i].tag;
      if (page_[i].kind != NodeKind::element || tag == Tag::p || tag == Tag::br || words_in(i) == 0) continue;
      const NodeIndex past = page_[i].past;
      const bool is_named = stamps_[past] > stamps_[i];
      out.push_back({shape_of(i), i, words_in(i), is_named || numbers_[past] > numbers_[i], is_named});
    }
    std::sort(out.begin(), out.end(), [](const Sibling& a, const Sibling& b) {
      return std::pair(a.shape, a.index) < std::pair(b.shape, b.index);
    });
  }

  /// The tag and the first class word, without digits.
  std::uint64_t shape_of(NodeIndex index) const {
    std::uint64_t hash = 14695981039346656037ULL;  // FNV-1a
    const auto add = [&](char c) { hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211ULL; };
    add(static_cast<char>(page_[index].tag));
    std::string_view words = page_.attribute(index, "class");
    words.remove_prefix(std::min(words.find_first_not_of(" \t\n"), words.size()));
    for (const char c : words.substr(0, words.find_first_of(" \t\n"))) {
      if (c < '0' || c > '9') add(c);
    }
    return hash;
  }

  /// More words; or nearly as many in one of two or three siblings, which are then the page's frame.
  bool is_better(const Sibling& first, std::size_t words, std::size_t named) const {
    if (words * 100 < words_.back() * kThreadPercent) return false;
    const bool is_inside = !posts_.empty() && first.index < page_[posts_.back()].past;
    return words > most_ ||
           (is_inside && named >= 2 && posts_.size() <= kFrames && words * 100 > most_ * kInnerPercent);
  }

  void judge(const std::vector<Sibling>& siblings) {
    for (auto begin = siblings.begin(); begin != siblings.end();) {
      const auto end =
          std::find_if(begin, siblings.end(), [&](const Sibling& other) { return other.shape != begin->shape; });
      std::size_t words = 0;
      std::size_t stamped_words = 0;
      std::size_t stamped = 0;
      std::size_t named = 0;
      for (auto at = begin; at != end; ++at) {
        words += at->words;
        stamped_words += at->is_stamped ? at->words : 0U;
        stamped += at->is_stamped ? 1U : 0U;
        named += at->is_named ? 1U : 0U;
      }
      const bool are_all = stamped * 100 >= static_cast<std::size_t>(end - begin) * kStampedPercent;
      if (!are_all) words = stamped_words * 100 >= words * kStampedPercent ? stamped_words : 0;
      if (stamped >= 2 && is_better(*begin, words, named)) {
        most_ = words;
        posts_.clear();
        for (auto at = begin; at != end; ++at) {
          if (are_all || at->is_stamped) posts_.push_back(at->index);
        }
      }
      begin = end;
    }
  }

  const Document& page_;
  const PageBlocks& cut_;
  std::vector<std::uint32_t> stamps_;   ///< names and dates before each node
  std::vector<std::uint32_t> numbers_;  ///< numbered anchors before each node
  std::vector<std::size_t> words_;      ///< characters outside of links before each node
  std::size_t most_ = 0;
  std::vector<NodeIndex> posts_;
};

}  // namespace

std::vector<NodeIndex> find_posts(const Document& page, const PageBlocks& cut) { return Finder(page, cut).find(); }

}  // namespace gavah::extract
