// Templates, framesets and what follows a body (section 13.2.6.4.16 and later).
#include "html/letters.h"
#include "html/tree_builder.h"

namespace gavah::html {

TreeBuilder::Step TreeBuilder::switch_template(Mode mode) {
  template_modes_.back() = mode;
  mode_ = mode;
  return Step::again;
}

TreeBuilder::Step TreeBuilder::in_template(const Token& token) {
  if (token.kind == TokenKind::end) {
    if (!has_template()) return stop();
    open_.pop_through(Tag::template_);
    formatting_.clear_to_marker();
    template_modes_.pop_back();
    reset_mode();
    return Step::again;
  }
  if (token.kind == TokenKind::end_tag) return token.tag == Tag::template_ ? in_head(token) : Step::done;
  if (token.kind != TokenKind::start_tag) return in_body(token);
  switch (token.tag) {
    case Tag::base:
    case Tag::basefont:
    case Tag::bgsound:
    case Tag::link:
    case Tag::meta:
    case Tag::noframes:
    case Tag::script:
    case Tag::style:
    case Tag::template_:
    case Tag::title:
      return in_head(token);
    case Tag::caption:
    case Tag::colgroup:
    case Tag::tbody:
    case Tag::tfoot:
    case Tag::thead:
      return switch_template(Mode::in_table);
    case Tag::col:
      return switch_template(Mode::in_column_group);
    case Tag::tr:
      return switch_template(Mode::in_table_body);
    case Tag::td:
    case Tag::th:
      return switch_template(Mode::in_row);
    default:
      return switch_template(Mode::in_body);
  }
}

TreeBuilder::Step TreeBuilder::after_body(const Token& token) {
  switch (token.kind) {
    case TokenKind::text: {
      const TextChunk space = take_space();
      const TextChunk rest = chunk_;
      chunk_ = space;
      if (has_text()) body_text();
      chunk_ = rest;
      if (!has_text()) return Step::done;
      break;
    }
    case TokenKind::comment:
      insert_comment(token, open_[0].node);
      return Step::done;
    case TokenKind::doctype:
      return Step::done;
    case TokenKind::start_tag:
      if (token.tag == Tag::html) return in_body(token);
      break;
    case TokenKind::end_tag:
      if (token.tag != Tag::html) break;
      if (!options_.fragment) mode_ = Mode::after_after_body;
      return Step::done;
    case TokenKind::end:
      return stop();
  }
  mode_ = Mode::in_body;
  return Step::again;
}

/// Of text outside of frames, only the white space stays.
void TreeBuilder::keep_only_space() {
  while (has_text()) {
    insert_space();
    if (!chunk_.is_copied) return;
    while (has_text() && !is_space(*chunk_.copied)) {
      ++chunk_.source.begin;
      ++chunk_.copied;
    }
  }
}

TreeBuilder::Step TreeBuilder::in_frameset(const Token& token) {
  const bool is_start = token.kind == TokenKind::start_tag;
  if (token.kind == TokenKind::text) keep_only_space();
  if (token.kind == TokenKind::comment) insert_comment(token);
  if (token.kind == TokenKind::end) return stop();
  if (is_start && token.tag == Tag::html) return in_body(token);
  if (is_start && token.tag == Tag::noframes) return in_head(token);
  if (is_start && token.tag == Tag::frameset) insert(token);
  if (is_start && token.tag == Tag::frame) insert_leaf(token);
  if (token.kind == TokenKind::end_tag && token.tag == Tag::frameset && open_.size() > 1) {
    open_.pop();
    if (!options_.fragment && !open_.top().is_html(Tag::frameset)) mode_ = Mode::after_frameset;
  }
  return Step::done;
}

TreeBuilder::Step TreeBuilder::after_frameset(const Token& token) {
  const bool is_start = token.kind == TokenKind::start_tag;
  if (token.kind == TokenKind::text) keep_only_space();
  if (token.kind == TokenKind::comment) insert_comment(token);
  if (token.kind == TokenKind::end) return stop();
  if (is_start && token.tag == Tag::html) return in_body(token);
  if (is_start && token.tag == Tag::noframes) return in_head(token);
  if (token.kind == TokenKind::end_tag && token.tag == Tag::html) mode_ = Mode::after_after_frameset;
  return Step::done;
}

TreeBuilder::Step TreeBuilder::after_after_body(const Token& token) {
  if (token.kind == TokenKind::end) return stop();
  if (token.kind == TokenKind::doctype) return Step::done;
  if (token.kind == TokenKind::comment) {
    insert_comment(token, 0);
    return Step::done;
  }
  if (token.kind == TokenKind::start_tag && token.tag == Tag::html) return in_body(token);
  if (token.kind == TokenKind::text) {
    const TextChunk space = take_space();
    const TextChunk rest = chunk_;
    chunk_ = space;
    if (has_text()) body_text();
    chunk_ = rest;
    if (!has_text()) return Step::done;
  }
  mode_ = Mode::in_body;
  return Step::again;
}

TreeBuilder::Step TreeBuilder::after_after_frameset(const Token& token) {
  const bool is_start = token.kind == TokenKind::start_tag;
  if (token.kind == TokenKind::end) return stop();
  if (token.kind == TokenKind::comment) insert_comment(token, 0);
  if (token.kind == TokenKind::text) keep_only_space();
  if (is_start && token.tag == Tag::html) return in_body(token);
  if (is_start && token.tag == Tag::noframes) return in_head(token);
  return Step::done;
}

}  // namespace gavah::html
