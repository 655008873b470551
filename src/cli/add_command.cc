#include <array>
#include <cstdio>

#include "base/format.h"
#include "cli/chronicle_argument.h"

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
    arguments.word("CHRONICLE", directory_, "the chronicle");
    arguments.words("PATH", options_.paths, 1, "files and folders; '-' for standard input");
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
    GAVAH_ASSIGN(const auto chronicle, open_chronicle(world, directory_, pipeline::Access::read_write));
    options_.progress = progress_line();
    options_.standard_input = read_input;
    if (sidecars_) options_.sidecars = pipeline::Sidecars::read;
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
  bool sidecars_ = false;
  bool unconfined_ = false;
  bool json_ = false;
};

}  // namespace

std::unique_ptr<Command> add_command() { return std::make_unique<AddCommand>(); }

}  // namespace gavah::cli
