#include "capture/content_coding.h"

#include <optional>

#include "base/byte_source.h"
#include "base/format.h"
#include "capture/chunked.h"
#include "capture/inflate_stream.h"
#include "capture/inflate_whole.h"

namespace gavah::capture {
namespace {

Decoded inflate_any(std::string_view coded, Deflated kind, std::uint64_t max_bytes) {
  if (auto whole = inflate_whole(coded, kind, max_bytes)) return {std::move(whole->bytes), Decoded::End::whole};
  const MemorySource source(coded);
  InflateStream stream(source, {0, coded.size()}, kind);
  Decoded out;
  const auto done = stream.read(out.bytes, max_bytes + 1);
  if (out.bytes.size() > max_bytes) return {{}, Decoded::End::too_large};
  out.end = done && stream.end() == InflateStream::End::whole ? Decoded::End::whole : Decoded::End::broken;
  return out;
}

std::optional<unsigned> base64_digit(char c) {
  if (c >= 'A' && c <= 'Z') return static_cast<unsigned>(c - 'A');
  if (c >= 'a' && c <= 'z') return static_cast<unsigned>(c - 'a') + 26;
  if (c >= '0' && c <= '9') return static_cast<unsigned>(c - '0') + 52;
  if (c == '+' || c == '-') return 62;
  if (c == '/' || c == '_') return 63;
  return std::nullopt;
}

/// As mail has it: line breaks are skipped, padding ends it.
Decoded decode_base64_lines(std::string_view coded, std::uint64_t max_bytes) {
  Decoded out;
  unsigned held = 0;
  unsigned held_bits = 0;
  for (const char c : coded) {
    if (c == '=') break;
    const auto digit = base64_digit(c);
    if (!digit) {
      if (c == '\r' || c == '\n' || c == ' ' || c == '\t') continue;
      out.end = Decoded::End::broken;
      break;
    }
    held = (held << 6U | *digit) & 0xFFFFFFU;
    held_bits += 6;
    if (held_bits < 8) continue;
    held_bits -= 8;
    out.bytes.push_back(static_cast<char>(held >> held_bits & 0xFFU));
    if (out.bytes.size() > max_bytes) return {{}, Decoded::End::too_large};
  }
  return out;
}

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return -1;
}

/// RFC 2045, 6.7. A malformed escape stays as it is.
Decoded decode_quoted_printable(std::string_view coded, std::uint64_t max_bytes) {
  Decoded out;
  for (std::size_t at = 0; at < coded.size(); ++at) {
    if (out.bytes.size() >= max_bytes) return {{}, Decoded::End::too_large};
    const std::string_view rest = coded.substr(at);
    if (rest.starts_with("=\r\n")) {
      at += 2;
    } else if (rest.starts_with("=\n")) {
      at += 1;
    } else if (rest.size() >= 3 && rest[0] == '=' && hex_value(rest[1]) >= 0 && hex_value(rest[2]) >= 0) {
      out.bytes.push_back(static_cast<char>(hex_value(rest[1]) * 16 + hex_value(rest[2])));
      at += 2;
    } else {
      out.bytes.push_back(rest[0]);
    }
  }
  return out;
}

}  // namespace

Result<Decoded> decode(std::string_view decoder, std::string_view coded, std::uint64_t max_bytes) {
  if (decoder == "gzip") return inflate_any(coded, Deflated::gzip, max_bytes);
  if (decoder == "deflate") return inflate_any(coded, Deflated::zlib_or_raw, max_bytes);
  if (decoder == "zip") return inflate_any(coded, Deflated::raw, max_bytes);
  if (decoder == "brotli") return decode_brotli(coded, max_bytes);
  if (decoder == "zstd") return decode_zstd(coded, max_bytes);
  if (decoder == "dechunk") return dechunk(coded, max_bytes);
  if (decoder == "base64") return decode_base64_lines(coded, max_bytes);
  if (decoder == "quoted-printable") return decode_quoted_printable(coded, max_bytes);
  return fail(ErrorCode::invalid_input, format("'{}' is no decoder", decoder));
}

}  // namespace gavah::capture
