#include "extract/extract.h"

#include "extract/page_article.h"
#include "extract/plain_text.h"
#include "extract/report_set.h"

namespace gavah::extract {
namespace {

/// Offsets are 32 bits wide, and a page or post this large is none.
constexpr std::size_t kPartBytes = std::size_t{64} << 20U;

}  // namespace

std::vector<Report> extract(const ExtractInput& input, const IdSecret& secret) {
  ReportSet set(input, secret);
  const std::string& format = input.part.format;
  if (input.bytes.size() > kPartBytes) {
    set.add(ReportKind::article)->hollow = "too large to read";
  } else if (format == "html") {
    read_page(set);
  } else if (format == "text") {
    read_plain_text(set);
  }
  return set.finish();
}

}  // namespace gavah::extract
