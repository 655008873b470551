// A gzip file around one document: a web archive, a table, posts.
#include <algorithm>

#include "base/format.h"
#include "capture/detect.h"
#include "capture/inflated_source.h"
#include "capture/intake.h"
#include "capture/web_archive.h"

namespace gavah::capture {
namespace {

std::string name_inside(std::string_view name) {
  return std::string(name.ends_with(".gz") ? name.substr(0, name.size() - 3) : name);
}

}  // namespace

Result<void> read_gzip(const Document& document, Intake& intake) {
  const ByteRange all{0, document.bytes.size()};
  InflateStream stream(document.bytes, all, Deflated::gzip);
  std::string head;
  GAVAH_TRY(stream.read(head, kDetectBytes));
  if (head.empty() && stream.end() != InflateStream::End::whole) {
    return fail(ErrorCode::invalid_input, "it begins like gzip, but nothing can be inflated");
  }
  const Detected inner = detect(head, name_inside(document.name), Mapping::none);
  if (inner.format == Format::warc) return read_web_archive(document, ArchiveKind::warc, intake);
  if (inner.format == Format::arc) return read_web_archive(document, ArchiveKind::arc, intake);

  GAVAH_ASSIGN(const StreamMeasure measure,
               measure_stream(document.bytes, all, Deflated::gzip, intake.inflated_left()));
  GAVAH_TRY(intake.spend_inflated(measure.size_bytes));
  const ByteRange member{0, measure.compressed_bytes};
  const InflatedSource inflated(document.bytes, member, Deflated::gzip, measure.size_bytes);
  GAVAH_TRY(read_document(
      {inflated, chain_to(document, member, "gzip"), document.path, name_inside(document.name), document.nesting + 1,
       InflatedSource::is_held(measure.size_bytes) ? Access::anywhere : Access::forward},
      intake));
  if (measure.end != InflateStream::End::whole) {
    intake.add_flaw("gzip", document.path, "the compressed data is cut or damaged: read up to there");
  } else if (measure.compressed_bytes < all.end) {
    intake.add_problem(
        "gzip", document.path,
        format("{} bytes follow the first gzip member: they are not read", all.end - measure.compressed_bytes));
  }
  return {};
}

}  // namespace gavah::capture
