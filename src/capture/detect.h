#pragma once

#include <string>
#include <string_view>

namespace gavah::capture {

enum class Format {
  empty,
  gzip,
  zstd,
  zip,
  warc,
  arc,
  html,
  telegram_page,
  json,
  x_archive_file,
  mail,
  tar,
  table,
  chat,
  text,
  media,
  other,
  unread
};

/// What a document seems to be.
struct Detected {
  Format format = Format::unread;
  std::string media_type;  ///< for media and other
  std::string reason;      ///< for empty and unread: a sentence for the quarantine, true of these bytes
};

enum class Mapping { given, none };

/// The first bytes that detect() wants to see.
constexpr std::size_t kDetectBytes = 64 * 1024;

/// Recognises a format from the document's first bytes (kDetectBytes, or all), then from the ending of its name.
/// Any bytes, any thread. It promises nothing about the rest of the document.
Detected detect(std::string_view head, std::string_view name, Mapping mapping);

/// True when nothing in the bytes speaks against a text file in some encoding that extends ASCII: no control
/// characters but white space.
[[nodiscard]] bool is_texty(std::string_view bytes);

}  // namespace gavah::capture
