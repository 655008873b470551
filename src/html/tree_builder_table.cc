// Tables (section 13.2.6.4.9 to 13.2.6.4.15).
#include "html/letters.h"
#include "html/tree_builder.h"

namespace gavah::html {
namespace {

bool is_section(Tag tag) { return tag == Tag::tbody || tag == Tag::tfoot || tag == Tag::thead; }

/// Start tags that end a caption or a cell.
bool is_table_part(Tag tag) {
  return is_section(tag) || tag == Tag::caption || tag == Tag::col || tag == Tag::colgroup || tag == Tag::td ||
         tag == Tag::th || tag == Tag::tr;
}

bool is_cell(Tag tag) { return tag == Tag::td || tag == Tag::th; }

/// Tags that never end what they stand in here.
bool is_column_or_root(Tag tag) {
  return tag == Tag::body || tag == Tag::caption || tag == Tag::col || tag == Tag::colgroup || tag == Tag::html;
}

}  // namespace

TreeBuilder::Step TreeBuilder::in_table(const Token& token) {
  switch (token.kind) {
    case TokenKind::text:
      if (!open_.top().has(kTablePart) && !open_.top().is_html(Tag::template_)) return table_rest(token);
      original_mode_ = mode_;
      mode_ = Mode::in_table_text;
      return Step::again;
    case TokenKind::comment:
      insert_comment(token);
      return Step::done;
    case TokenKind::doctype:
      return Step::done;
    case TokenKind::start_tag:
      return table_start(token);
    case TokenKind::end_tag:
      if (token.tag == Tag::table) {
        if (!open_.has_in(kTableScope, Tag::table)) return Step::done;
        open_.pop_through(Tag::table);
        reset_mode();
        return Step::done;
      }
      if (token.tag == Tag::template_) return in_head(token);
      if (is_column_or_root(token.tag) || is_table_part(token.tag)) return Step::done;
      return table_rest(token);
    case TokenKind::end:
      return in_body(token);
  }
  return Step::done;
}

TreeBuilder::Step TreeBuilder::table_start(const Token& token) {
  const auto open_part = [&](Mode mode) {
    open_.pop_to(kTableScope);
    if (mode == Mode::in_caption) formatting_.push_marker();
    insert(token);
    mode_ = mode;
    return Step::done;
  };
  const auto open_missing = [&](Tag tag, Mode mode) {
    open_.pop_to(kTableScope);
    insert_missing(tag);
    mode_ = mode;
    return Step::again;
  };
  switch (token.tag) {
    case Tag::caption:
      return open_part(Mode::in_caption);
    case Tag::colgroup:
      return open_part(Mode::in_column_group);
    case Tag::tbody:
    case Tag::tfoot:
    case Tag::thead:
      return open_part(Mode::in_table_body);
    case Tag::col:
      return open_missing(Tag::colgroup, Mode::in_column_group);
    case Tag::td:
    case Tag::th:
    case Tag::tr:
      return open_missing(Tag::tbody, Mode::in_table_body);
    case Tag::table:
      if (!open_.has_in(kTableScope, Tag::table)) return Step::done;
      open_.pop_through(Tag::table);
      reset_mode();
      return Step::again;
    case Tag::style:
    case Tag::script:
    case Tag::template_:
      return in_head(token);
    case Tag::input: {
      bool is_hidden = false;
      for (std::size_t i = token.first_attribute; i < tree_.attributes.size(); ++i) {
        if (tree_.attributes[i].name == "type") is_hidden = is_same_word(tree_.attributes[i].value, "hidden");
      }
      if (!is_hidden) return table_rest(token);
      insert_leaf(token);
      return Step::done;
    }
    case Tag::form:
      if (has_template() || form_ != kNoNode) return Step::done;
      form_ = create(token, Namespace::html);
      put(form_, place());
      return Step::done;
    default:
      return table_rest(token);
  }
}

/// What does not stand in a table goes in front of it.
TreeBuilder::Step TreeBuilder::table_rest(const Token& token) {
  is_fostering_ = true;
  const Step step = in_body(token);
  is_fostering_ = false;
  return step;
}

TreeBuilder::Step TreeBuilder::in_table_text(const Token& token) {
  if (token.kind == TokenKind::text) {
    if (chunk_.bytes().front() != '\0') table_text_.push_back(chunk_);
    return Step::done;
  }
  flush_table_text();
  mode_ = original_mode_;
  return Step::again;
}

/// White space stays in the table; with a single letter among it all of it goes in front.
void TreeBuilder::flush_table_text() {
  bool is_blank = true;
  for (const TextChunk& chunk : table_text_) {
    const std::string_view bytes = chunk.bytes();
    for (std::size_t i = 0; is_blank && i < bytes.size(); ++i) is_blank = is_space(bytes[i]);
  }
  is_fostering_ = !is_blank;
  for (const TextChunk& chunk : table_text_) {
    chunk_ = chunk;
    if (is_blank) {
      insert_text(chunk_);
    } else {
      body_text();
    }
  }
  is_fostering_ = false;
  table_text_.clear();
}

TreeBuilder::Step TreeBuilder::in_caption(const Token& token) {
  const bool is_start = token.kind == TokenKind::start_tag;
  const bool is_end = token.kind == TokenKind::end_tag;
  const bool ends = is_end && token.tag == Tag::caption;
  if (ends || (is_start && is_table_part(token.tag)) || (is_end && token.tag == Tag::table)) {
    if (!open_.has_in(kTableScope, Tag::caption)) return Step::done;
    open_.imply_ends();
    open_.pop_through(Tag::caption);
    formatting_.clear_to_marker();
    mode_ = Mode::in_table;
    return ends ? Step::done : Step::again;
  }
  if (is_end && (is_column_or_root(token.tag) || is_table_part(token.tag))) return Step::done;
  return in_body(token);
}

TreeBuilder::Step TreeBuilder::in_column_group(const Token& token) {
  switch (token.kind) {
    case TokenKind::text:
      insert_space();
      if (!has_text()) return Step::done;
      break;
    case TokenKind::comment:
      insert_comment(token);
      return Step::done;
    case TokenKind::doctype:
      return Step::done;
    case TokenKind::start_tag:
      if (token.tag == Tag::html) return in_body(token);
      if (token.tag == Tag::template_) return in_head(token);
      if (token.tag != Tag::col) break;
      insert_leaf(token);
      return Step::done;
    case TokenKind::end_tag:
      if (token.tag == Tag::template_) return in_head(token);
      if (token.tag == Tag::col) return Step::done;
      if (token.tag != Tag::colgroup) break;
      if (!open_.top().is_html(Tag::colgroup)) return Step::done;
      open_.pop();
      mode_ = Mode::in_table;
      return Step::done;
    case TokenKind::end:
      return in_body(token);
  }
  if (!open_.top().is_html(Tag::colgroup)) return Step::done;
  open_.pop();
  mode_ = Mode::in_table;
  return Step::again;
}

/// Ends the section of a table that is open.
TreeBuilder::Step TreeBuilder::close_section() {
  const bool is_open = open_.has_in(kTableScope, Tag::tbody) || open_.has_in(kTableScope, Tag::thead) ||
                       open_.has_in(kTableScope, Tag::tfoot);
  if (!is_open) return Step::done;
  pop_until({Tag::tbody, Tag::tfoot, Tag::thead, Tag::template_, Tag::html});
  open_.pop();
  mode_ = Mode::in_table;
  return Step::again;
}

TreeBuilder::Step TreeBuilder::in_table_body(const Token& token) {
  const auto clear = [this] { pop_until({Tag::tbody, Tag::tfoot, Tag::thead, Tag::template_, Tag::html}); };
  if (token.kind == TokenKind::start_tag) {
    if (token.tag == Tag::tr) {
      clear();
      insert(token);
      mode_ = Mode::in_row;
      return Step::done;
    }
    if (is_cell(token.tag)) {
      clear();
      insert_missing(Tag::tr);
      mode_ = Mode::in_row;
      return Step::again;
    }
    if (is_table_part(token.tag)) return close_section();
  } else if (token.kind == TokenKind::end_tag) {
    if (is_section(token.tag)) {
      if (!open_.has_in(kTableScope, token.tag)) return Step::done;
      clear();
      open_.pop();
      mode_ = Mode::in_table;
      return Step::done;
    }
    if (token.tag == Tag::table) return close_section();
    if (is_column_or_root(token.tag) || is_cell(token.tag) || token.tag == Tag::tr) return Step::done;
  }
  return in_table(token);
}

/// False when no row is open.
bool TreeBuilder::close_row() {
  if (!open_.has_in(kTableScope, Tag::tr)) return false;
  pop_until({Tag::tr, Tag::template_, Tag::html});
  open_.pop();
  mode_ = Mode::in_table_body;
  return true;
}

TreeBuilder::Step TreeBuilder::in_row(const Token& token) {
  if (token.kind == TokenKind::start_tag) {
    if (is_cell(token.tag)) {
      pop_until({Tag::tr, Tag::template_, Tag::html});
      insert(token);
      mode_ = Mode::in_cell;
      formatting_.push_marker();
      return Step::done;
    }
    if (is_table_part(token.tag)) return close_row() ? Step::again : Step::done;
  } else if (token.kind == TokenKind::end_tag) {
    if (token.tag == Tag::tr) {
      close_row();
      return Step::done;
    }
    if (token.tag == Tag::table) return close_row() ? Step::again : Step::done;
    if (is_section(token.tag)) {
      if (!open_.has_in(kTableScope, token.tag)) return Step::done;
      return close_row() ? Step::again : Step::done;
    }
    if (is_column_or_root(token.tag) || is_cell(token.tag)) return Step::done;
  }
  return in_table(token);
}

void TreeBuilder::close_cell() {
  open_.imply_ends();
  pop_until({Tag::td, Tag::th, Tag::html});
  if (open_.size() > 1) open_.pop();
  formatting_.clear_to_marker();
  mode_ = Mode::in_row;
}

TreeBuilder::Step TreeBuilder::in_cell(const Token& token) {
  if (token.kind == TokenKind::end_tag) {
    if (is_cell(token.tag)) {
      if (!open_.has_in(kTableScope, token.tag)) return Step::done;
      open_.imply_ends();
      open_.pop_through(token.tag);
      formatting_.clear_to_marker();
      mode_ = Mode::in_row;
      return Step::done;
    }
    if (is_column_or_root(token.tag)) return Step::done;
    if (is_section(token.tag) || token.tag == Tag::tr || token.tag == Tag::table) {
      if (!open_.has_in(kTableScope, token.tag)) return Step::done;
      close_cell();
      return Step::again;
    }
  } else if (token.kind == TokenKind::start_tag && is_table_part(token.tag)) {
    close_cell();
    return Step::again;
  }
  return in_body(token);
}

}  // namespace gavah::html
