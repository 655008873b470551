#include "extract/latin1_text.h"

#include "base/utf8.h"

namespace gavah::extract {
namespace {

/// The bytes that the letters of `text` stand for; empty when it is no UTF-8 written as Latin-1.
std::string bytes_behind(std::string_view text) {
  std::string out;
  bool is_plain = true;
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint letter = decode_utf8(text, at);
    if (letter.value > 0xFF) return {};
    is_plain = is_plain && letter.value < 0x80;
    out.push_back(static_cast<char>(static_cast<unsigned char>(letter.value)));
    at += letter.size_bytes;
  }
  return is_plain || !is_utf8(out) ? std::string() : out;
}

}  // namespace

void write_put_right(const MappedText& raw, MappedText& out) {
  const std::string bytes = bytes_behind(raw.text());
  if (bytes.empty()) return out.append(raw, {0, raw.size()});
  std::uint32_t written = 0;  // in raw, where each byte is a letter of one byte below 0x80 and of two above
  for (std::size_t at = 0; at < bytes.size();) {
    const std::size_t size = decode_utf8(bytes, at).size_bytes;
    const auto past = written + static_cast<std::uint32_t>(size == 1 ? 1 : 2 * size);
    if (size == 1) {
      out.append(raw, {written, past});
    } else {
      out.append_as(std::string_view(bytes).substr(at, size), raw, {written, past});
    }
    written = past;
    at += size;
  }
}

std::string put_right(std::string text) {
  const std::string bytes = bytes_behind(text);
  return bytes.empty() ? text : bytes;
}

}  // namespace gavah::extract
