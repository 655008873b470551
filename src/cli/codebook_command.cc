#include "base/format.h"
#include "cli/command.h"

namespace gavah::cli {
namespace {

class CodebookCommand final : public Command {
 public:
  std::string_view name() const override { return "codebook"; }
  std::string_view summary() const override {
    return "the codebook as pages; its files to edit; a check of edited ones";
  }
  std::string_view example() const override {
    return "gavah codebook 'hunger strike'; gavah codebook --out my-codebook; gavah codebook --check my-codebook";
  }
  void declare(Arguments& arguments) override {
    arguments.optional_word("PAGE", page_,
                            "an act, 'codes', or the language of a lexicon (en, fa, ar); none: the list");
    arguments.option("--codebook", directory_, "directory with codebook/ and lexicon/; instead of the one built in");
    arguments.option("--lang", language_, "the language of the pages: en, fa or ar, or one that you added");
    arguments.option("--pages", pages_, "write all pages as Markdown into this new directory");
    arguments.option("--out", out_, "write the data files into this new directory, to edit and take");
    arguments.option("--check", check_,
                     "such a directory: each mistake with its file, line and what to do; status 1 when there is any");
    arguments.option(
        "--train-layer", passages_,
        "passages (data/models/acceptance/training.tsv): prints the weights of the layer that rejects hits");
  }
  Result<int> run(pipeline::World& world) override {
    const int tasks = static_cast<int>(!page_.empty()) + static_cast<int>(!pages_.empty()) +
                      static_cast<int>(!out_.empty()) + static_cast<int>(!check_.empty()) +
                      static_cast<int>(!passages_.empty());
    if (tasks > 1 || (!check_.empty() && !directory_.empty())) {
      complain("codebook takes one of PAGE, --pages, --out, --check and --train-layer");
      return kBadUsage;
    }
    if (!check_.empty()) return check(world);
    auto files = pipeline::CodebookFiles::built_in();
    if (!directory_.empty()) {
      GAVAH_ASSIGN(files, pipeline::CodebookFiles::read(world.disk(), directory_));
    }
    if (!out_.empty()) {
      GAVAH_TRY(files.write(world.disk(), out_));
    } else if (!passages_.empty()) {
      GAVAH_ASSIGN(const std::string passages, world.disk().read(passages_));
      GAVAH_ASSIGN(const std::string weights, files.train_layer(passages));
      print(weights);
    } else if (!pages_.empty()) {
      GAVAH_TRY(files.write_pages(world.disk(), pages_, language_));
    } else {
      GAVAH_ASSIGN(const std::string text, files.page(page_, language_));
      print(text);
    }
    return kDone;
  }

 private:
  Result<int> check(pipeline::World& world) const {
    GAVAH_ASSIGN(const auto files, pipeline::CodebookFiles::read(world.disk(), check_));
    GAVAH_ASSIGN(const auto findings, files.check());
    for (const auto& finding : findings) {
      print_line(
          format("{}{}: {}", finding.file, finding.line > 0 ? ":" + std::to_string(finding.line) : "", finding.what));
    }
    if (!findings.empty()) {
      print_line(format("{} mistakes", findings.size()));
      return kAnswerIsNo;
    }
    const auto changed = files.changed();
    print_line(format("no mistakes; {} files are not as built in", changed.size()));
    for (const std::string& name : changed) print_line("  " + name);
    return kDone;
  }

  std::string page_;
  std::string directory_;
  std::string language_ = "en";
  std::string pages_;
  std::string out_;
  std::string check_;
  std::string passages_;
};

}  // namespace

std::unique_ptr<Command> codebook_command() { return std::make_unique<CodebookCommand>(); }

}  // namespace gavah::cli
