#include <charconv>

#include "cli/chronicle_argument.h"

namespace gavah::cli {
namespace {

/// "120:180".
Result<Span> span_from(std::string_view text) {
  Span out;
  const char* const end = text.data() + text.size();
  const auto first = std::from_chars(text.data(), end, out.begin);
  const bool has_colon = first.ec == std::errc() && first.ptr != end && *first.ptr == ':';
  const auto second = has_colon ? std::from_chars(first.ptr + 1, end, out.end) : first;
  if (!has_colon || second.ec != std::errc() || second.ptr != end)
    return fail(ErrorCode::invalid_input, "a span is BEGIN:END, in bytes of the report's text");
  return out;
}

class ShowCommand final : public Command {
 public:
  std::string_view name() const override { return "show"; }
  std::string_view summary() const override { return "one item, with its trail down to the bytes"; }
  std::string_view example() const override { return "gavah show case.chronicle 5f0c… --words 'three people'"; }
  void declare(Arguments& arguments) override {
    arguments.word("CHRONICLE", directory_, "the chronicle");
    arguments.word("ID", id_, "id of an event, claim, report, lineage, capture or decision; or CAPTURE:PART");
    arguments.option("--span", span_, "of a report: the bytes that BEGIN:END of its text came from, and the way there");
    arguments.option("--words", words_, "of a report: the same of the first place where its text has these words");
    arguments.flag("--versions", versions_, "of an address, or a report's: what it showed each time, and what changed");
    arguments.flag("--why", why_,
                   "of a claim, or a report's claims: the words and rules that made each slot, and what was rejected");
    arguments.flag("--bytes", bytes_, "of a capture or CAPTURE:PART: its bytes as they came, and nothing else");
    arguments.flag("--json", json_, "the item's JSON line");
  }
  Result<int> run(pipeline::World& world) override {
    if (static_cast<int>(!span_.empty()) + static_cast<int>(!words_.empty()) + static_cast<int>(bytes_) +
            static_cast<int>(versions_) + static_cast<int>(why_) >
        1) {
      complain("show takes one of --span, --words, --versions, --why and --bytes");
      return kBadUsage;
    }
    GAVAH_ASSIGN(const auto chronicle, open_chronicle(world, directory_, pipeline::Access::read_only));
    if (bytes_) {
      GAVAH_TRY(pipeline::read_bytes(*chronicle, id_, [](std::string_view bytes) -> Result<void> {
        print(bytes);
        return {};
      }));
      return kDone;
    }
    GAVAH_ASSIGN(const std::string text, text_of(*chronicle));
    print_line(text);
    return kDone;
  }

 private:
  Result<std::string> text_of(pipeline::Chronicle& chronicle) const {
    const auto form = json_ ? pipeline::Form::json : pipeline::Form::text;
    if (versions_) return pipeline::show_versions(chronicle, id_, form);
    if (why_) return pipeline::show_why(chronicle, id_, form);
    if (!words_.empty()) return pipeline::show_words(chronicle, id_, words_, form);
    if (!span_.empty()) {
      GAVAH_ASSIGN(const Span span, span_from(span_));
      return pipeline::show_span(chronicle, id_, span, form);
    }
    return json_ ? pipeline::show_json(chronicle, id_) : pipeline::show(chronicle, id_);
  }

  std::string directory_;
  std::string id_;
  std::string span_;
  std::string words_;
  bool versions_ = false;
  bool why_ = false;
  bool bytes_ = false;
  bool json_ = false;
};

}  // namespace

std::unique_ptr<Command> show_command() { return std::make_unique<ShowCommand>(); }

}  // namespace gavah::cli
