// rooms: html model base
// Our tree beside gumbo's (0.10, the standard of 2015). What the standard has changed since is left out of the
// comparison: pages with a name in kChanged, with control characters (gumbo replaces them), or that meet a limit. On
// all other pages elements, attributes and text are the same. On every page texts and their sources must fit.
#include <gumbo.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <string>

#include "base/charset.h"
#include "base/check.h"
#include "html/html.h"
#include "html/letters.h"
#include "html/tags.h"
#include "html/tree_builder.h"

namespace gavah::html {
namespace {

constexpr auto kChanged = std::to_array<std::string_view>({
    "select",   "option",  "optgroup",                              // selects hold any element now
    "template",                                                     // gumbo loses its modes in nested ones
    "menuitem", "isindex", "dialog",   "search",                    // elements that came and went
    "rb",       "rt",      "rp",       "ruby",   "svg",    "math",  // where foreign content ends
    "applet",   "marquee", "object",                                // gumbo ends them through one another
    "<html",                                                        // gumbo goes on to the head after a second one
    "&#",                                                           // gumbo lets large numbers run over
    "noscript", "form",    "frame",    "input",  "keygen", "!doctype", "![cdata", "plaintext",
});

std::string lowered(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = lower(c);
  return out;
}

/// gumbo takes all names that it does not know for one another.
bool knows_all_tags(std::string_view small) {
  for (std::size_t at = small.find('<'); at != std::string_view::npos; at = small.find('<', at + 1)) {
    const std::size_t begin = at + (at + 1 < small.size() && small[at + 1] == '/' ? 2 : 1);
    std::size_t end = begin;
    while (end < small.size() && (letter(small[end]) & kEndsName) == 0) ++end;
    if (begin < end && is_alpha(small[begin]) && tag_from(small.substr(begin, end - begin)) == Tag::other) return false;
  }
  return true;
}

/// gumbo takes white space behind a block that stands in a table for the table's.
bool has_loose_space(std::string_view small) {
  if (small.find("<table") == std::string_view::npos) return false;
  for (std::size_t at = small.find('>'); at != std::string_view::npos; at = small.find('>', at + 1)) {
    if (at + 1 < small.size() && is_space(small[at + 1])) return true;
  }
  return false;
}

/// Where a fourth equal formatting element may push one off the list, gumbo leaves that one open for good.
bool is_ark_full(std::string_view small) {
  std::array<std::size_t, kTags> counts{};
  for (std::size_t at = small.find('<'); at != std::string_view::npos; at = small.find('<', at + 1)) {
    std::size_t end = at + 1;
    while (end < small.size() && (letter(small[end]) & kEndsName) == 0) ++end;
    const Tag tag = tag_from(small.substr(at + 1, end - at - 1));
    if ((traits_of(tag) & kFormatting) != 0 && ++counts[static_cast<std::size_t>(tag)] > 3) return true;
  }
  return false;
}

bool is_comparable(std::string_view page) {
  const std::string small = lowered(page);
  for (const std::string_view name : kChanged) {
    if (small.find(name) != std::string::npos) return false;
  }
  if (!knows_all_tags(small) || has_loose_space(small) || is_ark_full(small)) return false;
  return std::all_of(page.begin(), page.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte < 0x7F && (byte >= 0x20 || c == '\n' || c == '\t');
  });
}

class GumboDump {
 public:
  std::string text(const GumboNode* node) {
    write(node);
    end_text();
    return std::move(out_);
  }

 private:
  void end_text() {
    if (!text_.empty()) out_ += "\"" + text_ + "\"\n";
    text_.clear();
  }

  void write(const GumboNode* node) {
    if (node->type == GUMBO_NODE_COMMENT) return end_text();
    if (node->type != GUMBO_NODE_ELEMENT) {
      text_ += node->v.text.text;
      return;
    }
    end_text();
    const GumboElement& element = node->v.element;
    std::string name = gumbo_normalized_tagname(element.tag);
    if (name.empty()) {
      GumboStringPiece piece = element.original_tag;
      gumbo_tag_from_original_text(&piece);
      name = lowered({piece.data, piece.length});
    }
    out_ += "<" + name;
    std::map<std::string, std::string> attributes;
    for (unsigned i = 0; i < element.attributes.length; ++i) {
      const auto* attribute = static_cast<const GumboAttribute*>(element.attributes.data[i]);
      attributes.emplace(attribute->name, attribute->value);
    }
    for (const auto& [key, value] : attributes) out_ += " " + key + "=\"" + value + "\"";
    out_ += ">\n";
    for (unsigned i = 0; i < element.children.length; ++i)
      write(static_cast<const GumboNode*>(element.children.data[i]));
    end_text();
    out_ += "</>\n";
  }

  std::string out_;
  std::string text_;
};

class OwnDump {
 public:
  explicit OwnDump(const Tree& tree) : tree_(tree) {}

  std::string text(NodeIndex node) {
    write(node);
    return std::move(out_);
  }

 private:
  void write(NodeIndex index) {
    const TreeNode& node = tree_.nodes[index];
    if (node.kind == TreeKind::text) {
      out_ += "\"";
      for (std::uint32_t i = node.first; i != kNoNode; i = tree_.segments[i].next)
        out_ += tree_.bytes(tree_.segments[i]);
      out_ += "\"\n";
    }
    if (node.kind != TreeKind::element) return;
    out_ += "<" + std::string(tree_.name_of(index));
    std::map<std::string, std::string> attributes;
    for (const Attribute& attribute : tree_.attributes_of(index)) attributes.emplace(attribute.name, attribute.value);
    for (const auto& [key, value] : attributes) out_ += " " + key + "=\"" + value + "\"";
    out_ += ">\n";
    for (NodeIndex i = node.first_child; i != kNoNode; i = tree_.nodes[i].next) write(i);
    out_ += "</>\n";
  }

  const Tree& tree_;
  std::string out_;
};

void check_sources(std::string_view page) {
  const Document document = parse(page);
  for (NodeIndex i = 0; i < document.nodes().size(); ++i) {
    const Node& node = document[i];
    GAVAH_CHECK(node.past > i && node.past <= document.nodes().size());
    GAVAH_CHECK(i == 0 || (node.parent < i && node.past <= document[node.parent].past));
    GAVAH_CHECK(node.source.begin <= node.source.end && node.source.end <= page.size());
    std::uint32_t at = node.text.begin;
    for (const TextPiece& piece : document.pieces(i)) {
      GAVAH_CHECK(piece.text.begin == at && piece.source.begin < piece.source.end && piece.source.end <= page.size());
      const std::string_view text = document.text(i).substr(piece.text.begin - node.text.begin, piece.text.size());
      const std::string_view source = page.substr(piece.source.begin, piece.source.size());
      GAVAH_CHECK(text.size() != source.size() || text == source || source == "\r");
      at = piece.text.end;
    }
    GAVAH_CHECK(node.kind != NodeKind::text || at == node.text.end);
  }
}

/// A name that stands twice in a tag runs, in gumbo, into the one that follows.
bool has_many_attributes(const Tree& tree) {
  return std::any_of(tree.nodes.begin(), tree.nodes.end(),
                     [](const TreeNode& node) { return node.kind == TreeKind::element && node.count > 1; });
}

/// Where formatting elements are adopted over more than three levels or eight rounds, gumbo keeps some on its stack
/// that the standard closes.
bool has_deep_formatting(const Tree& tree) {
  constexpr std::size_t kDepth = 6;  // html, body, and four that matter
  std::vector<std::size_t> depths(tree.nodes.size(), 0);
  bool has_formatting = false;
  for (NodeIndex i = 1; i < tree.nodes.size(); ++i) {
    has_formatting = has_formatting || (traits_of(tree.nodes[i].tag) & kFormatting) != 0;
    for (NodeIndex up = tree.nodes[i].parent; up != kNoNode; up = tree.nodes[up].parent) ++depths[i];
  }
  return has_formatting && *std::max_element(depths.begin(), depths.end()) > kDepth;
}

void compare(std::string_view page) {
  TreeBuilder builder(page, {});
  const Tree tree = builder.build();
  if (tree.is_flattened || has_many_attributes(tree) || has_deep_formatting(tree)) return;
  GumboOptions options = kGumboDefaultOptions;
  options.max_errors = 0;
  GumboOutput* output = gumbo_parse_with_options(&options, page.data(), page.size());
  const std::string wanted = GumboDump().text(output->root);
  gumbo_destroy_output(&options, output);
  NodeIndex root = tree.nodes[0].first_child;
  while (tree.nodes[root].kind != TreeKind::element) root = tree.nodes[root].next;
  const std::string given = OwnDump(tree).text(root);
  if (given == wanted) return;
  std::fprintf(stderr, "page:\n%.*s\nours:\n%s\ngumbo's:\n%s\n", static_cast<int>(page.size()), page.data(),
               given.c_str(), wanted.c_str());
  std::abort();
}

/// Each byte is a tag or some text: pages that nest wrongly come sooner than by changing letters.
std::string markup_of(std::string_view bytes) {
  static constexpr auto kNames = std::to_array<std::string_view>(
      {"a",      "b",     "i",      "font",    "nobr",    "code",   "p",        "div",     "span",  "table",    "tr",
       "td",     "th",    "tbody",  "thead",   "caption", "col",    "colgroup", "ul",      "li",    "dl",       "dd",
       "dt",     "h1",    "h2",     "pre",     "listing", "br",     "hr",       "img",     "image", "textarea", "title",
       "script", "style", "xmp",    "iframe",  "button",  "applet", "object",   "address", "body",  "html",     "head",
       "base",   "meta",  "center", "section", "wbr",     "tfoot",  "marquee",  "noembed", "u"});
  static constexpr auto kTexts =
      std::to_array<std::string_view>({"x", " ", "&amp;", "&lt", "<!--c-->", "\n", "y z", "<", "</"});
  std::string out;
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    const std::size_t kind = byte / kNames.size();
    const std::string name(kNames[byte % kNames.size()]);
    if (kind == 0 || kind == 1) out += "<" + name + ">";
    if (kind == 2) out += "</" + name + ">";
    if (kind == 3) out += "<" + name + " k=" + std::to_string(byte % 3) + ">";
    if (kind > 3) out += kTexts[byte % kTexts.size()];
  }
  return out;
}

}  // namespace
}  // namespace gavah::html

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  gavah::html::check_sources(bytes);  // any bytes
  const gavah::Transcoded page = gavah::to_utf8(bytes, "utf-8");
  gavah::html::check_sources(page.text);
  constexpr std::size_t kComparedBytes = 4096;  // gumbo's time is the product of nesting and size
  const std::string markup = gavah::html::markup_of(bytes.substr(0, 256));
  gavah::html::check_sources(markup);
  if (gavah::html::is_comparable(markup)) gavah::html::compare(markup);
  if (page.text.size() <= kComparedBytes && gavah::html::is_comparable(page.text)) gavah::html::compare(page.text);
  return 0;
}
