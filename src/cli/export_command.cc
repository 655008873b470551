#include "base/format.h"
#include "cli/chronicle_argument.h"

namespace gavah::cli {
namespace {

class ExportCommand final : public Command {
 public:
  std::string_view name() const override { return "export"; }
  std::string_view summary() const override { return "events as CSV, GeoJSON or JSON Lines"; }
  std::string_view example() const override { return "gavah export case.chronicle --format csv > events.csv"; }
  void declare(Arguments& arguments) override {
    arguments.word("CHRONICLE", directory_, "the chronicle");
    arguments.option("--format", format_, "csv, geojson or jsonl");
  }
  Result<int> run(pipeline::World& world) override {
    pipeline::ExportFormat chosen{};
    if (format_ == "csv") {
      chosen = pipeline::ExportFormat::csv;
    } else if (format_ == "geojson") {
      chosen = pipeline::ExportFormat::geojson;
    } else if (format_ == "jsonl") {
      chosen = pipeline::ExportFormat::jsonl;
    } else {
      complain("--format is csv, geojson or jsonl");
      return kBadUsage;
    }
    GAVAH_ASSIGN(const auto chronicle, open_chronicle(world, directory_, pipeline::Access::read_only));
    GAVAH_TRY(pipeline::export_events(*chronicle, chosen, [](std::string_view line) -> Result<void> {
      print_line(line);
      return {};
    }));
    return kDone;
  }

 private:
  std::string directory_;
  std::string format_;
};

}  // namespace

std::unique_ptr<Command> export_command() { return std::make_unique<ExportCommand>(); }

}  // namespace gavah::cli
