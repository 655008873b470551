#include <iostream>

#include "base/format.h"
#include "cli/command.h"

namespace gavah::cli {
namespace {

void declare_shared(Arguments& arguments, pipeline::FilterOptions& options) {
  arguments.options("--gazetteer", options.gazetteer_files,
                    "place names, as a GeoNames dump; instead of those built in");
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

}  // namespace

std::unique_ptr<Command> extract_command() { return std::make_unique<ExtractCommand>(); }

std::unique_ptr<Command> code_command() {
  return std::make_unique<LineCommand>(FilterText{"code", "filter: report lines in, claim lines added",
                                                  "gavah extract page.html | gavah code > claims.jsonl"},
                                       pipeline::code_lines);
}

std::unique_ptr<Command> link_command() {
  return std::make_unique<LineCommand>(
      FilterText{"link", "filter: report and claim lines in, lineage and event lines added",
                 "gavah extract inbox/ | gavah code | gavah link > events.jsonl"},
      pipeline::link_lines);
}

}  // namespace gavah::cli
