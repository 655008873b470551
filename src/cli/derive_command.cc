#include "base/format.h"
#include "cli/chronicle_argument.h"

namespace gavah::cli {
namespace {

/// `derive` and `rebuild` differ in whether the index is thrown away first.
enum class Start { from_index, from_nothing };

class DeriveCommand final : public Command {
 public:
  explicit DeriveCommand(Start start) : start_(start) {}
  std::string_view name() const override { return start_ == Start::from_index ? "derive" : "rebuild"; }
  std::string_view summary() const override {
    return start_ == Start::from_index ? "extract, code and link what is new"
                                       : "make the index again from log, ledger and objects";
  }
  std::string_view example() const override {
    return start_ == Start::from_index ? "gavah derive case.chronicle" : "gavah rebuild case.chronicle";
  }
  void declare(Arguments& arguments) override {
    arguments.word("CHRONICLE", directory_, "the chronicle");
    arguments.number("--threads", threads_, "threads; 0 for all cores; changes nothing in the result");
    if (start_ == Start::from_index) {
      arguments.option(
          "--codebook", codebook_,
          "directory with codebook/ and lexicon/: the chronicle's own from now on ('built-in': none of its "
          "own); what it changes is said before by gavah code CHRONICLE --compare");
    }
    if (start_ == Start::from_index) {
      arguments.options("--gazetteer", gazetteer_,
                        "place names as GeoNames dumps or a compiled file (gavah gazetteer): the chronicle's own from "
                        "now on; 'built-in' among dumps: those built in too; alone: none of its own");
    }
    declare_unconfined(arguments, unconfined_);
    arguments.flag("--json", json_, "answer as JSON");
  }
  Parsing parsing() const override { return unconfined_ ? Parsing::unconfined : Parsing::confined; }
  Result<int> run(pipeline::World& world) override {
    GAVAH_ASSIGN(const auto chronicle, open_chronicle(world, directory_, pipeline::Access::read_write));
    if (!gazetteer_.empty()) GAVAH_TRY(chronicle->take_gazetteer(gazetteer_));
    GAVAH_TRY(take_codebook(world, *chronicle));
    const pipeline::DeriveOptions options{.threads = threads_, .progress = progress_line()};
    GAVAH_ASSIGN(const auto summary, start_ == Start::from_index ? pipeline::derive(*chronicle, options)
                                                                 : pipeline::rebuild(*chronicle, options));
    end_progress();
    if (json_) {
      JsonWriter out;
      out.begin_object().member("new_parts", summary.new_parts).member("reports", summary.reports);
      out.member("claims", summary.claims).member("lineages", summary.lineages).member("events", summary.events);
      out.member("orphans", summary.orphans).member("index_digest", summary.index_digest).end_object();
      print_line(out.str());
    } else {
      print_line(format("{} new parts; {} reports, {} claims, {} lineages, {} events", summary.new_parts,
                        summary.reports, summary.claims, summary.lineages, summary.events));
      if (summary.orphans > 0)
        print_line(format("{} decisions no longer meet anything: see gavah status", summary.orphans));
      print_line(format("index {}", summary.index_digest));
    }
    return kDone;
  }

 private:
  Result<void> take_codebook(pipeline::World& world, pipeline::Chronicle& chronicle) const {
    if (codebook_.empty()) return {};
    if (codebook_ == "built-in") return chronicle.take_codebook(pipeline::CodebookFiles::built_in());
    GAVAH_ASSIGN(const auto files, pipeline::CodebookFiles::read(world.disk(), codebook_));
    return chronicle.take_codebook(files);
  }

  Start start_;
  std::string codebook_;
  std::vector<std::string> gazetteer_;
  std::string directory_;
  std::uint64_t threads_ = 0;
  bool unconfined_ = false;
  bool json_ = false;
};

}  // namespace

std::unique_ptr<Command> derive_command() { return std::make_unique<DeriveCommand>(Start::from_index); }
std::unique_ptr<Command> rebuild_command() { return std::make_unique<DeriveCommand>(Start::from_nothing); }

}  // namespace gavah::cli
