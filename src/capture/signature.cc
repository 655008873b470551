#include "capture/signature.h"

#include <array>

#include "base/format.h"

namespace gavah::capture {
namespace {

using namespace std::string_view_literals;

struct Signature {
  std::size_t offset;
  std::string_view bytes;
  Format format;
  std::string_view says;  // media type; for Format::unread what it is
};

constexpr std::array kSignatures{
    Signature{0, "\x1f\x8b"sv, Format::gzip, ""},
    Signature{0, "PK\x03\x04"sv, Format::zip, ""},
    Signature{0, "PK\x05\x06"sv, Format::zip, ""},
    Signature{0, "WARC/0."sv, Format::warc, ""},
    Signature{0, "WARC/1."sv, Format::warc, ""},
    Signature{0, "filedesc://"sv, Format::arc, ""},
    Signature{0, "\xff\xd8\xff"sv, Format::media, "image/jpeg"},
    Signature{0, "\x89PNG\r\n\x1a\n"sv, Format::media, "image/png"},
    Signature{0, "GIF8"sv, Format::media, "image/gif"},
    Signature{8, "WEBPVP8"sv, Format::media, "image/webp"},
    Signature{0, "II*\0"sv, Format::media, "image/tiff"},
    Signature{0, "MM\0*"sv, Format::media, "image/tiff"},
    Signature{8, "AVI LIST"sv, Format::media, "video/x-msvideo"},
    Signature{8, "WAVEfmt "sv, Format::media, "audio/wav"},
    Signature{4, "ftypheic"sv, Format::media, "image/heic"},
    Signature{4, "ftypheix"sv, Format::media, "image/heic"},
    Signature{4, "ftypmif1"sv, Format::media, "image/heif"},
    Signature{4, "ftypavif"sv, Format::media, "image/avif"},
    Signature{4, "ftypM4A"sv, Format::media, "audio/mp4"},
    Signature{4, "ftypqt"sv, Format::media, "video/quicktime"},
    Signature{4, "ftyp"sv, Format::media, "video/mp4"},
    Signature{0, "\x1a\x45\xdf\xa3"sv, Format::media, "video/webm"},
    Signature{0, "OggS"sv, Format::media, "audio/ogg"},
    Signature{0, "ID3"sv, Format::media, "audio/mpeg"},
    Signature{0, "\xff\xfb"sv, Format::media, "audio/mpeg"},
    Signature{0, "\xff\xf3"sv, Format::media, "audio/mpeg"},
    Signature{0, "fLaC"sv, Format::media, "audio/flac"},
    Signature{0, "%PDF-"sv, Format::other, "application/pdf"},
    Signature{0, "7z\xbc\xaf\x27\x1c"sv, Format::unread, "a 7-Zip archive"},
    Signature{0, "Rar!\x1a\x07"sv, Format::unread, "a RAR archive"},
    Signature{0,
              "\xfd"
              "7zXZ\0"sv,
              Format::unread, "an xz file"},
    Signature{0, "BZh"sv, Format::unread, "a bzip2 file"},
    Signature{0, "\x28\xb5\x2f\xfd"sv, Format::zstd, ""},
    Signature{0, "\x5d\x2a\x4d\x18"sv, Format::zstd, ""},
    Signature{0, "\x04\x22\x4d\x18"sv, Format::unread, "an lz4 file"},
    Signature{257, "ustar"sv, Format::tar, ""},
    Signature{0, "SQLite format 3\0"sv, Format::unread, "an SQLite database"},
    Signature{0, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"sv, Format::unread, "an old Office document"},
    Signature{0,
              "\x7f"
              "ELF"sv,
              Format::unread, "a program"},
    Signature{0, "\0OpenTimestamps"sv, Format::unread, "an OpenTimestamps proof"},
    Signature{0, "-----BEGIN "sv, Format::unread, "a key, signature or certificate"},
};

/// DER: a SEQUENCE with a long length that begins with another SEQUENCE or an object identifier.
bool is_der(std::string_view head) {
  if (head.size() < 6 || head[0] != '\x30') return false;
  const auto length = static_cast<unsigned char>(head[1]);
  if (length < 0x81 || length > 0x84) return false;
  const char inner = head[2 + (length & 0x0FU)];
  return inner == '\x30' || inner == '\x06' || inner == '\x02';
}

}  // namespace

std::optional<Detected> detect_signature(std::string_view head) {
  for (const Signature& signature : kSignatures) {
    if (head.size() < signature.offset || !head.substr(signature.offset).starts_with(signature.bytes)) continue;
    if (signature.format != Format::unread) return Detected{signature.format, std::string(signature.says), {}};
    return Detected{Format::unread, {}, format("{}; this version does not read it", signature.says)};
  }
  if (is_der(head)) return Detected{Format::unread, {}, "DER data (a time-stamp or certificate), not a document"};
  return std::nullopt;
}

}  // namespace gavah::capture
