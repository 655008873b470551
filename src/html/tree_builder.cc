#include "html/tree_builder.h"

#include <algorithm>

#include "html/foreign_names.h"
#include "html/letters.h"
#include "html/selected_content.h"
#include "html/tags.h"

namespace gavah::html {
namespace {

/// Copies of formatting elements that a page may cause: some, and one for so many of its bytes.
constexpr std::size_t kCopies = 4096;
constexpr std::size_t kBytesPerCopy = 8;

Content content_of(Tag tag, Scripting scripting) {
  switch (tag) {
    case Tag::title:
    case Tag::textarea:
      return Content::rcdata;
    case Tag::style:
    case Tag::xmp:
    case Tag::iframe:
    case Tag::noembed:
    case Tag::noframes:
      return Content::rawtext;
    case Tag::noscript:
      return scripting == Scripting::on ? Content::rawtext : Content::data;
    case Tag::script:
      return Content::script;
    case Tag::plaintext:
      return Content::plaintext;
    default:
      return Content::data;
  }
}

}  // namespace

TreeBuilder::TreeBuilder(std::string_view page, const TreeOptions& options)
    : options_(options),
      tree_(page),
      tokenizer_(page, tree_.arena, tree_.attributes),
      copies_left_(kCopies + page.size() / kBytesPerCopy) {}

Tree TreeBuilder::build() {
  if (options_.fragment) begin_fragment(*options_.fragment);
  while (!is_stopped_) take(tokenizer_.next());
  if (has_selected_content_) fill_selected_content(tree_);
  return std::move(tree_);
}

/// Section 13.4. The context element is no part of the tree, but answers for the root.
void TreeBuilder::begin_fragment(const FragmentContext& context) {
  std::string name(context.name);
  for (char& c : name) c = lower(c);
  context_.tag = tag_from(name);
  context_.space = context.space;
  context_.traits = traits_of(context_.tag, context.space);
  const Content content =
      context.space == Namespace::html ? content_of(context_.tag, options_.scripting) : Content::data;
  tokenizer_.enter(content, {});  // no end tag ends the context
  TreeNode root;
  root.tag = Tag::html;
  const NodeIndex html = tree_.add(root);
  tree_.append(0, html);
  open_.push(element_of(html));
  if (context_.is_html(Tag::template_)) template_modes_.push_back(Mode::in_template);
  if (context_.is_html(Tag::form)) form_ = 0;  // any node: it only says that there is one
  reset_mode();
  update_cdata();
}

/// Whether the tree is full and the token would add to it.
bool TreeBuilder::is_beyond_limit(const Token& token) {
  if (tree_.nodes.size() < options_.nodes) return false;
  const bool is_end = token.kind == TokenKind::end_tag && (token.tag == Tag::p || token.tag == Tag::br);
  const bool is_start =
      token.kind == TokenKind::start_tag && content_of(token.tag, options_.scripting) == Content::data;
  if (!is_start && !is_end && token.kind != TokenKind::comment) return false;
  tree_.is_flattened = true;
  if (is_start) tree_.attributes.resize(token.first_attribute);
  return true;
}

void TreeBuilder::take(const Token& token) {
  if (is_beyond_limit(token)) return;
  if (token.kind == TokenKind::text) {
    chunk_ = token.text;
    if (skips_line_feed_ && chunk_.bytes().front() == '\n') {
      skips_line_feed_ = false;
      if (!chunk_.is_copied || chunk_.source.size() == 1) return;
      ++chunk_.source.begin;
      ++chunk_.copied;
    }
  }
  skips_line_feed_ = false;
  has_taken_attributes_ = false;
  while (dispatch(token) == Step::again) {
  }
  if (token.kind == TokenKind::start_tag && !has_taken_attributes_) tree_.attributes.resize(token.first_attribute);
  if (token.kind == TokenKind::start_tag || token.kind == TokenKind::end_tag) update_cdata();
}

const OpenElement& TreeBuilder::adjusted_current() const {
  return options_.fragment && open_.size() == 1 ? context_ : open_.top();
}

void TreeBuilder::update_cdata() {
  const bool is_foreign = !open_.empty() && adjusted_current().space != Namespace::html;
  tokenizer_.set_cdata(is_foreign ? Cdata::section : Cdata::comment);
}

/// Whether the rules for foreign content apply (section 13.2.6).
bool TreeBuilder::is_foreign(const Token& token) const {
  if (open_.empty()) return false;
  const OpenElement& current = adjusted_current();
  if (current.space == Namespace::html || token.kind == TokenKind::end) return false;
  const bool is_start = token.kind == TokenKind::start_tag;
  const bool is_text = token.kind == TokenKind::text;
  if (current.has(kMathText) && (is_text || (is_start && token.tag != Tag::mglyph && token.tag != Tag::malignmark)))
    return false;
  if (current.has(kAnnotationXml) && is_start && token.tag == Tag::svg) return false;
  return !(current.has(kHtmlPoint) && (is_start || is_text));
}

TreeBuilder::Step TreeBuilder::dispatch(const Token& token) {
  if (open_.size() >= kOpenElements && token.kind == TokenKind::start_tag) {
    const bool replaces = open_.top().has(kImpliedEnd) && open_.top().tag == token.tag;
    if (!replaces) return flat_start(token);
  }
  if (unopened_sum_ > 0 && token.kind == TokenKind::end_tag && flat_end(token)) return Step::done;
  return is_foreign(token) ? in_foreign(token) : by_mode(token);
}

TreeBuilder::Step TreeBuilder::by_mode(const Token& token) {
  switch (mode_) {
    case Mode::initial:
      return initial(token);
    case Mode::before_html:
      return before_html(token);
    case Mode::before_head:
      return before_head(token);
    case Mode::in_head:
      return in_head(token);
    case Mode::in_head_noscript:
      return in_head_noscript(token);
    case Mode::after_head:
      return after_head(token);
    case Mode::in_body:
      return in_body(token);
    case Mode::text:
      return text_content(token);
    case Mode::in_table:
      return in_table(token);
    case Mode::in_table_text:
      return in_table_text(token);
    case Mode::in_caption:
      return in_caption(token);
    case Mode::in_column_group:
      return in_column_group(token);
    case Mode::in_table_body:
      return in_table_body(token);
    case Mode::in_row:
      return in_row(token);
    case Mode::in_cell:
      return in_cell(token);
    case Mode::in_template:
      return in_template(token);
    case Mode::after_body:
      return after_body(token);
    case Mode::in_frameset:
      return in_frameset(token);
    case Mode::after_frameset:
      return after_frameset(token);
    case Mode::after_after_body:
      return after_after_body(token);
    case Mode::after_after_frameset:
      return after_after_frameset(token);
  }
  return Step::done;
}

/// As deep as it goes: the element is there with its attributes, what it holds becomes its siblings.
TreeBuilder::Step TreeBuilder::flat_start(const Token& token) {
  tree_.is_flattened = true;
  const Namespace space = is_foreign(token) ? adjusted_current().space : Namespace::html;
  const Content content = space == Namespace::html ? content_of(token.tag, options_.scripting) : Content::data;
  if (content != Content::data && mode_ != Mode::text) {
    insert_raw(token, content);
    return Step::done;
  }
  put(create(token, space), place());
  const bool is_leaf =
      (traits_of(token.tag, space) & kVoid) != 0 || (space != Namespace::html && token.is_self_closing);
  if (!is_leaf) {
    ++unopened_[static_cast<std::size_t>(token.tag)];
    ++unopened_sum_;
  }
  return Step::done;
}

/// True for the end tag of an element that was not opened.
bool TreeBuilder::flat_end(const Token& token) {
  if (mode_ == Mode::text) return false;
  if (open_.size() < kOpenElements) {
    unopened_.fill(0);
    unopened_sum_ = 0;
    return false;
  }
  std::uint32_t& unopened = unopened_[static_cast<std::size_t>(token.tag)];
  if (unopened == 0) return false;
  --unopened;
  --unopened_sum_;
  return true;
}

TreeBuilder::Place TreeBuilder::place_in(const OpenElement& target) const {
  if (is_fostering_ && target.has(kTablePart)) return foster_place();
  return {target.node, kNoNode};
}

/// In front of the innermost table (section 13.2.6.1).
TreeBuilder::Place TreeBuilder::foster_place() const {
  const std::size_t table = open_.last(Tag::table);
  const std::size_t content = open_.last(Tag::template_);
  if (content != OpenElements::kNowhere && (table == OpenElements::kNowhere || content > table))
    return {open_[content].node, kNoNode};
  if (table == OpenElements::kNowhere) return {open_[0].node, kNoNode};
  const NodeIndex node = open_[table].node;
  if (tree_.nodes[node].parent != kNoNode) return {tree_.nodes[node].parent, node};
  return {open_[table - 1].node, kNoNode};
}

void TreeBuilder::put(NodeIndex node, Place where) {
  if (where.next == kNoNode) {
    tree_.append(where.parent, node);
  } else {
    tree_.insert_before(where.next, node);
  }
}

/// Whether an annotation says that its content is HTML.
bool TreeBuilder::holds_html(const Token& token) const {
  for (std::size_t i = token.first_attribute; i < tree_.attributes.size(); ++i) {
    const Attribute& attribute = tree_.attributes[i];
    if (attribute.name == "encoding")
      return is_same_word(attribute.value, "text/html") || is_same_word(attribute.value, "application/xhtml+xml");
  }
  return false;
}

NodeIndex TreeBuilder::create(const Token& token, Namespace space) {
  TreeNode node;
  node.tag = token.tag;
  node.space = space;
  node.source = token.source;
  has_selected_content_ = has_selected_content_ || token.tag == Tag::selectedcontent;
  if (token.tag == Tag::other) node.name = tree_.number_of(token.name);
  node.first = static_cast<std::uint32_t>(token.first_attribute);
  node.count = static_cast<std::uint32_t>(tree_.attributes.size() - token.first_attribute);
  has_taken_attributes_ = true;
  if (token.tag == Tag::annotation_xml && space == Namespace::math) node.is_html_point = holds_html(token);
  return tree_.add(node);
}

/// The element once more, without its children; it stands for the same start tag.
NodeIndex TreeBuilder::create_copy(NodeIndex of) {
  TreeNode node = tree_.nodes[of];
  node.parent = node.first_child = node.last_child = node.previous = node.next = kNoNode;
  if (copies_left_ > 0) --copies_left_;
  return tree_.add(node);
}

OpenElement TreeBuilder::element_of(NodeIndex index) const {
  const TreeNode& node = tree_.nodes[index];
  const std::uint32_t point = node.is_html_point ? kHtmlPoint : 0U;
  return {index, node.tag, node.space, traits_of(node.tag, node.space) | point};
}

NodeIndex TreeBuilder::insert(const Token& token, Namespace space) {
  const NodeIndex node = create(token, space);
  put(node, place());
  open_.push(element_of(node));
  return node;
}

/// An element that the page leaves out.
NodeIndex TreeBuilder::insert_missing(Tag tag) {
  TreeNode made;
  made.tag = tag;
  const NodeIndex node = tree_.add(made);
  put(node, place());
  open_.push(element_of(node));
  return node;
}

void TreeBuilder::insert_leaf(const Token& token) { put(create(token, Namespace::html), place()); }

void TreeBuilder::insert_comment(const Token& token, NodeIndex parent) {
  TreeNode node;
  node.kind = TreeKind::comment;
  node.source = token.source;
  node.name = static_cast<std::uint32_t>(tree_.notes.size());
  tree_.notes.push_back({token.comment, {}, {}});
  tree_.append(parent, tree_.add(node));
}

void TreeBuilder::insert_comment(const Token& token) {
  TreeNode node;
  node.kind = TreeKind::comment;
  node.source = token.source;
  node.name = static_cast<std::uint32_t>(tree_.notes.size());
  tree_.notes.push_back({token.comment, {}, {}});
  put(tree_.add(node), place());
}

void TreeBuilder::insert_text(const TextChunk& chunk) {
  const Place where = place();
  if (where.parent != 0) tree_.add_text(where.parent, where.next, chunk);
}

/// An element whose content is no markup.
void TreeBuilder::insert_raw(const Token& token, Content content) {
  insert(token);
  tokenizer_.enter(content);
  if (content == Content::plaintext) return;
  original_mode_ = mode_;
  mode_ = Mode::text;
}

/// Attributes that the element does not have yet.
void TreeBuilder::merge_attributes(NodeIndex node, const Token& token) {
  auto& all = tree_.attributes;
  const std::size_t past = all.size();
  std::vector<Attribute> added;
  for (std::size_t i = token.first_attribute; i < past; ++i) {
    const auto own = tree_.attributes_of(node);
    const auto is_same = [&](const Attribute& other) { return other.name == all[i].name; };
    if (std::find_if(own.begin(), own.end(), is_same) == own.end()) added.push_back(all[i]);
  }
  const std::size_t count = tree_.nodes[node].count;
  if (added.empty() || count + added.size() > Tokenizer::kAttributesPerTag) return;
  const std::size_t first = tree_.nodes[node].first;
  all.resize(token.first_attribute);
  all.reserve(all.size() + count + added.size());
  const std::size_t begin = all.size();
  for (std::size_t i = 0; i < count; ++i) all.push_back(all[first + i]);
  all.insert(all.end(), added.begin(), added.end());
  tree_.nodes[node].first = static_cast<std::uint32_t>(begin);
  tree_.nodes[node].count = static_cast<std::uint32_t>(count + added.size());
  has_taken_attributes_ = true;
}

/// Cuts the white space off that the current text begins with.
TextChunk TreeBuilder::take_space() {
  TextChunk out = chunk_;
  const std::string_view bytes = chunk_.bytes();
  std::size_t size = 0;
  while (size < bytes.size() && is_space(bytes[size])) ++size;
  if (chunk_.is_copied) {
    out.source.end = chunk_.source.begin += static_cast<std::uint32_t>(size);
    chunk_.copied += size;
  } else if (size > 0) {
    chunk_.size = 0;
  } else {
    out.size = 0;
  }
  return out;
}

void TreeBuilder::pop_until(std::initializer_list<Tag> tags) {
  const auto is_one = [&](const OpenElement& element) {
    return element.space == Namespace::html && std::find(tags.begin(), tags.end(), element.tag) != tags.end();
  };
  while (!is_one(open_.top())) open_.pop();
}

TreeBuilder::Step TreeBuilder::stop() {
  is_stopped_ = true;
  return Step::done;
}

/// Section 13.2.4.1.
void TreeBuilder::reset_mode() {
  for (std::size_t i = open_.size(); i-- > 0;) {
    const bool is_last = i == 0;
    const OpenElement& element = is_last && options_.fragment ? context_ : open_[i];
    if (element.space != Namespace::html) continue;
    switch (element.tag) {
      case Tag::td:
      case Tag::th:
        if (is_last) break;
        mode_ = Mode::in_cell;
        return;
      case Tag::tr:
        mode_ = Mode::in_row;
        return;
      case Tag::tbody:
      case Tag::thead:
      case Tag::tfoot:
        mode_ = Mode::in_table_body;
        return;
      case Tag::caption:
        mode_ = Mode::in_caption;
        return;
      case Tag::colgroup:
        mode_ = Mode::in_column_group;
        return;
      case Tag::table:
        mode_ = Mode::in_table;
        return;
      case Tag::template_:
        mode_ = template_modes_.back();
        return;
      case Tag::head:
        if (is_last) break;
        mode_ = Mode::in_head;
        return;
      case Tag::body:
        mode_ = Mode::in_body;
        return;
      case Tag::frameset:
        mode_ = Mode::in_frameset;
        return;
      case Tag::html:
        mode_ = head_ == kNoNode ? Mode::before_head : Mode::after_head;
        return;
      default:
        break;
    }
  }
  mode_ = Mode::in_body;
}

}  // namespace gavah::html
