#include "pipeline/parser.h"

#include <algorithm>

#include "base/format.h"
#include "extract/extract.h"
#include "pipeline/checked_parts.h"
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

// Records of one file that may break a reader down before it is given up: each costs one more reading of the file.
constexpr std::size_t kMaxPassedRecords = 4;

constexpr std::string_view kTooLarge = "too large to read";
// The capture's bytes are authentic, so it is the word of the reader that took it in that was false.
constexpr std::string_view kOtherBytes =
    "its bytes are not those that were committed to when it was taken in: its reader gave another digest or size";

/// What a message of the read task holds.
enum class Letter : std::uint64_t { parts, container, record };
constexpr std::uint64_t kLetters = 3;
/// And of the extract task.
enum class Answer : std::uint64_t { reports, too_large, other_bytes };

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

/// How a worker tells which record it is about to read.
enum class Marks : std::uint64_t {
  first,  ///< the first only: that there are records
  each,   ///< each, and it has arrived before the record is looked at
};

/// What is to be read, and how.
struct ReadRequest {
  std::string name;
  std::string mapping;
  Marks marks = Marks::first;
  std::vector<std::uint64_t> passed;  ///< records to pass over, ascending

  std::string text() const {
    FlatWriter out;
    out.text(name).text(mapping).number(static_cast<std::uint64_t>(marks)).number(passed.size());
    for (const std::uint64_t record : passed) out.number(record);
    return out.take();
  }
  static ReadRequest from(std::string_view text) {
    FlatReader in(text);
    ReadRequest out;
    out.name = in.text();
    out.mapping = in.text();
    out.marks = static_cast<Marks>(in.below(2));
    for (std::uint64_t left = in.count(); left > 0; --left) out.passed.push_back(in.number());
    return out;
  }
};

Result<void> extract_inside(std::string_view request, Inside& inside) {
  FlatReader in(request);
  GAVAH_ASSIGN(const Json json, Json::parse(in.text()));
  GAVAH_ASSIGN(const Capture capture, capture_from_json(json));
  const std::uint64_t count = in.count();
  capture::PartReader reader(inside.input());
  for (std::uint64_t i = 0; i < count; ++i) {
    Part part = read_flat_part(in);
    part.capture = capture.id;
    const auto bytes = reader.bytes(part);
    if (!bytes && bytes.error().code == ErrorCode::corrupt) {
      FlatWriter answer;
      answer.number(i).number(static_cast<std::uint64_t>(Answer::other_bytes));
      GAVAH_TRY(inside.emit(answer.str()));
      continue;
    }
    if (!bytes) return std::unexpected(bytes.error());
    const std::vector<Report> reports = extract::extract({capture, part, *bytes}, IdSecret{});
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

/// Takes what a worker says of one file.
class ReadOrder {
 public:
  explicit ReadOrder(CheckedParts& parts) : parts_(parts) {}

  Result<void> take(std::string_view message) {
    FlatReader in(message);
    const auto letter = static_cast<Letter>(in.below(kLetters));
    if (has_container_) return refuse();
    if (letter == Letter::record) {
      record_ = in.number();
      return in.at_end() ? Result<void>() : refuse();
    }
    if (letter == Letter::container) {
      container_ = read_flat_container(in);
      has_container_ = true;
      const bool is_whole = container_.unreadable || container_.part_count == count_;
      return in.at_end() && is_whole ? parts_.finish() : refuse();
    }
    for (std::uint64_t left = in.count(); left > 0 && in.ok(); --left) {
      Part part = read_flat_part(in);
      if (!in.ok() || part.number != count_ || count_ == capture::Limits{}.max_parts) return refuse();
      ++count_;
      GAVAH_TRY(parts_.take(std::move(part)));
    }
    return in.at_end() ? Result<void>() : refuse();
  }
  Result<void> forget() {
    count_ = 0;
    has_container_ = false;
    has_no_form_ = false;
    record_.reset();
    return parts_.forget();
  }
  /// The record that it said last it would read; nothing for a file without records.
  const std::optional<std::uint64_t>& record() const { return record_; }
  /// True when the worker's word was none, or false.
  bool has_no_form() const { return has_no_form_ || parts_.is_false(); }
  Result<capture::Container> finish() && {
    if (!has_container_) return no_form();
    return std::move(container_);
  }

 private:
  Result<void> refuse() {
    has_no_form_ = true;
    return no_form();
  }

  CheckedParts& parts_;
  capture::Container container_;
  std::optional<std::uint64_t> record_;
  std::uint32_t count_ = 0;
  bool has_container_ = false;
  bool has_no_form_ = false;
};

/// The request for the next try, after a worker broke down over `record`; false when there is no use in one.
bool pass_over(const std::optional<std::uint64_t>& record, ReadRequest& request) {
  if (!record) return false;
  if (request.marks == Marks::first) {
    request.marks = Marks::each;
    return true;
  }
  const auto place = std::ranges::lower_bound(request.passed, *record);
  const bool was_passed = place != request.passed.end() && *place == *record;
  if (was_passed || request.passed.size() == kMaxPassedRecords) return false;
  request.passed.insert(place, *record);
  return true;
}

capture::Container unreadable(std::string reason) {
  capture::Container out;
  out.format = "file";
  out.unreadable = std::move(reason);
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
    const auto answer = static_cast<Answer>(in.below(3));
    std::vector<Report> reports;
    if (answer != Answer::reports) {
      const std::string_view why = answer == Answer::too_large ? kTooLarge : kOtherBytes;
      reports = hollow_reports(capture_, parts_[number], std::string(why));
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

/// Knows whether reading the bytes failed: what is corrupt then is what we stored, not what was said of it.
class WatchedSource final : public ByteSource {
 public:
  explicit WatchedSource(const ByteSource& bytes) : bytes_(bytes) {}
  std::uint64_t size() const override { return bytes_.size(); }
  Result<std::string> read(ByteRange range) const override {
    auto out = bytes_.read(range);
    has_failed_ = has_failed_ || !out;
    return out;
  }
  bool has_failed() const { return has_failed_; }

 private:
  const ByteSource& bytes_;
  mutable bool has_failed_ = false;
};

Result<void> read_task(std::string_view request, Inside& inside) { return read_inside(request, inside, {}); }

}  // namespace

std::vector<confine::Task> parsing_tasks() {
  return {{kRead, read_task, warm_up}, {kExtract, extract_inside}, {kCheckTask, check_inside}};
}

Result<void> read_inside(std::string_view request, Inside& inside,
                         const std::function<void(std::uint64_t record)>& before_record) {
  const ReadRequest asked = ReadRequest::from(request);
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
  const auto take = [&](const Part& part, std::string_view) -> Result<void> {
    write_flat(letter, part);
    ++waiting;
    return letter.str().size() < kLetterBytes ? Result<void>() : post();
  };
  std::uint64_t records = 0;
  const auto mark = [&]() -> Result<bool> {
    const std::uint64_t record = records++;
    if (record == 0 || asked.marks == Marks::each) {
      FlatWriter head;
      head.number(static_cast<std::uint64_t>(Letter::record)).number(record);
      GAVAH_TRY(inside.emit(head.str()));
      GAVAH_TRY(inside.flush());
    }
    if (std::ranges::binary_search(asked.passed, record)) return false;
    if (before_record) before_record(record);
    return true;
  };
  GAVAH_ASSIGN(capture::Container container, capture::read(inside.input(), asked.name,
                                                           {.limits = {},
                                                            .mapping = asked.mapping,
                                                            .part_digests = capture::PartDigests::of_unpacked,
                                                            .before_record = mark},
                                                           take));
  GAVAH_TRY(post());
  FlatWriter last;
  last.number(static_cast<std::uint64_t>(Letter::container));
  write_flat(last, bounded(std::move(container)));
  return inside.emit(last.str());
}

Result<ReadParts> Parser::read(const ByteSource& bytes, std::string_view name, const std::string& mapping) const {
  ReadParts out;
  const PartTaker taker{[&](Part part) -> Result<void> {
                          out.parts.push_back(std::move(part));
                          return {};
                        },
                        [&]() -> Result<void> {
                          out.parts.clear();
                          return {};
                        }};
  GAVAH_ASSIGN(out.container, read(bytes, name, mapping, taker));
  return out;
}

Result<capture::Container> Parser::read_here(const ByteSource& bytes, std::string_view name, const std::string& mapping,
                                             const PartTaker& parts) const {
  const auto take = [&](Part part, std::string_view) { return parts.take(std::move(part)); };
  GAVAH_ASSIGN(capture::Container container, capture::read(bytes, name, {.limits = {}, .mapping = mapping}, take));
  return bounded(std::move(container));
}

Result<capture::Container> Parser::read_confined(const ByteSource& bytes, std::string_view name,
                                                 const std::string& mapping, const PartTaker& parts) const {
  ReadRequest request{std::string(name), mapping, Marks::first, {}};
  for (;;) {
    CheckedParts checked(*workers_, bytes, parts);
    ReadOrder order(checked);
    Result<void> forgotten;
    const confine::Taker taker{[&](std::string_view message) -> Result<void> {
                                 GAVAH_TRY(forgotten);
                                 return order.take(message);
                               },
                               [&] { forgotten = order.forget(); }};
    const auto outcome = workers_->run(kRead, request.text(), bytes, taker);
    if (!outcome) {
      // Of the bytes there is no error; of a mapping, which the operator gave, there is.
      const bool is_item = order.has_no_form() || (mapping.empty() && outcome.error().code == ErrorCode::invalid_input);
      if (is_item) return unreadable(outcome.error().sentence());
      return std::unexpected(outcome.error());
    }
    if (!outcome->lost) {
      auto out = std::move(order).finish();
      return out ? *std::move(out) : unreadable(out.error().sentence());
    }
    // Once more with each record told: then it is known which one it was.
    if (outcome->how != confine::Loss::broke_down || !pass_over(order.record(), request)) {
      return unreadable(*outcome->lost);
    }
    GAVAH_TRY(parts.forget());
  }
}

Result<capture::Container> Parser::read(const ByteSource& bytes, std::string_view name, const std::string& mapping,
                                        const PartTaker& parts) const {
  GAVAH_ASSIGN(capture::Container out, workers_ == nullptr ? read_here(bytes, name, mapping, parts)
                                                           : read_confined(bytes, name, mapping, parts));
  if (out.unreadable) GAVAH_TRY(parts.forget());
  return out;
}

Result<void> Parser::extract_here(const ByteSource& bytes, const Capture& capture, std::span<const Part> parts,
                                  const IdSecret& ids, const ReportSink& sink) const {
  const WatchedSource watched(bytes);
  capture::PartReader reader(watched);
  for (Part part : parts) {
    part.capture = capture.id;
    const auto part_bytes = reader.bytes(part);
    const bool is_false = !part_bytes && part_bytes.error().code == ErrorCode::corrupt && !watched.has_failed();
    if (!part_bytes && !is_false) return std::unexpected(part_bytes.error());
    std::vector<Report> reports;
    if (part_bytes) reports = extract::extract({capture, part, *part_bytes}, ids);
    if (is_false || !flat_reports(reports)) {
      reports = hollow_reports(capture, part, std::string(is_false ? kOtherBytes : kTooLarge));
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
