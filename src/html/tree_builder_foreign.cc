// SVG and MathML (section 13.2.6.5).
#include <array>

#include "html/foreign_names.h"
#include "html/letters.h"
#include "html/tree_builder.h"

namespace gavah::html {
namespace {

/// HTML elements that end foreign content.
constexpr std::array<bool, kTags> kBreakOut = [] {
  using enum Tag;
  std::array<bool, kTags> out{};
  for (const Tag tag :
       {b,   big,  blockquote, body,  br,   center, code,   dd,  div, dl,      dt,   em,   embed, h1, h2,
        h3,  h4,   h5,         h6,    head, hr,     i,      img, li,  listing, menu, meta, nobr,  ol, p,
        pre, ruby, s,          small, span, strong, strike, sub, sup, table,   tt,   u,    ul,    var})
    out[static_cast<std::size_t>(tag)] = true;
  return out;
}();

bool is_font_attribute(std::string_view name) { return name == "color" || name == "face" || name == "size"; }

}  // namespace

TreeBuilder::Step TreeBuilder::in_foreign(const Token& token) {
  switch (token.kind) {
    case TokenKind::text: {
      const std::string_view bytes = chunk_.bytes();
      if (bytes.front() == '\0') {
        chunk_.size = 3;
        std::copy_n(kReplacement, 3, chunk_.decoded.begin());
      }
      insert_text(chunk_);
      for (std::size_t i = 0; is_frameset_ok_ && i < bytes.size(); ++i)
        is_frameset_ok_ = is_space(bytes[i]) || token.text.bytes().front() == '\0';
      return Step::done;
    }
    case TokenKind::comment:
      insert_comment(token);
      return Step::done;
    case TokenKind::start_tag:
      return foreign_start(token);
    case TokenKind::end_tag:
      return foreign_end(token);
    case TokenKind::doctype:
    case TokenKind::end:
      break;
  }
  return Step::done;
}

TreeBuilder::Step TreeBuilder::foreign_start(const Token& token) {
  bool breaks_out = kBreakOut[static_cast<std::size_t>(token.tag)];
  for (std::size_t i = token.first_attribute; token.tag == Tag::font && i < tree_.attributes.size(); ++i)
    breaks_out = breaks_out || is_font_attribute(tree_.attributes[i].name);
  if (breaks_out) {
    const auto is_out = [](const OpenElement& element) {
      return element.space == Namespace::html || element.has(kMathText | kHtmlPoint);
    };
    while (!is_out(open_.top())) open_.pop();
    return by_mode(token);
  }
  const Namespace space = adjusted_current().space;
  adjust_attributes(token, space);
  if (token.is_self_closing) {
    put(create(token, space), place());
  } else {
    insert(token, space);
  }
  return Step::done;
}

TreeBuilder::Step TreeBuilder::foreign_end(const Token& token) {
  if (token.tag == Tag::br || token.tag == Tag::p) {
    while (open_.top().space != Namespace::html && !open_.top().has(kMathText | kHtmlPoint)) open_.pop();
    return by_mode(token);
  }
  const std::uint32_t number = token.tag == Tag::other ? tree_.number_of(token.name) : 0;
  for (std::size_t i = open_.size(); i-- > 1;) {
    const OpenElement& element = open_[i];
    if (element.space == Namespace::html) return by_mode(token);
    if (element.tag != token.tag || (number != 0 && tree_.nodes[element.node].name != number)) continue;
    open_.pop_through_index(i);
    return Step::done;
  }
  return Step::done;
}

void TreeBuilder::adjust_attributes(const Token& token, Namespace space) {
  for (std::size_t i = token.first_attribute; i < tree_.attributes.size(); ++i) {
    std::string_view& name = tree_.attributes[i].name;
    name = space == Namespace::svg ? svg_attribute(name) : math_attribute(name);
  }
}

}  // namespace gavah::html
