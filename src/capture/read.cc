#include <algorithm>

#include "base/format.h"
#include "capture/archive_index.h"
#include "capture/capture.h"
#include "capture/detect.h"
#include "capture/intake.h"
#include "capture/table.h"
#include "capture/web_archive.h"
#include "capture/zstd_frame.h"

namespace gavah::capture {
namespace {

/// A text file; that some bytes are not UTF-8 is told by extract, which looks for the encoding.
Result<void> take_single(const Document& document, std::string_view format, std::string_view media_type,
                         Intake& intake) {
  intake.set_format(document, "file");
  return intake.take_document(document, format, media_type);
}

}  // namespace

Result<void> read_document(const Document& document, Intake& intake) {
  if (document.nesting > intake.limits().max_nesting) {
    return fail(ErrorCode::invalid_input,
                format("archives lie more than {} deep inside one another", intake.limits().max_nesting));
  }
  const std::uint64_t head_bytes = std::min<std::uint64_t>(document.bytes.size(), kDetectBytes);
  GAVAH_ASSIGN(const std::string head, document.bytes.read({0, head_bytes}));
  const Mapping mapping = intake.options().mapping.empty() ? Mapping::none : Mapping::given;
  const Detected detected = detect(head, document.name, mapping);
  switch (detected.format) {
    case Format::gzip:
      return read_gzip(document, intake);
    case Format::zstd:
      return read_zstd(document, intake);
    case Format::zip:
      return read_zip(document, intake);
    case Format::warc:
      return read_web_archive(document, ArchiveKind::warc, intake);
    case Format::arc:
      return read_web_archive(document, ArchiveKind::arc, intake);
    case Format::json:
      return read_json(document, intake);
    case Format::x_archive_file:
      return read_x_archive_file(document, intake);
    case Format::mail:
      return read_mail(document, intake);
    case Format::tar:
      return read_tar(document, intake);
    case Format::table:
      return read_table(document, intake);
    case Format::chat:
      return read_chat(document, intake);
    case Format::telegram_page:
      return read_telegram_page(document, intake);
    case Format::html:
      return take_single(document, "html", "text/html", intake);
    case Format::text:
      return take_single(document, "text", "text/plain", intake);
    case Format::media:
      return take_single(document, "media", detected.media_type, intake);
    case Format::other:
      return take_single(document, detected.media_type == "application/pdf" ? "pdf" : "other", detected.media_type,
                         intake);
    case Format::empty:
    case Format::unread:
      break;
  }
  return fail(ErrorCode::invalid_input, detected.reason);
}

Result<Container> read(const ByteSource& bytes, std::string_view name, const ReadOptions& options,
                       const PartSink& sink) {
  if (!options.mapping.empty()) GAVAH_TRY(TableMapping::parse(options.mapping));
  Intake intake(options, sink, bytes.size());
  auto done = read_document({bytes, {}, {}, std::string(name), 0}, intake);
  if (done || intake.owns(done.error())) {
    auto settled = intake.archive_index().settle(bytes, intake);
    if (done) done = std::move(settled);
  }
  Container& container = intake.container();
  if (container.format.empty()) container.format = "file";
  if (container.format != "file" && intake.has_media_alone()) container.hints["media_alone"] = "1";
  if (done) {
    const bool nothing = container.part_count == 0 && intake.has_losses();
    if (nothing && !container.problems.empty()) {
      const Problem& first = container.problems.front();
      container.unreadable = first.where.empty() ? first.reason : format("{}: {}", first.where, first.reason);
    }
    return std::move(container);
  }
  if (!intake.owns(done.error())) return std::unexpected(done.error());
  if (container.part_count == 0) {
    container.unreadable = done.error().sentence();
  } else {
    intake.add_problem("capture", {}, done.error().sentence());
  }
  return std::move(container);
}

}  // namespace gavah::capture
