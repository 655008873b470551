// Start tags and text of a body (section 13.2.6.4.7).
#include <array>

#include "html/letters.h"
#include "html/tree_builder.h"

namespace gavah::html {
namespace {

/// What a start tag asks for; those that few elements share are told apart by the tag.
enum class Start : std::uint8_t {
  ordinary,
  head_part,
  block,
  formatting,
  anchor,
  leaf,
  param,
  list_item,
  definition,
  heading,
  marker,
  ignored,
  rare,
};

constexpr std::array<Start, kTags> kStarts = [] {
  using enum Tag;
  std::array<Start, kTags> out{};
  const auto set = [&out](Start start, std::initializer_list<Tag> tags) {
    for (const Tag tag : tags) out[static_cast<std::size_t>(tag)] = start;
  };
  set(Start::head_part, {base, basefont, bgsound, link, meta, noframes, script, style, template_, title});
  set(Start::block, {address, article,  aside,      blockquote, center,  details, dialog, dir,  div,
                     dl,      fieldset, figcaption, figure,     footer,  header,  hgroup, main, menu,
                     nav,     ol,       p,          search,     section, summary, ul});
  set(Start::formatting, {b, big, code, em, font, i, s, small, strike, strong, tt, u});
  set(Start::anchor, {a});
  set(Start::leaf, {area, br, embed, img, keygen, wbr});
  set(Start::param, {param, source, track});
  set(Start::list_item, {li});
  set(Start::definition, {dd, dt});
  set(Start::heading, {h1, h2, h3, h4, h5, h6});
  set(Start::marker, {applet, marquee, object});
  set(Start::ignored, {caption, col, colgroup, frame, head, tbody, td, tfoot, th, thead, tr});
  set(Start::rare,
      {html, body,   frameset, pre,      listing, form,   plaintext, button, nobr, table, input, hr,   image, textarea,
       xmp,  iframe, noembed,  noscript, select,  option, optgroup,  rb,     rtc,  rp,    rt,    math, svg});
  return out;
}();

}  // namespace

void TreeBuilder::close_p() {
  open_.imply_ends(Tag::p);
  open_.pop_through(Tag::p);
}

void TreeBuilder::body_text() {
  const std::string_view bytes = chunk_.bytes();
  if (bytes.front() == '\0') return;
  reconstruct();
  insert_text(chunk_);
  for (std::size_t i = 0; is_frameset_ok_ && i < bytes.size(); ++i) is_frameset_ok_ = is_space(bytes[i]);
}

/// Opens the formatting elements again that a block has closed (section 13.2.4.3).
void TreeBuilder::reconstruct() {
  if (formatting_.empty()) return;
  std::size_t at = formatting_.size();
  while (at > 0 && !formatting_[at - 1].is_marker() &&
         open_.index_of(formatting_[at - 1].node) == OpenElements::kNowhere)
    --at;
  for (; at < formatting_.size(); ++at) {
    if (copies_left_ == 0 || open_.size() >= kOpenElements) {
      tree_.is_flattened = true;
      return;
    }
    const NodeIndex copy = create_copy(formatting_[at].node);
    put(copy, place());
    open_.push(element_of(copy));
    formatting_.replace(at, copy);
  }
}

TreeBuilder::Step TreeBuilder::in_body(const Token& token) {
  switch (token.kind) {
    case TokenKind::text:
      body_text();
      return Step::done;
    case TokenKind::start_tag:
      return body_start(token);
    case TokenKind::end_tag:
      return body_end(token);
    case TokenKind::comment:
      insert_comment(token);
      return Step::done;
    case TokenKind::doctype:
      return Step::done;
    case TokenKind::end:
      return template_modes_.empty() ? stop() : in_template(token);
  }
  return Step::done;
}

TreeBuilder::Step TreeBuilder::body_start(const Token& token) {
  switch (kStarts[static_cast<std::size_t>(token.tag)]) {
    case Start::ordinary:
      reconstruct();
      insert(token);
      break;
    case Start::head_part:
      return in_head(token);
    case Start::block:
      close_p_in_scope();
      insert(token);
      break;
    case Start::formatting:
      start_formatting(token);
      break;
    case Start::anchor:
      start_anchor(token);
      break;
    case Start::leaf:
      reconstruct();
      insert_leaf(token);
      is_frameset_ok_ = false;
      break;
    case Start::param:
      insert_leaf(token);
      break;
    case Start::list_item:
      start_list_item(token);
      break;
    case Start::definition:
      start_definition(token);
      break;
    case Start::heading:
      close_p_in_scope();
      if (open_.top().has(kHeading)) open_.pop();
      insert(token);
      break;
    case Start::marker:
      reconstruct();
      insert(token);
      formatting_.push_marker();
      is_frameset_ok_ = false;
      break;
    case Start::ignored:
      break;
    case Start::rare:
      return body_start_rare(token);
  }
  return Step::done;
}

TreeBuilder::Step TreeBuilder::body_start_rare(const Token& token) {
  switch (token.tag) {
    case Tag::html:
      if (!has_template()) merge_attributes(open_[0].node, token);
      break;
    case Tag::body:
      if (open_.size() < 2 || !open_[1].is_html(Tag::body) || has_template()) break;
      is_frameset_ok_ = false;
      merge_attributes(open_[1].node, token);
      break;
    case Tag::frameset:
      start_frameset(token);
      break;
    case Tag::pre:
    case Tag::listing:
      close_p_in_scope();
      insert(token);
      skips_line_feed_ = true;
      is_frameset_ok_ = false;
      break;
    case Tag::form:
      start_form(token);
      break;
    case Tag::button:
      start_button(token);
      break;
    case Tag::table:
      if (!is_quirky_) close_p_in_scope();
      insert(token);
      is_frameset_ok_ = false;
      mode_ = Mode::in_table;
      break;
    case Tag::image: {
      Token img = token;
      img.tag = Tag::img;
      return body_start(img);
    }
    case Tag::textarea:
    case Tag::xmp:
    case Tag::iframe:
    case Tag::noembed:
    case Tag::noscript:
    case Tag::plaintext:
      start_raw(token);
      break;
    case Tag::math:
      start_foreign(token, Namespace::math);
      break;
    case Tag::svg:
      start_foreign(token, Namespace::svg);
      break;
    case Tag::rb:
    case Tag::rtc:
      if (open_.has_in(kScope, Tag::ruby)) open_.imply_ends();
      insert(token);
      break;
    case Tag::rp:
    case Tag::rt:
      if (open_.has_in(kScope, Tag::ruby)) open_.imply_ends(Tag::rtc);
      insert(token);
      break;
    case Tag::nobr:
      start_nobr(token);
      break;
    default:
      start_select_part(token);
      break;
  }
  return Step::done;
}

/// Elements whose content is no markup.
void TreeBuilder::start_raw(const Token& token) {
  switch (token.tag) {
    case Tag::textarea:
      insert_raw(token, Content::rcdata);
      skips_line_feed_ = true;
      is_frameset_ok_ = false;
      return;
    case Tag::plaintext:
      close_p_in_scope();
      return insert_raw(token, Content::plaintext);
    case Tag::noscript:
      if (options_.scripting == Scripting::on) return insert_raw(token, Content::rawtext);
      reconstruct();
      insert(token);
      return;
    case Tag::xmp:
      close_p_in_scope();
      reconstruct();
      break;
    default:
      break;
  }
  if (token.tag != Tag::noembed) is_frameset_ok_ = false;
  insert_raw(token, Content::rawtext);
}

void TreeBuilder::start_button(const Token& token) {
  if (open_.has_in(kScope, Tag::button)) {
    open_.imply_ends();
    open_.pop_through(Tag::button);
  }
  reconstruct();
  insert(token);
  is_frameset_ok_ = false;
}

void TreeBuilder::start_nobr(const Token& token) {
  reconstruct();
  if (open_.has_in(kScope, Tag::nobr)) {
    adopt(token);
    reconstruct();
  }
  start_formatting(token);
}

void TreeBuilder::start_formatting(const Token& token) {
  reconstruct();
  const NodeIndex node = insert(token);
  formatting_.push({node, token.tag, std::nullopt}, [this](NodeIndex of) { return set_hash(tree_.attributes_of(of)); });
}

void TreeBuilder::start_anchor(const Token& token) {
  if (const std::size_t open = formatting_.find(Tag::a); open != FormattingList::kNowhere) {
    const NodeIndex node = formatting_[open].node;
    adopt(token);
    if (const std::size_t left = formatting_.index_of(node); left != FormattingList::kNowhere) formatting_.remove(left);
    if (const std::size_t left = open_.index_of(node); left != OpenElements::kNowhere) open_.remove(left);
  }
  start_formatting(token);
}

void TreeBuilder::start_list_item(const Token& token) {
  is_frameset_ok_ = false;
  for (std::size_t i = open_.size(); i-- > 0;) {
    const OpenElement& element = open_[i];
    if (element.is_html(Tag::li)) {
      open_.imply_ends(Tag::li);
      open_.pop_through(Tag::li);
      break;
    }
    const bool is_passed = element.is_html(Tag::address) || element.is_html(Tag::div) || element.is_html(Tag::p);
    if (element.has(kSpecial) && !is_passed) break;
  }
  close_p_in_scope();
  insert(token);
}

void TreeBuilder::start_definition(const Token& token) {
  is_frameset_ok_ = false;
  for (std::size_t i = open_.size(); i-- > 0;) {
    const OpenElement& element = open_[i];
    if (element.is_html(Tag::dd) || element.is_html(Tag::dt)) {
      const Tag tag = element.tag;
      open_.imply_ends(tag);
      open_.pop_through(tag);
      break;
    }
    const bool is_passed = element.is_html(Tag::address) || element.is_html(Tag::div) || element.is_html(Tag::p);
    if (element.has(kSpecial) && !is_passed) break;
  }
  close_p_in_scope();
  insert(token);
}

void TreeBuilder::start_form(const Token& token) {
  if (form_ != kNoNode && !has_template()) return;
  close_p_in_scope();
  const NodeIndex node = insert(token);
  if (!has_template()) form_ = node;
}

void TreeBuilder::start_frameset(const Token& token) {
  if (open_.size() < 2 || !open_[1].is_html(Tag::body) || !is_frameset_ok_) return;
  tree_.detach(open_[1].node);
  open_.pop_through_index(1);
  insert(token);
  mode_ = Mode::in_frameset;
}

void TreeBuilder::start_foreign(const Token& token, Namespace space) {
  reconstruct();
  adjust_attributes(token, space);
  if (token.is_self_closing) {
    put(create(token, space), place());
  } else {
    insert(token, space);
  }
}

/// A select in which the token cannot stand is closed. False when the token is to be left out.
bool TreeBuilder::leaves_select() {
  if (options_.fragment && context_.is_html(Tag::select)) return false;
  if (open_.has_in(kScope, Tag::select)) open_.pop_through(Tag::select);
  return true;
}

void TreeBuilder::start_input(const Token& token) {
  if (!leaves_select()) return;
  reconstruct();
  const NodeIndex node = create(token, Namespace::html);
  put(node, place());
  bool is_hidden = false;
  for (const Attribute& attribute : tree_.attributes_of(node)) {
    if (attribute.name == "type") is_hidden = is_same_word(attribute.value, "hidden");
  }
  if (!is_hidden) is_frameset_ok_ = false;
}

void TreeBuilder::start_select_part(const Token& token) {
  const bool is_in_select = open_.has_in(kScope, Tag::select);
  switch (token.tag) {
    case Tag::input:
      return start_input(token);
    case Tag::hr:
      close_p_in_scope();
      if (is_in_select) open_.imply_ends();
      insert_leaf(token);
      is_frameset_ok_ = false;
      return;
    case Tag::select:
      if (!leaves_select() || is_in_select) return;
      is_frameset_ok_ = false;
      break;
    case Tag::option:
      if (is_in_select)
        open_.imply_ends(Tag::optgroup);
      else if (open_.top().is_html(Tag::option))
        open_.pop();
      break;
    default:
      if (is_in_select)
        open_.imply_ends();
      else if (open_.top().is_html(Tag::option))
        open_.pop();
      break;
  }
  reconstruct();
  insert(token);
}

}  // namespace gavah::html
