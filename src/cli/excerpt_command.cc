#include <charconv>

#include "base/format.h"
#include "cli/command.h"

namespace gavah::cli {
namespace {

class ExcerptCommand final : public Command {
 public:
  std::string_view name() const override { return "excerpt"; }
  std::string_view summary() const override { return "take one record or one total out of an edition, with its proof"; }
  std::string_view example() const override { return "gavah excerpt edition-1 --total events --out events.excerpt"; }
  void declare(Arguments& arguments) override {
    arguments.word("EDITION", options_.edition, "the directory of an edition");
    arguments.option("--entry", entry_, "hand over the record of this entry, with its opened claims");
    arguments.option("--claim", claim_, "with --entry: this claim alone, by its place in the list, from 0");
    arguments.option("--total", options_.total, "hand over the total of this rule, with its members");
    arguments.option("--out", options_.out, "file to make; required");
  }
  Result<int> run(pipeline::World& world) override {
    const bool one_thing = entry_.empty() != options_.total.empty();
    const bool claim_of_entry = claim_.empty() || !entry_.empty();
    if (!one_thing || !claim_of_entry || options_.out.empty()) {
      complain("excerpt needs --out FILE and either --entry N (perhaps with --claim N) or --total NAME");
      return kBadUsage;
    }
    if (!read_number(entry_, options_.entry) || !read_number(claim_, options_.claim)) return kBadUsage;
    GAVAH_ASSIGN(const pipeline::ExcerptSummary summary, pipeline::make_excerpt(world, options_));
    print_line(format("{}: {} bytes, {} leaves with their proofs, {} records, {} opened claims", options_.out,
                      summary.bytes, summary.leaves, summary.records, summary.claims));
    print_line(
        format("gavah verify {} --pin PIN checks it alone. That no other entry counts, and that each still lives, "
               "takes the edition.",
               options_.out));
    return kDone;
  }

 private:
  static bool read_number(const std::string& text, std::optional<std::uint64_t>& out) {
    if (text.empty()) return true;
    std::uint64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size()) {
      complain(format("'{}' is no number", text));
      return false;
    }
    out = value;
    return true;
  }

  pipeline::ExcerptOptions options_;
  std::string entry_;
  std::string claim_;
};

}  // namespace

std::unique_ptr<Command> excerpt_command() { return std::make_unique<ExcerptCommand>(); }

}  // namespace gavah::cli
