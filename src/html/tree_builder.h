#pragma once

#include <array>
#include <optional>
#include <string_view>
#include <vector>

#include "html/formatting_list.h"
#include "html/open_elements.h"
#include "html/tokenizer.h"
#include "html/tree.h"

namespace gavah::html {

enum class Scripting : std::uint8_t { off, on };

/// The element that a fragment is read into (section 13.4).
struct FragmentContext {
  std::string_view name;
  Namespace space = Namespace::html;
};

/// A node costs about a hundred bytes while the page is read; pages that people write have thousands.
inline constexpr std::size_t kNodes = 4'000'000;

struct TreeOptions {
  Scripting scripting = Scripting::off;     ///< on: <noscript> holds raw text
  std::optional<FragmentContext> fragment;  ///< nothing: a whole page
  std::size_t nodes = kNodes;               ///< with so many, only text and elements that hold raw text are added
};

/// Builds the tree of a page (HTML living standard, section 13.2.6, customizable select included; nothing runs). Any
/// bytes give a tree. Linear time and memory in the page: beyond kOpenElements elements are added without being opened,
/// beyond the budget of copies formatting elements are not opened again, beyond options.nodes tags are passed over; the
/// tree then says is_flattened. The page outlives the tree. Any thread, one page each.
class TreeBuilder {
 public:
  /// As deep as browsers go.
  static constexpr std::size_t kOpenElements = 512;

  TreeBuilder(std::string_view page, const TreeOptions& options);
  TreeBuilder(const TreeBuilder&) = delete;
  TreeBuilder& operator=(const TreeBuilder&) = delete;
  /// To be called once.
  Tree build();

 private:
  enum class Mode : std::uint8_t {
    initial,
    before_html,
    before_head,
    in_head,
    in_head_noscript,
    after_head,
    in_body,
    text,
    in_table,
    in_table_text,
    in_caption,
    in_column_group,
    in_table_body,
    in_row,
    in_cell,
    in_template,
    after_body,
    in_frameset,
    after_frameset,
    after_after_body,
    after_after_frameset,
  };
  /// Whether a token is dealt with, or goes to the mode that is current now.
  enum class Step : std::uint8_t { done, again };
  struct Place {
    NodeIndex parent;
    NodeIndex next;
  };

  // tree_builder.cc: the loop, places, insertion
  void begin_fragment(const FragmentContext& context);
  void take(const Token& token);
  bool is_beyond_limit(const Token& token);
  Step dispatch(const Token& token);
  Step by_mode(const Token& token);
  bool is_foreign(const Token& token) const;
  const OpenElement& adjusted_current() const;
  void update_cdata();
  Step flat_start(const Token& token);
  bool flat_end(const Token& token);
  Place place() const { return place_in(open_.top()); }
  Place place_in(const OpenElement& target) const;
  Place foster_place() const;
  void put(NodeIndex node, Place where);
  bool holds_html(const Token& token) const;
  NodeIndex create(const Token& token, Namespace space);
  NodeIndex create_copy(NodeIndex of);
  OpenElement element_of(NodeIndex node) const;
  NodeIndex insert(const Token& token, Namespace space = Namespace::html);
  NodeIndex insert_missing(Tag tag);
  void insert_leaf(const Token& token);
  void insert_comment(const Token& token, NodeIndex parent);
  void insert_comment(const Token& token);
  void insert_text(const TextChunk& chunk);
  void insert_raw(const Token& token, Content content);
  void merge_attributes(NodeIndex node, const Token& token);
  TextChunk take_space();
  void insert_space() {
    if (const TextChunk space = take_space(); !space.bytes().empty()) insert_text(space);
  }
  bool has_text() const { return !chunk_.bytes().empty(); }
  void reset_mode();
  void pop_until(std::initializer_list<Tag> tags);
  Step stop();

  // tree_builder_head.cc
  Step initial(const Token& token);
  Step before_html(const Token& token);
  Step before_head(const Token& token);
  Step in_head(const Token& token);
  Step in_head_start(const Token& token);
  void end_template();
  Step in_head_noscript(const Token& token);
  Step after_head(const Token& token);
  Step text_content(const Token& token);

  // tree_builder_body.cc
  Step in_body(const Token& token);
  void body_text();
  Step body_start(const Token& token);
  Step body_start_rare(const Token& token);
  void start_raw(const Token& token);
  void start_button(const Token& token);
  void start_nobr(const Token& token);
  void start_list_item(const Token& token);
  void start_definition(const Token& token);
  void start_anchor(const Token& token);
  void start_formatting(const Token& token);
  void start_form(const Token& token);
  void start_frameset(const Token& token);
  void start_foreign(const Token& token, Namespace space);
  void start_select_part(const Token& token);
  void start_input(const Token& token);
  bool leaves_select();
  void close_p_in_scope() {
    if (open_.has_in(kInButtonScope, Tag::p)) close_p();
  }
  void close_p();
  void reconstruct();
  bool has_template() const { return open_.is_open(Tag::template_); }

  // tree_builder_end.cc
  Step body_end(const Token& token);
  void end_block(Tag tag);
  void end_form();
  void end_item(Tag tag, std::uint32_t scope);
  void end_heading();
  void any_other_end(const Token& token);
  void adopt(const Token& token);
  bool adopt_once(const Token& token);
  NodeIndex adopt_chain(std::size_t formatting_at, std::size_t furthest_at, std::size_t& bookmark);

  // tree_builder_table.cc
  Step in_table(const Token& token);
  Step table_start(const Token& token);
  Step table_rest(const Token& token);
  Step in_table_text(const Token& token);
  void flush_table_text();
  Step in_caption(const Token& token);
  Step in_column_group(const Token& token);
  Step in_table_body(const Token& token);
  Step in_row(const Token& token);
  Step in_cell(const Token& token);
  void close_cell();
  Step close_section();
  bool close_row();

  // tree_builder_outer.cc
  Step in_template(const Token& token);
  Step switch_template(Mode mode);
  Step after_body(const Token& token);
  Step in_frameset(const Token& token);
  Step after_frameset(const Token& token);
  Step after_after_body(const Token& token);
  Step after_after_frameset(const Token& token);
  void keep_only_space();

  // tree_builder_foreign.cc
  Step in_foreign(const Token& token);
  Step foreign_start(const Token& token);
  Step foreign_end(const Token& token);
  void adjust_attributes(const Token& token, Namespace space);

  TreeOptions options_;
  Tree tree_;
  Tokenizer tokenizer_;
  OpenElements open_;
  FormattingList formatting_;
  Mode mode_ = Mode::initial;
  Mode original_mode_ = Mode::in_body;
  std::vector<Mode> template_modes_;
  NodeIndex head_ = kNoNode;
  NodeIndex form_ = kNoNode;
  OpenElement context_;  ///< of the fragment
  bool is_quirky_ = false;
  bool is_frameset_ok_ = true;
  bool is_fostering_ = false;
  bool skips_line_feed_ = false;
  bool is_stopped_ = false;
  bool has_taken_attributes_ = false;
  bool has_selected_content_ = false;
  TextChunk chunk_;  ///< what is left of the current text token
  std::vector<TextChunk> table_text_;
  std::size_t copies_left_;
  std::array<std::uint32_t, kTags> unopened_{};  ///< elements added without being opened
  std::size_t unopened_sum_ = 0;
};

/// True when a document type makes browsers lay a page out as in the nineties (section 13.2.6.4.1).
[[nodiscard]] bool is_quirky(const Token& doctype);

}  // namespace gavah::html
