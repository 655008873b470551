// From the start of the page to its body (section 13.2.6.4.1 to 13.2.6.4.6, and .8).
#include "html/tree_builder.h"

namespace gavah::html {
namespace {

/// End tags that stand for the element they would end, before there is a body.
bool ends_nothing(const Token& token) {
  return token.kind == TokenKind::end_tag && token.tag != Tag::head && token.tag != Tag::body &&
         token.tag != Tag::html && token.tag != Tag::br;
}

}  // namespace

TreeBuilder::Step TreeBuilder::initial(const Token& token) {
  if (token.kind == TokenKind::text) {
    take_space();
    if (!has_text()) return Step::done;
  } else if (token.kind == TokenKind::comment) {
    insert_comment(token, 0);
    return Step::done;
  } else if (token.kind == TokenKind::doctype) {
    TreeNode node;
    node.kind = TreeKind::doctype;
    node.source = token.source;
    node.name = static_cast<std::uint32_t>(tree_.notes.size());
    tree_.notes.push_back({token.doctype_name.value_or(std::string_view()),
                           token.public_id.value_or(std::string_view()), token.system_id.value_or(std::string_view())});
    tree_.append(0, tree_.add(node));
    is_quirky_ = is_quirky(token);
    mode_ = Mode::before_html;
    return Step::done;
  }
  is_quirky_ = true;
  mode_ = Mode::before_html;
  return Step::again;
}

TreeBuilder::Step TreeBuilder::before_html(const Token& token) {
  if (token.kind == TokenKind::text) {
    take_space();
    if (!has_text()) return Step::done;
  } else if (token.kind == TokenKind::comment) {
    insert_comment(token, 0);
    return Step::done;
  } else if (token.kind == TokenKind::doctype || ends_nothing(token)) {
    return Step::done;
  }
  const bool is_there = token.kind == TokenKind::start_tag && token.tag == Tag::html;
  TreeNode made;
  made.tag = Tag::html;
  const NodeIndex node = is_there ? create(token, Namespace::html) : tree_.add(made);
  tree_.append(0, node);
  open_.push(element_of(node));
  mode_ = Mode::before_head;
  return is_there ? Step::done : Step::again;
}

TreeBuilder::Step TreeBuilder::before_head(const Token& token) {
  if (token.kind == TokenKind::text) {
    take_space();
    if (!has_text()) return Step::done;
  } else if (token.kind == TokenKind::comment) {
    insert_comment(token);
    return Step::done;
  } else if (token.kind == TokenKind::doctype || ends_nothing(token)) {
    return Step::done;
  } else if (token.kind == TokenKind::start_tag && token.tag == Tag::html) {
    return in_body(token);
  } else if (token.kind == TokenKind::start_tag && token.tag == Tag::head) {
    head_ = insert(token);
    mode_ = Mode::in_head;
    return Step::done;
  }
  head_ = insert_missing(Tag::head);
  mode_ = Mode::in_head;
  return Step::again;
}

TreeBuilder::Step TreeBuilder::in_head(const Token& token) {
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
      if (in_head_start(token) == Step::done) return Step::done;
      break;
    case TokenKind::end_tag:
      if (token.tag == Tag::template_) {
        end_template();
        return Step::done;
      }
      if (token.tag == Tag::head) {
        open_.pop();
        mode_ = Mode::after_head;
        return Step::done;
      }
      if (ends_nothing(token)) return Step::done;
      break;
    case TokenKind::end:
      break;
  }
  open_.pop();
  mode_ = Mode::after_head;
  return Step::again;
}

/// Step::again for what does not stand in a head.
TreeBuilder::Step TreeBuilder::in_head_start(const Token& token) {
  switch (token.tag) {
    case Tag::html:
      return in_body(token);
    case Tag::base:
    case Tag::basefont:
    case Tag::bgsound:
    case Tag::link:
    case Tag::meta:
      insert_leaf(token);
      return Step::done;
    case Tag::title:
      insert_raw(token, Content::rcdata);
      return Step::done;
    case Tag::noframes:
    case Tag::style:
      insert_raw(token, Content::rawtext);
      return Step::done;
    case Tag::noscript:
      if (options_.scripting == Scripting::on) {
        insert_raw(token, Content::rawtext);
      } else {
        insert(token);
        mode_ = Mode::in_head_noscript;
      }
      return Step::done;
    case Tag::script:
      insert_raw(token, Content::script);
      return Step::done;
    case Tag::template_:
      insert(token);
      formatting_.push_marker();
      is_frameset_ok_ = false;
      mode_ = Mode::in_template;
      template_modes_.push_back(Mode::in_template);
      return Step::done;
    case Tag::head:
      return Step::done;
    default:
      return Step::again;
  }
}

void TreeBuilder::end_template() {
  if (!has_template()) return;
  open_.imply_ends_thoroughly();
  open_.pop_through(Tag::template_);
  formatting_.clear_to_marker();
  template_modes_.pop_back();
  reset_mode();
}

TreeBuilder::Step TreeBuilder::in_head_noscript(const Token& token) {
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
      switch (token.tag) {
        case Tag::html:
          return in_body(token);
        case Tag::basefont:
        case Tag::bgsound:
        case Tag::link:
        case Tag::meta:
        case Tag::noframes:
        case Tag::style:
          return in_head(token);
        case Tag::head:
        case Tag::noscript:
          return Step::done;
        default:
          break;
      }
      break;
    case TokenKind::end_tag:
      if (token.tag == Tag::noscript) {
        open_.pop();
        mode_ = Mode::in_head;
        return Step::done;
      }
      if (token.tag != Tag::br) return Step::done;
      break;
    case TokenKind::end:
      break;
  }
  open_.pop();
  mode_ = Mode::in_head;
  return Step::again;
}

TreeBuilder::Step TreeBuilder::after_head(const Token& token) {
  const bool is_start = token.kind == TokenKind::start_tag;
  if (token.kind == TokenKind::text) {
    insert_space();
    if (!has_text()) return Step::done;
  } else if (token.kind == TokenKind::comment) {
    insert_comment(token);
    return Step::done;
  } else if (token.kind == TokenKind::doctype) {
    return Step::done;
  } else if (token.kind == TokenKind::end_tag) {
    if (token.tag == Tag::template_) return in_head(token);
    if (ends_nothing(token) || token.tag == Tag::head) return Step::done;
  } else if (is_start && token.tag == Tag::html) {
    return in_body(token);
  } else if (is_start && token.tag == Tag::body) {
    insert(token);
    is_frameset_ok_ = false;
    mode_ = Mode::in_body;
    return Step::done;
  } else if (is_start && token.tag == Tag::frameset) {
    insert(token);
    mode_ = Mode::in_frameset;
    return Step::done;
  } else if (is_start && token.tag != Tag::noscript) {
    // What belongs into the head goes there, late as it is.
    open_.push(element_of(head_));
    const Step step = in_head_start(token);
    open_.remove(open_.index_of(head_));
    if (step == Step::done) return step;
  }
  insert_missing(Tag::body);
  mode_ = Mode::in_body;
  return Step::again;
}

TreeBuilder::Step TreeBuilder::text_content(const Token& token) {
  if (token.kind == TokenKind::text) {
    insert_text(chunk_);
    return Step::done;
  }
  open_.pop();
  mode_ = original_mode_;
  return token.kind == TokenKind::end_tag ? Step::done : Step::again;
}

}  // namespace gavah::html
