#include <array>
#include <cstdio>

#include "base/format.h"
#include "cli/chronicle_argument.h"
#include "cli/preview_text.h"

namespace gavah::cli {
namespace {

constexpr std::size_t kMaxInputBytes = std::size_t{1} << 30U;  // held in memory: larger things are files

/// Standard input to its end.
Result<std::string> read_input() {
  std::string out;
  std::array<char, 65'536> piece{};
  while (const std::size_t got = std::fread(piece.data(), 1, piece.size(), stdin)) {
    out.append(piece.data(), got);
    if (out.size() > kMaxInputBytes) return fail(ErrorCode::invalid_input, "standard input has more than 1 GiB");
  }
  if (std::ferror(stdin) != 0) return fail(ErrorCode::unavailable, "standard input cannot be read");
  return out;
}

class AddCommand final : public Command {
 public:
  std::string_view name() const override { return "add"; }
  std::string_view summary() const override { return "take in files, folders, exports, WARC, WACZ"; }
  std::string_view example() const override { return "gavah add case.chronicle inbox/ --about about.json"; }
  void declare(Arguments& arguments) override {
    arguments.optional_word("CHRONICLE", directory_, "the chronicle");
    arguments.words("PATH", options_.paths, 0, "files and folders; '-' for standard input");
    arguments.options("--preview", previewed_,
                      "say what this file or folder is and how it would be read, and draft a mapping for a table; "
                      "needs no chronicle and adds nothing");
    arguments.option("--draft", draft_file_, "with --preview: write the drafted mapping here; the file must be new");
    arguments.option("--about", options_.about_file,
                     "JSON: what you state of these files (source, url, captured, published, collector, note)");
    arguments.option("--mapping", options_.mapping_file, "JSON: which columns of a table hold text, date, source, url");
    arguments.flag("--sidecars", sidecars_,
                   "about.json in a folder speaks for you about its files; NAME.mapping.json about table NAME");
    declare_unconfined(arguments, unconfined_);
    arguments.flag("--json", json_, "answer as JSON");
  }
  Parsing parsing() const override { return unconfined_ ? Parsing::unconfined : Parsing::confined; }
  Result<int> run(pipeline::World& world) override {
    if (sidecars_) options_.sidecars = pipeline::Sidecars::read;
    if (!previewed_.empty()) return run_preview(world);
    if (directory_.empty() || options_.paths.empty()) {
      complain("add needs a chronicle and at least one path; gavah add --help says more");
      return kBadUsage;
    }
    GAVAH_ASSIGN(const auto chronicle, open_chronicle(world, directory_, pipeline::Access::read_write));
    options_.progress = progress_line();
    options_.standard_input = read_input;
    GAVAH_ASSIGN(const auto summary, pipeline::add(*chronicle, options_));
    end_progress();
    complain_of(summary.problems, "set aside");
    complain_of(summary.quarantined, "quarantined");
    if (json_) {
      print_json(summary);
    } else {
      print_line(
          format("added {} captures with {} parts ({} bytes); {} had bytes that were there before; {} quarantined",
                 summary.captures, summary.parts, summary.bytes, summary.same_bytes, summary.quarantined.size()));
    }
    return summary.captures == 0 && !summary.quarantined.empty() ? 3 : kDone;
  }

 private:
  Result<int> run_preview(pipeline::World& world) {
    if (!directory_.empty() || !options_.paths.empty()) {
      complain("a preview reads what --preview names, and no chronicle");
      return kBadUsage;
    }
    options_.paths = previewed_;
    std::vector<std::string> drafts;
    bool is_all_read = true;
    GAVAH_TRY(pipeline::preview(world, options_, [&](const pipeline::FilePreview& preview) -> Result<void> {
      if (json_) {
        print_line(preview_json(preview));
      } else {
        print(preview_text(preview));
      }
      if (!preview.draft.empty()) drafts.push_back(preview.draft + "\n");
      is_all_read = is_all_read && !preview.unreadable;
      return {};
    }));
    if (!draft_file_.empty()) {
      if (drafts.size() != 1) return fail(ErrorCode::invalid_input, "--draft is for one table");
      GAVAH_TRY(world.disk().write_new(draft_file_, drafts[0]));
    }
    return is_all_read ? kDone : 3;
  }

  static void print_json(const pipeline::AddSummary& summary) {
    JsonWriter out;
    out.begin_object()
        .member("captures", summary.captures)
        .member("parts", summary.parts)
        .member("bytes", summary.bytes);
    out.member("same_bytes", summary.same_bytes);
    for (const auto& [key, items] :
         {std::pair{"quarantined", &summary.quarantined}, std::pair{"problems", &summary.problems}}) {
      out.key(key).begin_array();
      for (const auto& item : *items)
        out.begin_object().member("name", item.name).member("reason", item.reason).end_object();
      out.end_array();
    }
    print_line(out.end_object().str());
  }

  std::string directory_;
  pipeline::AddOptions options_;
  std::vector<std::string> previewed_;
  std::string draft_file_;
  bool sidecars_ = false;
  bool unconfined_ = false;
  bool json_ = false;
};

}  // namespace

std::unique_ptr<Command> add_command() { return std::make_unique<AddCommand>(); }

}  // namespace gavah::cli
