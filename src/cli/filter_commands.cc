#include <iostream>

#include "base/format.h"
#include "cli/chronicle_argument.h"
#include "cli/command.h"

namespace gavah::cli {
namespace {

void declare_shared(Arguments& arguments, pipeline::FilterOptions& options) {
  arguments.options(
      "--gazetteer", options.gazetteer_files,
      "place names, as a GeoNames dump, or a compiled file (gavah gazetteer); instead of those built in, unless "
      "'built-in' is among them");
  arguments.option("--sources", options.sources_file,
                   "CSV of the registry of sources (id,name,kind,family,lang,reason)");
}

std::optional<std::string> read_line() {
  std::string line;
  if (!std::getline(std::cin, line)) return std::nullopt;
  return line;
}

Result<void> write_line(std::string_view line) {
  print_line(line);
  return {};
}

class ExtractCommand final : public Command {
 public:
  std::string_view name() const override { return "extract"; }
  std::string_view summary() const override { return "filter: files and folders to report lines"; }
  std::string_view example() const override { return "gavah extract page.html export/ > reports.jsonl"; }
  void declare(Arguments& arguments) override {
    arguments.words("PATH", paths_, 1, "files and folders");
    arguments.option("--about", options_.about_file, "JSON: what you state of these files");
    arguments.option("--mapping", options_.mapping_file, "JSON: which columns of a table hold text, date, source, url");
    declare_shared(arguments, options_);
    declare_unconfined(arguments, unconfined_);
  }
  Parsing parsing() const override { return unconfined_ ? Parsing::unconfined : Parsing::confined; }
  Result<int> run(pipeline::World& world) override {
    bool incomplete = false;
    GAVAH_TRY(pipeline::extract_files(world, paths_, options_, write_line, [&](std::string_view line) -> Result<void> {
      complain(line);
      incomplete = true;
      return {};
    }));
    return incomplete ? 3 : kDone;
  }

 private:
  std::vector<std::string> paths_;
  pipeline::FilterOptions options_;
  bool unconfined_ = false;
};

using LineFilter = Result<void> (*)(pipeline::World&, const pipeline::LineSource&, const pipeline::FilterOptions&,
                                    const pipeline::LineSink&);

/// What a filter over JSON Lines says of itself.
struct FilterText {
  std::string_view name;
  std::string_view summary;
  std::string_view example;
};

class LineCommand final : public Command {
 public:
  LineCommand(FilterText text, LineFilter filter) : text_(text), filter_(filter) {}
  std::string_view name() const override { return text_.name; }
  std::string_view summary() const override { return text_.summary; }
  std::string_view example() const override { return text_.example; }
  void declare(Arguments& arguments) override {
    declare_shared(arguments, options_);
    arguments.number("--threads", threads_, "threads; 0 for all cores; changes nothing in the result");
  }
  Result<int> run(pipeline::World& world) override {
    options_.threads = threads_;
    std::ios::sync_with_stdio(false);
    GAVAH_TRY(filter_(world, read_line, options_, write_line));
    return kDone;
  }

 private:
  FilterText text_;
  LineFilter filter_;
  pipeline::FilterOptions options_;
  std::uint64_t threads_ = 0;
};

class CodeCommand final : public Command {
 public:
  std::string_view name() const override { return "code"; }
  std::string_view summary() const override {
    return "filter: report lines in, claim lines added; or what another codebook changes";
  }
  std::string_view example() const override {
    return "gavah extract page.html | gavah code > claims.jsonl; gavah code case.chronicle --compare my-codebook";
  }
  void declare(Arguments& arguments) override {
    arguments.optional_word("CHRONICLE", chronicle_,
                            "with --compare: its reports and decisions in place of standard input's");
    declare_shared(arguments, options_);
    arguments.option("--codebook", options_.codebook_directory,
                     "directory with codebook/ and lexicon/ as gavah codebook --out writes them; what it lacks is as "
                     "built in");
    arguments.option("--compare", compare_.other_directory,
                     "such a directory: which claims it adds, loses and changes; status 1 when there are any");
    arguments.flag("--json", json_, "with --compare: JSON Lines");
    arguments.number("--threads", threads_, "threads; 0 for all cores; changes nothing in the result");
  }
  Result<int> run(pipeline::World& world) override {
    if (compare_.other_directory.empty() && (json_ || !chronicle_.empty())) {
      complain("a chronicle and --json go with --compare; gavah derive codes a chronicle");
      return kBadUsage;
    }
    if (!chronicle_.empty() &&
        !(options_.codebook_directory.empty() && options_.gazetteer_files.empty() && options_.sources_file.empty())) {
      complain("a chronicle has its own codebook, gazetteer and sources");
      return kBadUsage;
    }
    options_.threads = threads_;
    std::ios::sync_with_stdio(false);
    if (compare_.other_directory.empty()) {
      GAVAH_TRY(pipeline::code_lines(world, read_line, options_, write_line));
      return kDone;
    }
    compare_.threads = threads_;
    compare_.form = json_ ? pipeline::Form::json : pipeline::Form::text;
    GAVAH_ASSIGN(const auto compared, compare(world));
    return compared == pipeline::Compared::same ? kDone : kAnswerIsNo;
  }

 private:
  Result<pipeline::Compared> compare(pipeline::World& world) {
    if (chronicle_.empty()) return pipeline::compare_lines(world, read_line, options_, compare_, write_line);
    GAVAH_ASSIGN(const auto chronicle, open_chronicle(world, chronicle_, pipeline::Access::read_only));
    return pipeline::compare_chronicle(*chronicle, compare_, write_line);
  }

  pipeline::FilterOptions options_;
  pipeline::CompareOptions compare_;
  std::string chronicle_;
  std::uint64_t threads_ = 0;
  bool json_ = false;
};

}  // namespace

std::unique_ptr<Command> extract_command() { return std::make_unique<ExtractCommand>(); }

std::unique_ptr<Command> code_command() { return std::make_unique<CodeCommand>(); }

std::unique_ptr<Command> link_command() {
  return std::make_unique<LineCommand>(
      FilterText{"link", "filter: report and claim lines in, lineage and event lines added",
                 "gavah extract inbox/ | gavah code | gavah link > events.jsonl"},
      pipeline::link_lines);
}

}  // namespace gavah::cli
