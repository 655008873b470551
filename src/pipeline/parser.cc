#include "pipeline/parser.h"

#include <algorithm>

#include "base/format.h"
#include "extract/extract.h"
#include "pipeline/flat_records.h"

namespace gavah::pipeline {
namespace {

using confine::FlatReader;
using confine::FlatWriter;
using confine::Inside;

constexpr std::string_view kRead = "read";
constexpr std::string_view kExtract = "extract";
constexpr std::size_t kLetterBytes = 64U << 10U;  // parts are small: many travel in one message
constexpr std::size_t kPartsInOrder = 10'000;     // of one order: some megabytes of records
// What one part may say, as it travels and as it is held (32 bytes a piece of map): an article has some kilobytes, a
// book half a megabyte. Without a limit a file of quotes would cost its reader ten times its size in memory.
constexpr std::size_t kReportBytes = 5U << 20U;
constexpr std::size_t kReportPieces = 300'000;
constexpr std::size_t kContainerBytes = 2U << 20U;  // header, hints and problems of a file

constexpr std::string_view kTooLarge = "too large to read";

/// What a message of the read task holds.
enum class Letter : std::uint64_t { parts, container };
/// And of the extract task.
enum class Answer : std::uint64_t { reports, too_large };

/// The reports as they travel; nothing when they are too large.
std::optional<std::string> flat_reports(std::span<const Report> reports) {
  FlatWriter out;
  std::size_t pieces = 0;
  out.number(reports.size());
  for (const Report& report : reports) {
    write_flat(out, report);
    pieces += report.map.size();
    if (out.str().size() > kReportBytes || pieces > kReportPieces) return std::nullopt;
  }
  return out.take();
}

/// The same container, or one that says that it is too large.
capture::Container bounded(capture::Container container) {
  FlatWriter out;
  write_flat(out, container);
  if (out.str().size() <= kContainerBytes) return container;
  capture::Container refused;
  refused.format = std::move(container.format);
  refused.unreadable = format("what it says of itself (header, problems) has more than {} bytes", kContainerBytes);
  return refused;
}

Result<void> read_inside(std::string_view request, Inside& inside) {
  FlatReader in(request);
  const std::string name(in.text());
  const std::string mapping(in.text());
  FlatWriter letter;
  std::size_t waiting = 0;
  const auto post = [&]() -> Result<void> {
    if (waiting == 0) return {};
    FlatWriter head;
    head.number(static_cast<std::uint64_t>(Letter::parts)).number(waiting).raw(letter.str());
    letter = {};
    waiting = 0;
    return inside.emit(head.str());
  };
  GAVAH_ASSIGN(capture::Container container, capture::read(inside.input(), name, {.limits = {}, .mapping = mapping},
                                                           [&](const Part& part, std::string_view) -> Result<void> {
                                                             write_flat(letter, part);
                                                             ++waiting;
                                                             return letter.str().size() < kLetterBytes ? Result<void>()
                                                                                                       : post();
                                                           }));
  GAVAH_TRY(post());
  FlatWriter last;
  last.number(static_cast<std::uint64_t>(Letter::container));
  write_flat(last, bounded(std::move(container)));
  return inside.emit(last.str());
}

Result<void> extract_inside(std::string_view request, Inside& inside) {
  FlatReader in(request);
  GAVAH_ASSIGN(const Json json, Json::parse(in.text()));
  GAVAH_ASSIGN(const Capture capture, capture_from_json(json));
  const std::uint64_t count = in.count();
  capture::PartReader reader(inside.input());
  for (std::uint64_t i = 0; i < count; ++i) {
    Part part = read_flat_part(in);
    part.capture = capture.id;
    GAVAH_ASSIGN(const std::string bytes, reader.bytes(part));
    const std::vector<Report> reports = extract::extract({capture, part, bytes}, IdSecret{});
    const auto flat = flat_reports(reports);
    FlatWriter answer;
    answer.number(i).number(static_cast<std::uint64_t>(flat ? Answer::reports : Answer::too_large));
    if (flat) answer.raw(*flat);
    GAVAH_TRY(inside.emit(answer.str()));
  }
  return {};
}

/// Reads a page in each language once, so that tables are made and configuration is loaded before a worker is.
void warm_up() {
  constexpr std::string_view kPage =
      "<html lang=fa><head><title>نمونه</title><meta property='article:published_time' content='1409-02-15'></head>"
      "<body><article><h1>نمونه</h1><p>این یک نمونه است که فقط برای آماده‌سازی "
      "خوانده "
      "می‌شود، "
      "۱۵ "
      "اردیبهشت "
      "۱۴۰۹.</p>"
      "<p>This is a sample page that is read once, on 5 May 2030, so that all tables are there.</p></article></body>";
  Capture capture;
  capture.name = "sample";
  for (const std::string_view charset : {"utf-8", "windows-1256", "iso-8859-1", "utf-16le"}) {
    const MemorySource source(kPage);
    const auto read = capture::read(source, "sample.html", {}, [&](Part part, std::string_view bytes) -> Result<void> {
      part.charset = charset;
      const auto reports = extract::extract({capture, part, bytes}, IdSecret{});
      return reports.empty() ? fail(ErrorCode::invalid_input, "the sample has no report") : Result<void>();
    });
    if (!read) return;  // what is not warm is read all the same
  }
}

std::unexpected<Error> no_form() { return fail(ErrorCode::invalid_input, "its reader gave an answer without form"); }

/// Puts together what a worker says of one file.
class PartTaker {
 public:
  Result<void> take(std::string_view message) {
    FlatReader in(message);
    const auto letter = static_cast<Letter>(in.below(2));
    if (has_container_) return no_form();
    if (letter == Letter::parts) {
      for (std::uint64_t left = in.count(); left > 0 && in.ok(); --left) {
        out_.parts.push_back(read_flat_part(in));
        if (out_.parts.back().number + std::uint64_t{1} != out_.parts.size()) in.refuse();
      }
    } else {
      out_.container = read_flat_container(in);
      has_container_ = true;
      if (out_.container.unreadable) out_.parts.clear();
      if (out_.container.part_count != out_.parts.size()) in.refuse();
    }
    return in.at_end() ? Result<void>() : no_form();
  }
  void forget() { *this = {}; }
  Result<ReadParts> finish() && {
    if (!has_container_) return no_form();
    return std::move(out_);
  }

 private:
  ReadParts out_;
  bool has_container_ = false;
};

ReadParts unreadable(std::string reason) {
  ReadParts out;
  out.container.format = "file";
  out.container.unreadable = std::move(reason);
  return out;
}

/// The one report of a part that could not be read, made from nothing of its bytes.
std::vector<Report> hollow_reports(const Capture& capture, const Part& part, const std::string& reason) {
  std::vector<Report> out = extract::extract({capture, part, {}}, IdSecret{});
  if (out.size() > 1) out.resize(1);
  for (Report& report : out) report.hollow = reason;
  return out;
}

/// What one order for reports came to.
struct OrderDone {
  std::size_t parts = 0;  ///< whose reports were taken
  std::optional<std::string> lost;
};

/// One order: the reports of some parts, in their order.
class ReportOrder {
 public:
  ReportOrder(const Capture& capture, std::span<const Part> parts, const IdSecret& ids, const Parser::ReportSink& sink)
      : capture_(capture), parts_(parts), ids_(ids), sink_(sink) {}

  std::string request() const {
    FlatWriter out;
    out.text(to_json(capture_)).number(parts_.size());
    for (const Part& part : parts_) write_flat(out, part);
    return out.take();
  }

  Result<void> take(std::string_view message) {
    FlatReader in(message);
    const std::uint64_t number = in.below(parts_.size());
    const auto answer = static_cast<Answer>(in.below(2));
    std::vector<Report> reports;
    if (answer == Answer::too_large) {
      reports = hollow_reports(capture_, parts_[number], std::string(kTooLarge));
    } else {
      constexpr std::size_t kLeastReportBytes = 32;
      const std::uint64_t count = in.count(kLeastReportBytes);
      for (std::uint64_t i = 0; i < count && in.ok(); ++i) reports.push_back(read_flat_report(in));
    }
    if (!in.at_end() || number > next_) return no_form();
    if (number < next_) return {};  // of an order that was begun anew
    return deliver(std::move(reports));
  }

  Result<void> deliver(std::vector<Report> reports) {
    const Part& part = parts_[next_];
    for (Report& report : reports) {
      report.capture = capture_.id;
      report.part = part.number;
    }
    extract::give_ids(reports, ids_);
    ++next_;
    auto taken = sink_(part, std::move(reports));
    sink_failed_ = !taken;
    return taken;
  }

  std::size_t next() const { return next_; }
  bool sink_failed() const { return sink_failed_; }
  bool is_whole() const { return next_ == parts_.size(); }

 private:
  const Capture& capture_;
  std::span<const Part> parts_;
  const IdSecret& ids_;
  const Parser::ReportSink& sink_;
  std::size_t next_ = 0;
  bool sink_failed_ = false;
};

}  // namespace

std::vector<confine::Task> parsing_tasks() { return {{kRead, read_inside, warm_up}, {kExtract, extract_inside}}; }

Result<ReadParts> Parser::read(const ByteSource& bytes, std::string_view name, const std::string& mapping) const {
  if (workers_ == nullptr) {
    ReadParts out;
    GAVAH_ASSIGN(capture::Container container, capture::read(bytes, name, {.limits = {}, .mapping = mapping},
                                                             [&](Part part, std::string_view) -> Result<void> {
                                                               out.parts.push_back(std::move(part));
                                                               return {};
                                                             }));
    out.container = bounded(std::move(container));
    if (out.container.unreadable) out.parts.clear();
    return out;
  }
  PartTaker taker;
  bool has_no_form = false;
  const auto outcome = workers_->run(kRead, FlatWriter().text(name).text(mapping).str(), bytes,
                                     {[&](std::string_view message) -> Result<void> {
                                        auto taken = taker.take(message);
                                        has_no_form = !taken;
                                        return taken;
                                      },
                                      [&] { taker.forget(); }});
  if (outcome && outcome->lost) return unreadable(*outcome->lost);
  if (!outcome) {
    // Of the bytes there is no error; of a mapping, which the operator gave, there is.
    const bool is_item = has_no_form || (mapping.empty() && outcome.error().code == ErrorCode::invalid_input);
    if (is_item) return unreadable(outcome.error().sentence());
    return std::unexpected(outcome.error());
  }
  auto out = std::move(taker).finish();
  return out ? std::move(out) : unreadable(out.error().sentence());
}

Result<void> Parser::extract_here(const ByteSource& bytes, const Capture& capture, std::span<const Part> parts,
                                  const IdSecret& ids, const ReportSink& sink) const {
  capture::PartReader reader(bytes);
  for (Part part : parts) {
    part.capture = capture.id;
    GAVAH_ASSIGN(const std::string part_bytes, reader.bytes(part));
    std::vector<Report> reports = extract::extract({capture, part, part_bytes}, ids);
    if (!flat_reports(reports)) {
      reports = hollow_reports(capture, part, std::string(kTooLarge));
      extract::give_ids(reports, ids);
    }
    GAVAH_TRY(sink(part, std::move(reports)));
  }
  return {};
}

Result<void> Parser::extract(const ByteSource& bytes, const Capture& capture, std::span<const Part> parts,
                             const IdSecret& ids, const ReportSink& sink) const {
  if (workers_ == nullptr) return extract_here(bytes, capture, parts, ids, sink);
  std::size_t together = kPartsInOrder;
  while (!parts.empty()) {
    ReportOrder order(capture, parts.first(std::min(parts.size(), together)), ids, sink);
    const auto outcome = workers_->run(kExtract, order.request(), bytes,
                                       {[&](std::string_view message) { return order.take(message); }});
    const bool is_refused = !outcome && outcome.error().code == ErrorCode::invalid_input && !order.sink_failed();
    if (!outcome && !is_refused) return std::unexpected(outcome.error());
    const bool is_lost = is_refused || outcome->lost.has_value() || !order.is_whole();
    // The part it was lost over is tried alone before it is given up.
    if (is_lost && together == 1) {
      const std::string why = is_refused ? outcome.error().sentence() : outcome->lost.value_or("its reader stopped");
      GAVAH_TRY(order.deliver(hollow_reports(capture, parts.front(), why)));
    }
    parts = parts.subspan(order.next());
    together = is_lost && together != 1 ? 1 : kPartsInOrder;
  }
  return {};
}

}  // namespace gavah::pipeline
