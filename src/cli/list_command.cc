#include "base/format.h"
#include "cli/chronicle_argument.h"

namespace gavah::cli {
namespace {

/// A short line for a person: what most items have.
std::string brief(const Json& item) {
  std::string out(item.text_of("id"));
  for (const char* key : {"verb", "kind", "act", "status", "source", "name", "title", "reason"}) {
    const auto text = item.text_of(key);
    if (!text.empty()) out.append("  ").append(text);
  }
  for (const char* key : {"time", "published"}) {
    const Json* time = item.find(key);
    if (time != nullptr && !time->text_of("start").empty()) out.append("  ").append(time->text_of("start"));
  }
  return out;
}

class ListCommand final : public Command {
 public:
  std::string_view name() const override { return "list"; }
  std::string_view summary() const override { return "all items of a kind"; }
  std::string_view example() const override { return "gavah list case.chronicle events --json"; }
  void declare(Arguments& arguments) override {
    arguments.word("CHRONICLE", directory_, "the chronicle");
    arguments.word("KIND", kind_,
                   "captures, parts, reports, claims, events, lineages, victims, sources, decisions, quarantine");
    arguments.flag("--json", json_, "JSON Lines");
  }
  Result<int> run(pipeline::World& world) override {
    const auto kind = pipeline::item_kind_from(kind_);
    if (!kind) {
      complain(kind.error().message);
      return kBadUsage;
    }
    GAVAH_ASSIGN(const auto chronicle, open_chronicle(world, directory_, pipeline::Access::read_only));
    GAVAH_TRY(pipeline::list(*chronicle, *kind, [&](std::string_view line) -> Result<void> {
      if (json_) {
        print_line(line);
        return {};
      }
      GAVAH_ASSIGN(const Json item, Json::parse(line));
      print_line(brief(item));
      return {};
    }));
    return kDone;
  }

 private:
  std::string directory_;
  std::string kind_;
  bool json_ = false;
};

}  // namespace

std::unique_ptr<Command> list_command() { return std::make_unique<ListCommand>(); }

}  // namespace gavah::cli
