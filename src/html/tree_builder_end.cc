// End tags of a body, and the adoption of what formatting elements close wrongly (section 13.2.6.4.7).
#include <array>

#include "html/tree_builder.h"

namespace gavah::html {
namespace {

/// Elements whose end tag ends what is open in them.
constexpr std::array<bool, kTags> kBlocks = [] {
  using enum Tag;
  std::array<bool, kTags> out{};
  for (const Tag tag : {address,  article,    aside,   blockquote, button,  center, details, dialog,  dir,   div, dl,
                        fieldset, figcaption, figure,  footer,     header,  hgroup, listing, main,    menu,  nav, ol,
                        pre,      search,     section, select,     summary, ul,     applet,  marquee, object})
    out[static_cast<std::size_t>(tag)] = true;
  return out;
}();

}  // namespace

TreeBuilder::Step TreeBuilder::body_end(const Token& token) {
  switch (token.tag) {
    case Tag::template_:
      return in_head(token);
    case Tag::body:
    case Tag::html:
      if (!open_.has_in(kScope, Tag::body)) return Step::done;
      mode_ = Mode::after_body;
      return token.tag == Tag::html ? Step::again : Step::done;
    case Tag::form:
      end_form();
      break;
    case Tag::p:
      if (!open_.has_in(kInButtonScope, Tag::p)) insert_missing(Tag::p);
      close_p();
      break;
    case Tag::li:
      end_item(Tag::li, kListItemScope);
      break;
    case Tag::dd:
    case Tag::dt:
      end_item(token.tag, kScope);
      break;
    case Tag::br: {
      reconstruct();
      TreeNode made;
      made.tag = Tag::br;
      put(tree_.add(made), place());
      is_frameset_ok_ = false;
      break;
    }
    default:
      if (kBlocks[static_cast<std::size_t>(token.tag)]) {
        end_block(token.tag);
      } else if ((traits_of(token.tag) & kFormatting) != 0) {
        adopt(token);
      } else if ((traits_of(token.tag) & kHeading) != 0) {
        end_heading();
      } else {
        any_other_end(token);
      }
  }
  return Step::done;
}

void TreeBuilder::end_block(Tag tag) {
  if (!open_.has_in(kScope, tag)) return;
  open_.imply_ends();
  open_.pop_through(tag);
  if ((traits_of(tag) & kMarker) != 0) formatting_.clear_to_marker();
}

void TreeBuilder::end_form() {
  if (has_template()) return end_block(Tag::form);
  const NodeIndex node = std::exchange(form_, kNoNode);
  const std::size_t at = open_.find_in(kScope, Tag::form);
  // Another form may stand above this one, which came out of a template.
  if (node == kNoNode || at == OpenElements::kNowhere || open_.index_of(node) == OpenElements::kNowhere) return;
  open_.imply_ends();
  open_.remove(open_.index_of(node));
}

void TreeBuilder::end_item(Tag tag, std::uint32_t scope) {
  if (!open_.has_in(scope, tag)) return;
  open_.imply_ends(tag);
  open_.pop_through(tag);
}

void TreeBuilder::end_heading() {
  if (!open_.has_heading_in_scope()) return;
  open_.imply_ends();
  open_.pop_to(kHeading);
  open_.pop();
}

void TreeBuilder::any_other_end(const Token& token) {
  const std::uint32_t number = token.tag == Tag::other ? tree_.number_of(token.name) : 0;
  for (std::size_t i = open_.size(); i-- > 0;) {
    const OpenElement& element = open_[i];
    const bool is_named = element.is_html(token.tag) && (number == 0 || tree_.nodes[element.node].name == number);
    if (is_named) {
      if (token.tag == Tag::other) {
        while (open_.size() > i + 1 && open_.top().has(kImpliedEnd)) open_.pop();
      } else {
        open_.imply_ends(token.tag);
      }
      return open_.pop_through_index(i);
    }
    if (element.has(kSpecial)) return;
  }
}

/// The adoption agency: the formatting element of the token's tag is closed around blocks that stand in it.
void TreeBuilder::adopt(const Token& token) {
  constexpr int kRounds = 8;  // the standard's
  const OpenElement& current = open_.top();
  if (current.is_html(token.tag) && formatting_.index_of(current.node) == FormattingList::kNowhere) return open_.pop();
  for (int round = 0; round < kRounds; ++round) {
    if (!adopt_once(token)) return;
  }
}

/// False when there is nothing more to do.
bool TreeBuilder::adopt_once(const Token& token) {
  const std::size_t entry = formatting_.find(token.tag);
  if (entry == FormattingList::kNowhere) {
    any_other_end(token);
    return false;
  }
  const FormattingElement formatting = formatting_[entry];
  const std::size_t formatting_at = open_.index_of(formatting.node);
  if (formatting_at == OpenElements::kNowhere) {
    formatting_.remove(entry);
    return false;
  }
  std::size_t furthest_at = formatting_at + 1;
  for (std::size_t i = formatting_at + 1; i < open_.size(); ++i) {
    if (open_[i].has(kScope)) return false;  // not in scope
  }
  while (furthest_at < open_.size() && !open_[furthest_at].has(kSpecial)) ++furthest_at;
  constexpr std::size_t kCopiesPerRound = 8;
  if (furthest_at == open_.size() || copies_left_ < kCopiesPerRound) {
    tree_.is_flattened = tree_.is_flattened || furthest_at < open_.size();
    open_.pop_through_index(formatting_at);
    formatting_.remove(entry);
    return false;
  }
  const OpenElement ancestor = open_[formatting_at - 1];
  const OpenElement furthest = open_[furthest_at];
  std::size_t bookmark = entry;
  const NodeIndex last = adopt_chain(formatting_at, furthest_at, bookmark);
  tree_.detach(last);
  put(last, place_in(ancestor));
  const NodeIndex copy = create_copy(formatting.node);
  tree_.move_children(furthest.node, copy);
  tree_.append(furthest.node, copy);
  const std::size_t old_entry = formatting_.index_of(formatting.node);
  formatting_.remove(old_entry);
  if (old_entry < bookmark) --bookmark;
  formatting_.insert(bookmark, {copy, formatting.tag, formatting.attributes});
  open_.remove(open_.index_of(formatting.node));
  open_.insert(open_.index_of(furthest.node) + 1, element_of(copy));
  return true;
}

/// What stands between the formatting element and the furthest block is copied around the block, what is no
/// formatting element is closed. Gives the outermost copy.
NodeIndex TreeBuilder::adopt_chain(std::size_t formatting_at, std::size_t furthest_at, std::size_t& bookmark) {
  constexpr int kCopied = 3;  // the standard's
  NodeIndex last = open_[furthest_at].node;
  const NodeIndex furthest = last;
  int count = 0;
  for (std::size_t at = furthest_at - 1; at > formatting_at; --at) {
    ++count;
    const NodeIndex node = open_[at].node;
    std::size_t entry = formatting_.index_of(node);
    if (count > kCopied && entry != FormattingList::kNowhere) {
      formatting_.remove(entry);
      if (entry < bookmark) --bookmark;
      entry = FormattingList::kNowhere;
    }
    if (entry == FormattingList::kNowhere) {
      open_.remove(at);
      continue;
    }
    const NodeIndex copy = create_copy(node);
    formatting_.replace(entry, copy);
    open_.replace(at, copy);
    if (last == furthest) bookmark = entry + 1;
    tree_.detach(last);
    tree_.append(copy, last);
    last = copy;
  }
  return last;
}

}  // namespace gavah::html
