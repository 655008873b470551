#include "proof/excerpt.h"

#include "base/json.h"
#include "base/utf8.h"
#include "proof/line_scanner.h"

namespace gavah::proof {
namespace {

std::string named_text(std::string_view type, std::string_view key, std::string_view name, std::string_view text) {
  JsonWriter out;
  out.begin_object().member("type", type).member(key, name).member("text", text).end_object();
  return out.take() + "\n";
}

std::string leaf_line(const ExcerptLeaf& leaf) {
  JsonWriter out;
  out.begin_object().member("type", "leaf").member("index", leaf.index).member("leaf", leaf.bytes);
  out.key("proof").begin_array();
  for (const Digest& hash : leaf.proof) out.text(hash.hex());
  out.end_array().end_object();
  return out.take() + "\n";
}

std::string head_line(const Excerpt& excerpt) {
  JsonWriter out;
  out.begin_object().member("type", "excerpt").member("format", kFormat).key("entry");
  if (excerpt.entry) {
    out.unsigned_integer(*excerpt.entry);
  } else {
    out.null();
  }
  out.member("total", excerpt.total).end_object();
  return out.take() + "\n";
}

/// Reads the lines in their order; each kind of line may come only after those before it.
class Reader {
 public:
  explicit Reader(std::string_view text) : rest_(text) {}

  Result<Excerpt> read() {
    if (!read_head() || !read_note("checkpoint", out_.checkpoint) || !read_note("edition.json", out_.manifest)) {
      return malformed();
    }
    while (peek(R"({"type":"file")")) {
      if (!read_file()) return malformed();
    }
    while (peek(R"({"type":"leaf")")) {
      if (!read_leaf()) return malformed();
    }
    while (!rest_.empty() && !peek(kOpened)) out_.records.emplace_back(line());
    while (!rest_.empty()) {
      if (!peek(kOpened)) return malformed();
      const std::string_view text = line();
      const bool is_part = text.find(R"(,"slot":"parts",)") != std::string_view::npos;
      if (!is_part && !out_.parts.empty()) return malformed();
      (is_part ? out_.parts : out_.claims).emplace_back(text);
    }
    return whole_ ? Result<Excerpt>(std::move(out_)) : malformed();
  }

 private:
  static constexpr std::string_view kOpened = R"({"type":"opened")";

  static Result<Excerpt> malformed() { return fail(ErrorCode::invalid_input, "an excerpt is not in canonical form"); }

  bool peek(std::string_view prefix) const { return rest_.starts_with(prefix); }

  std::string_view line() {
    const std::size_t end = rest_.find('\n');
    whole_ = whole_ && end != std::string_view::npos;
    const std::string_view out = rest_.substr(0, end);
    rest_.remove_prefix(whole_ ? end + 1 : rest_.size());
    return out;
  }

  bool read_head() {
    LineScanner in(line());
    in.expect(R"({"type":"excerpt","format":"gavah/0","entry":)");
    if (!in.take("null")) out_.entry = in.integer();
    in.expect(R"(,"total":)");
    if (!in.take("null")) out_.total = in.text();
    in.expect("}");
    return in.at_end() && out_.entry.has_value() != out_.total.has_value();
  }

  bool read_note(std::string_view name, std::string& out) {
    LineScanner in(line());
    in.expect(R"({"type":"note","name":)");
    const bool is_it = in.text() == name;
    in.expect(R"(,"text":)");
    out = in.text();
    in.expect("}");
    return is_it && in.at_end();
  }

  bool read_file() {
    LineScanner in(line());
    in.expect(R"({"type":"file","path":)");
    std::string path = in.text();
    in.expect(R"(,"text":)");
    std::string text = in.text();
    in.expect("}");
    if (!in.at_end() || (!out_.files.empty() && out_.files.rbegin()->first >= path)) return false;
    out_.files.emplace(std::move(path), std::move(text));
    return true;
  }

  bool read_leaf() {
    LineScanner in(line());
    ExcerptLeaf leaf;
    in.expect(R"({"type":"leaf","index":)");
    leaf.index = in.integer();
    in.expect(R"(,"leaf":)");
    leaf.bytes = in.text();
    in.expect(R"(,"proof":[)");
    while (in.ok() && !in.take("]")) {
      if (!leaf.proof.empty()) in.expect(",");
      leaf.proof.push_back(in.digest());
    }
    in.expect("}");
    if (!in.at_end() || (!out_.leaves.empty() && out_.leaves.back().index >= leaf.index)) return false;
    out_.leaves.push_back(std::move(leaf));
    return true;
  }

  std::string_view rest_;
  bool whole_ = true;
  Excerpt out_;
};

}  // namespace

std::string Excerpt::text() const {
  std::string out = head_line(*this);
  out += named_text("note", "name", "checkpoint", checkpoint);
  out += named_text("note", "name", "edition.json", manifest);
  for (const auto& [path, text] : files) out += named_text("file", "path", path, text);
  for (const ExcerptLeaf& leaf : leaves) out += leaf_line(leaf);
  for (const auto* lines : {&records, &claims, &parts}) {
    for (const std::string& line : *lines) out.append(line).push_back('\n');
  }
  return out;
}

Result<Excerpt> Excerpt::parse(std::string_view text) {
  if (text.size() > kMaxExcerptBytes) return fail(ErrorCode::invalid_input, "an excerpt is longer than 256 MiB");
  if (!is_utf8(text)) return fail(ErrorCode::invalid_input, "an excerpt is not well-formed UTF-8");
  return Reader(text).read();
}

}  // namespace gavah::proof
