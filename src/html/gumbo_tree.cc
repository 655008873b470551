#include <gumbo.h>

#include <cstdlib>
#include <cstring>
#include <deque>
#include <memory>

#include "html/document_builder.h"
#include "html/tags.h"

namespace gavah::html {
namespace {

/// Memory that gumbo takes and that goes away at once: gumbo's own freeing recurses as deep as the page nests, and
/// costs a tenth of the time. Blocks are not reused, so a growing buffer leaves its old copies behind.
class Arena {
 public:
  /// Forgets what was taken; a few blocks stay for the next page.
  void clear() {
    constexpr std::size_t kKeptBlocks = 64;
    large_.clear();
    if (blocks_.size() > kKeptBlocks) blocks_.resize(kKeptBlocks);
    used_ = 0;
    left_ = 0;
  }

  void* take(std::size_t size) {
    size = (size + kAlign - 1) / kAlign * kAlign;
    if (size > kBlockBytes / 4) return take_alone(size);
    if (left_ < size) {
      if (used_ == blocks_.size()) blocks_.push_back(std::make_unique_for_overwrite<std::byte[]>(kBlockBytes));
      next_ = blocks_[used_++].get();
      left_ = kBlockBytes;
    }
    void* out = next_;
    next_ += size;
    left_ -= size;
    return out;
  }

 private:
  static constexpr std::size_t kAlign = alignof(std::max_align_t);
  static constexpr std::size_t kBlockBytes = std::size_t{256} << 10U;

  void* take_alone(std::size_t size) {
    large_.push_back(std::make_unique_for_overwrite<std::byte[]>(size));
    return large_.back().get();
  }

  std::vector<std::unique_ptr<std::byte[]>> blocks_;
  std::vector<std::unique_ptr<std::byte[]>> large_;
  std::size_t used_ = 0;  ///< of blocks_
  std::byte* next_ = nullptr;
  std::size_t left_ = 0;
};

void* allocate(void* arena, std::size_t size) { return static_cast<Arena*>(arena)->take(size); }
void release(void* /*arena*/, void* /*memory*/) {}

Tag tag_of(const GumboElement& element) {
  static const std::vector<Tag> table = [] {
    std::vector<Tag> out(GUMBO_TAG_LAST + 1, Tag::other);
    for (int i = 0; i < GUMBO_TAG_LAST; ++i) {
      out[static_cast<std::size_t>(i)] = tag_from(gumbo_normalized_tagname(static_cast<GumboTag>(i)));
    }
    return out;
  }();
  return table[static_cast<std::size_t>(element.tag)];
}

class TreeReader {
 public:
  TreeReader(std::string_view page, const Condensed& condensed)
      : page_(page), condensed_(condensed), builder_(condensed.text().size()) {}

  Document read(const GumboNode* root) {
    struct Level {
      const GumboElement* element;
      unsigned next_child;
    };
    std::vector<Level> levels;
    open(root->v.element);
    levels.push_back({&root->v.element, 0});
    while (!levels.empty()) {
      Level& level = levels.back();
      if (level.next_child == level.element->children.length) {
        builder_.close();
        levels.pop_back();
        continue;
      }
      const auto* child = static_cast<const GumboNode*>(level.element->children.data[level.next_child++]);
      if (child->type == GUMBO_NODE_ELEMENT || child->type == GUMBO_NODE_TEMPLATE) {
        open(child->v.element);
        levels.push_back({&child->v.element, 0});
      } else if (child->type != GUMBO_NODE_COMMENT) {
        add_text(level.element->tag, child->v.text);
      }
    }
    return builder_.finish();
  }

 private:
  Span span_of(const char* data, std::size_t size) const {
    const std::string_view text = condensed_.text();
    if (data == nullptr || data < text.data() || data + size > text.data() + text.size()) return {};
    const auto begin = static_cast<std::uint32_t>(data - text.data());
    if (size == 0) return {condensed_.page_offset(begin), condensed_.page_offset(begin)};
    return {condensed_.page_offset(begin), condensed_.page_offset(begin + static_cast<std::uint32_t>(size) - 1) + 1};
  }

  void open(const GumboElement& element) {
    builder_.open(tag_of(element), span_of(element.original_tag.data, element.original_tag.length));
    for (unsigned i = 0; i < element.attributes.length; ++i) {
      const auto* attribute = static_cast<const GumboAttribute*>(element.attributes.data[i]);
      builder_.add_attribute(attribute->name, attribute->value,
                             span_of(attribute->original_value.data, attribute->original_value.length));
    }
    add_cut_content(element);
  }

  /// What the condensed text leaves out of a script.
  void add_cut_content(const GumboElement& element) {
    if (element.tag != GUMBO_TAG_SCRIPT && element.tag != GUMBO_TAG_STYLE) return;
    const GumboStringPiece& tag = element.original_tag;
    const std::string_view text = condensed_.text();
    if (tag.data == nullptr || tag.data < text.data() || tag.data > text.data() + text.size()) return;
    const Span content = condensed_.cut_at(static_cast<std::uint32_t>(tag.data + tag.length - text.data()));
    if (!content.empty()) builder_.add_raw(page_.substr(content.begin, content.size()), content.begin);
  }

  void add_text(GumboTag parent, const GumboText& text) {
    const Span source = span_of(text.original_text.data, text.original_text.length);
    const bool is_raw = parent == GUMBO_TAG_SCRIPT || parent == GUMBO_TAG_STYLE || parent == GUMBO_TAG_IFRAME ||
                        parent == GUMBO_TAG_NOEMBED || parent == GUMBO_TAG_NOFRAMES;
    if (is_raw) {
      builder_.add_raw(text.text, source.begin);
    } else {
      builder_.add_text(page_.substr(source.begin, source.size()), source.begin, text.text);
    }
  }

  std::string_view page_;
  const Condensed& condensed_;
  DocumentBuilder builder_;
};

}  // namespace

Document gumbo_tree(std::string_view page, const Condensed& condensed) {
  thread_local Arena arena;
  arena.clear();
  GumboOptions options = kGumboDefaultOptions;
  options.allocator = allocate;
  options.deallocator = release;
  options.userdata = &arena;
  options.max_errors = 0;
  const GumboOutput* output = gumbo_parse_with_options(&options, condensed.text().data(), condensed.text().size());
  return TreeReader(page, condensed).read(output->root);
}

}  // namespace gavah::html
