#include "base/format.h"
#include "cli/command.h"

namespace gavah::cli {
namespace {

std::string_view word_of(place::EntryClass entry_class) {
  constexpr std::string_view kWords[]{"country", "province", "county", "town", "district", "facility", "nature"};
  return kWords[static_cast<std::size_t>(entry_class)];
}

std::string joined(const std::vector<std::string>& path) {
  std::string out;
  for (const std::string& step : path) out += (out.empty() ? "" : "/") + step;
  return out;
}

class GazetteerCommand final : public Command {
 public:
  std::string_view name() const override { return "gazetteer"; }
  std::string_view summary() const override {
    return "the places that texts are read with; a desk's own, checked and compiled";
  }
  std::string_view example() const override {
    return "gavah gazetteer Torsabad; gavah gazetteer --check villages.tsv; gavah gazetteer --gazetteer built-in "
           "--gazetteer villages.tsv --compile own.places";
  }
  void declare(Arguments& arguments) override {
    arguments.optional_word("NAME", place_, "the places of that name; none: how many places there are");
    arguments.options("--gazetteer", files_,
                      "GeoNames dumps, 'built-in' among them for those built in, or one compiled file; instead of the "
                      "one built in");
    arguments.option("--compile", compiled_,
                     "write it as this new file, which opens at once and is shared between processes");
    arguments.option("--out", out_, "write the dumps that are built in into this new directory, to edit");
    arguments.options("--check", check_,
                      "a dump or a compiled file: each mistake with its line; status 1 when there is any");
  }
  Result<int> run(pipeline::World& world) override {
    const int tasks = static_cast<int>(!place_.empty()) + static_cast<int>(!compiled_.empty()) +
                      static_cast<int>(!out_.empty()) + static_cast<int>(!check_.empty());
    if (tasks > 1 || (!files_.empty() && !(out_.empty() && check_.empty()))) {
      complain("gazetteer takes one of NAME, --compile, --out and --check; --gazetteer goes with the first two");
      return kBadUsage;
    }
    if (!check_.empty()) return check(world.disk());
    if (!out_.empty()) {
      GAVAH_TRY(pipeline::write_built_in_dumps(world.disk(), out_));
      return kDone;
    }
    if (!compiled_.empty()) GAVAH_TRY(compile(world.disk()));
    return show(world.disk());
  }

 private:
  Result<void> compile(Disk& disk) {
    GAVAH_ASSIGN(const std::string bytes, pipeline::compile_gazetteer(disk, files_));
    GAVAH_TRY(disk.write_new(compiled_, bytes));
    files_ = {compiled_};
    return {};
  }

  Result<int> show(Disk& disk) const {
    GAVAH_ASSIGN(const auto gazetteer, pipeline::open_gazetteer(disk, files_));
    if (place_.empty()) {
      print_line(format("{} places; {} bytes compiled, digest {}", gazetteer->size(), gazetteer->size_bytes(),
                        gazetteer->digest().hex().substr(0, 16)));
      return kDone;
    }
    const auto found = gazetteer->named(place_);
    for (const place::EntryNumber number : found) {
      const place::Entry entry = gazetteer->entry(number);
      print_line(format("{}  {}  {}  {}  {:.3f} {:.3f}", entry.id, entry.name, word_of(entry.entry_class),
                        joined(gazetteer->path(number)), entry.coordinates.lat_e6 / 1e6,
                        entry.coordinates.lon_e6 / 1e6));
    }
    if (found.empty()) print_line(format("no place is named {}", place_));
    return found.empty() ? kAnswerIsNo : kDone;
  }

  Result<int> check(Disk& disk) const {
    std::size_t count = 0;
    for (const std::string& file : check_) {
      GAVAH_ASSIGN(const auto mistakes, pipeline::check_gazetteer(disk, file));
      for (const auto& mistake : mistakes) {
        print_line(format("{}{}: {}", file, mistake.line > 0 ? ":" + std::to_string(mistake.line) : "", mistake.what));
      }
      count += mistakes.size();
    }
    print_line(count == 0 ? "no mistakes" : format("{} mistakes", count));
    return count == 0 ? kDone : kAnswerIsNo;
  }

  std::string place_;
  std::vector<std::string> files_;
  std::string compiled_;
  std::string out_;
  std::vector<std::string> check_;
};

}  // namespace

std::unique_ptr<Command> gazetteer_command() { return std::make_unique<GazetteerCommand>(); }

}  // namespace gavah::cli
