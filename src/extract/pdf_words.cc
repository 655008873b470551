// The one door to poppler.
#include "extract/pdf_words.h"

#include <iconv.h>
#include <poppler/cpp/poppler-document.h>
#include <poppler/cpp/poppler-page.h>

#include <algorithm>
#include <limits>
#include <memory>

#include "base/utf8.h"

namespace gavah::extract {
namespace {

constexpr int kMaxPages = 10'000;                              // books have hundreds
constexpr std::size_t kMaxTextBytes = std::size_t{64} << 20U;  // as of any part
constexpr std::size_t kMaxFieldBytes = 1000;

/// poppler hands words over through a converter that glibc loads from a file. A worker can open none, so it is loaded
/// when the program starts, and kept.
[[maybe_unused]] void* const kConverter = ::iconv_open("UTF-16", "UTF-8");

/// UTF-16 as poppler has it; half a pair becomes U+FFFD. Its own conversion would load a module, which a worker cannot.
std::string utf8_of(const poppler::ustring& text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    char32_t value = text[i];
    const bool is_high = value >= 0xD800 && value < 0xDC00;
    const bool has_low = i + 1 < text.size() && text[i + 1] >= 0xDC00 && text[i + 1] < 0xE000;
    if (is_high && has_low) {
      value = 0x10000 + ((value - 0xD800) << 10U) + (text[++i] - 0xDC00U);
    } else if (value >= 0xD800 && value < 0xE000) {
      value = 0xFFFD;
    }
    // A form feed ends a page, and marks of direction are poppler's own.
    if (value != '\f' && value != 0 && value != 0x202A && value != 0x202B && value != 0x202C) append_utf8(out, value);
  }
  return out;
}

std::string field(const poppler::document& document, const char* key) {
  const std::string out = utf8_of(document.info_key(key));
  return std::string(utf8_prefix(out, kMaxFieldBytes));
}

void be_silent(const std::string&, void*) {}

}  // namespace

Result<PdfWords> pdf_words(std::string_view bytes) {
  if (bytes.size() > static_cast<std::size_t>(std::numeric_limits<int>::max())) {
    return fail(ErrorCode::invalid_input, "the PDF is too large to read");
  }
  poppler::set_debug_error_function(be_silent, nullptr);
  const std::unique_ptr<poppler::document> document(
      poppler::document::load_from_raw_data(bytes.data(), static_cast<int>(bytes.size())));
  if (document == nullptr) return fail(ErrorCode::invalid_input, "the PDF is damaged");
  if (document->is_locked()) return fail(ErrorCode::invalid_input, "the PDF has a password");
  PdfWords out;
  out.title = field(*document, "Title");
  out.author = field(*document, "Author");
  std::size_t size = 0;
  const int pages = std::min(document->pages(), kMaxPages);
  for (int i = 0; i < pages && size <= kMaxTextBytes; ++i) {
    const std::unique_ptr<poppler::page> page(document->create_page(i));
    out.pages.push_back(page == nullptr
                            ? std::string()
                            : utf8_of(page->text(poppler::rectf(), poppler::page::non_raw_non_physical_layout)));
    size += out.pages.back().size();
  }
  return out;
}

}  // namespace gavah::extract
