// The tree construction tests of html5lib-tests, read from GAVAH_SHARED_DATA, else from ../shared/data beside the
// repository.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "html/foreign_names.h"
#include "html/tree_builder.h"

namespace gavah::html {
namespace {

std::filesystem::path suite() {
  const char* shared = std::getenv("GAVAH_SHARED_DATA");
  const std::filesystem::path root =
      shared != nullptr ? std::filesystem::path(shared) : std::filesystem::path(GAVAH_SOURCE_DIR) / "../shared/data";
  return root / "extraction/html5lib-tests/tree-construction";
}

struct Case {
  std::string data;
  std::string fragment;  ///< "", or the context as written
  std::string document;
  std::vector<Scripting> scripting{Scripting::off, Scripting::on};
};

std::vector<Case> read_cases(const std::filesystem::path& path) {
  std::ifstream in(path);
  std::vector<Case> out;
  std::string section;
  std::string line;
  while (std::getline(in, line)) {
    if (line == "#data" && (section.empty() || section == "#document")) {
      out.emplace_back();
      section = line;
    } else if (line == "#errors" || line == "#new-errors" || line == "#document-fragment" || line == "#document") {
      section = line;
    } else if (line == "#script-on") {
      out.back().scripting = {Scripting::on};
    } else if (line == "#script-off") {
      out.back().scripting = {Scripting::off};
    } else if (section == "#data") {
      out.back().data += line + "\n";
    } else if (section == "#document-fragment") {
      out.back().fragment = line;
    } else if (section == "#document") {
      out.back().document += line + "\n";
    }
  }
  for (Case& one : out) {
    if (!one.data.empty()) one.data.pop_back();
    while (one.document.ends_with("\n\n")) one.document.pop_back();
  }
  return out;
}

/// The tree as the suite writes it.
class Dump {
 public:
  explicit Dump(const Tree& tree) : tree_(tree) {}

  std::string text(NodeIndex root) {
    write_children(root, 0);
    return std::move(out_);
  }

 private:
  void line(std::size_t depth, std::string_view text) {
    out_ += "| " + std::string(2 * depth, ' ') + std::string(text) + "\n";
  }

  void write_children(NodeIndex parent, std::size_t depth) {
    for (NodeIndex i = tree_.nodes[parent].first_child; i != kNoNode; i = tree_.nodes[i].next) {
      EXPECT_EQ(tree_.nodes[i].parent, parent);
      write(i, depth);
    }
  }

  void write(NodeIndex index, std::size_t depth) {
    const TreeNode& node = tree_.nodes[index];
    switch (node.kind) {
      case TreeKind::document:
        break;
      case TreeKind::doctype: {
        const TreeNote& note = tree_.notes[node.name];
        std::string ids;
        if (!note.public_id.empty() || !note.system_id.empty())
          ids = " \"" + std::string(note.public_id) + "\" \"" + std::string(note.system_id) + "\"";
        return line(depth, "<!DOCTYPE " + std::string(note.text) + ids + ">");
      }
      case TreeKind::comment:
        return line(depth, "<!-- " + std::string(tree_.notes[node.name].text) + " -->");
      case TreeKind::text: {
        std::string text;
        for (std::uint32_t i = node.first; i != kNoNode; i = tree_.segments[i].next)
          text += tree_.bytes(tree_.segments[i]);
        return line(depth, "\"" + text + "\"");
      }
      case TreeKind::element:
        return write_element(index, depth);
    }
  }

  void write_element(NodeIndex index, std::size_t depth) {
    const TreeNode& node = tree_.nodes[index];
    const char* space = node.space == Namespace::svg ? "svg " : node.space == Namespace::math ? "math " : "";
    line(depth, "<" + std::string(space) + std::string(tree_.name_of(index)) + ">");
    std::map<std::string, std::string> attributes;
    for (const Attribute& attribute : tree_.attributes_of(index)) {
      std::string name(attribute.name);
      if (node.space != Namespace::html && has_namespace(name)) {
        const std::size_t colon = name.find(':');
        name = colon == std::string::npos ? "xmlns " + name : name.substr(0, colon) + " " + name.substr(colon + 1);
      }
      EXPECT_TRUE(attributes.emplace(name, attribute.value).second);
    }
    for (const auto& [name, value] : attributes) line(depth + 1, name + "=\"" + value + "\"");
    const bool is_template = node.tag == Tag::template_ && node.space == Namespace::html;
    if (is_template) line(depth + 1, "content");
    write_children(index, depth + (is_template ? 2 : 1));
  }

  const Tree& tree_;
  std::string out_;
};

std::string given_tree(const Case& one, Scripting scripting) {
  TreeOptions options;
  options.scripting = scripting;
  if (!one.fragment.empty()) {
    FragmentContext context{one.fragment, Namespace::html};
    if (one.fragment.starts_with("svg ")) context = {std::string_view(one.fragment).substr(4), Namespace::svg};
    if (one.fragment.starts_with("math ")) context = {std::string_view(one.fragment).substr(5), Namespace::math};
    options.fragment = context;
  }
  TreeBuilder builder(one.data, options);
  const Tree tree = builder.build();
  EXPECT_FALSE(tree.is_flattened);
  return Dump(tree).text(one.fragment.empty() ? 0 : tree.nodes[0].first_child);
}

struct Count {
  std::size_t passed = 0;
  std::size_t all = 0;
};

Count run_file(const std::filesystem::path& path) {
  Count count;
  for (const Case& one : read_cases(path)) {
    bool is_right = true;
    for (const Scripting scripting : one.scripting) {
      const std::string given = given_tree(one, scripting);
      is_right = is_right && given == one.document;
      EXPECT_EQ(given, one.document) << path.filename() << ":\n"
                                     << one.data << (scripting == Scripting::on ? "\nscripting on" : "");
    }
    ++count.all;
    count.passed += is_right ? 1U : 0U;
  }
  std::printf("%-48s %4zu / %4zu\n", path.filename().c_str(), count.passed, count.all);
  return count;
}

// The four cases of scripted/ are left out: they state what becomes of a page whose scripts run.
TEST(StandardTree, IsTheTreeOfEveryCase) {
  constexpr std::size_t kCases = 1792;
  if (!std::filesystem::exists(suite())) GTEST_SKIP() << "html5lib-tests is not here: set GAVAH_SHARED_DATA";
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(suite())) {
    if (entry.path().extension() == ".dat") files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  Count sum;
  for (const auto& path : files) {
    const Count count = run_file(path);
    sum.passed += count.passed;
    sum.all += count.all;
  }
  std::printf("%-48s %4zu / %4zu\n", "all", sum.passed, sum.all);
  EXPECT_EQ(sum.all, kCases);
  EXPECT_EQ(sum.passed, kCases);
}

}  // namespace
}  // namespace gavah::html
